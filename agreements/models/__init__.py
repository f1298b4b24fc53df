"""What a school and its partners promise each other in writing, and the proof that they did."""

from agreements.models.agreements import (
    BASIC,
    LONGEST_CLAUSE,
    NEVER,
    Agreement,
    AgreementClause,
    AgreementQuerySet,
    AgreementTemplate,
    ClauseText,
    Contribution,
    Obligation,
    Signatory,
    TemplateClause,
)
from agreements.models.documents import (
    CopyLink,
    EvidenceEntry,
    FirstPage,
    IssuedDocument,
    SigningLink,
)

__all__ = [
    "BASIC",
    "LONGEST_CLAUSE",
    "NEVER",
    "Agreement",
    "AgreementClause",
    "AgreementQuerySet",
    "AgreementTemplate",
    "ClauseText",
    "Contribution",
    "CopyLink",
    "EvidenceEntry",
    "FirstPage",
    "IssuedDocument",
    "Obligation",
    "Signatory",
    "SigningLink",
    "TemplateClause",
]
