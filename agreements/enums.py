from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from roadmap.lifecycle import Transitions


class AgreementStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    PREPARING = "preparing", _("Being prepared")
    SENT = "sent", _("Out for signature")
    DECLINED = "declined", _("Not signed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SIGNED = "signed", _("Signed")
    ACTIVE = "active", _("In force")
    EXPIRED = "expired", _("Ended")


AGREEMENT_TRANSITIONS: Transitions = {
    AgreementStatus.DRAFT: {AgreementStatus.PREPARING, AgreementStatus.WITHDRAWN},
    # The text is frozen; the document to sign is being made.
    AgreementStatus.PREPARING: {AgreementStatus.SENT, AgreementStatus.WITHDRAWN},
    AgreementStatus.SENT: {AgreementStatus.SIGNED, AgreementStatus.DECLINED, AgreementStatus.WITHDRAWN},
    AgreementStatus.DECLINED: {AgreementStatus.DRAFT},
    AgreementStatus.WITHDRAWN: {AgreementStatus.DRAFT},
    AgreementStatus.SIGNED: {AgreementStatus.ACTIVE},
    AgreementStatus.ACTIVE: {AgreementStatus.EXPIRED},
}
# Whose words both sides have put their names to.
BINDING_STATES = [AgreementStatus.SIGNED, AgreementStatus.ACTIVE, AgreementStatus.EXPIRED]
OPEN_STATES = [AgreementStatus.DRAFT, AgreementStatus.PREPARING, AgreementStatus.SENT, AgreementStatus.SIGNED]


class Party(TextChoices):
    SCHOOL = "school", _("The college")
    ORGANISATION = "organisation", _("The partner")


class ContributionKind(TextChoices):
    FINANCIAL = "financial", _("Money")
    IN_KIND = "in_kind", _("In kind")


class Renewal(TextChoices):
    NONE = "none", pgettext_lazy("renewal of an agreement", "It ends by itself")
    BY_AGREEMENT = "by_agreement", _("By written agreement")
    AUTOMATIC = "automatic", _("By itself, a year at a time, unless one side says no")


class DocumentKind(TextChoices):
    TO_SIGN = "to_sign", _("Document to sign")
    SIGNED = "signed", _("Signed document")


class DocumentState(TextChoices):
    WAITING = "waiting", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")


class EvidenceKind(TextChoices):
    FROZEN = "frozen", _("Text frozen")
    SENT = "sent", _("Link sent")
    OPENED = "opened", _("Link opened, perhaps by a mail scanner")
    SIGNED = "signed", _("Signed")
    DECLINED = "declined", _("Not signed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    COMPLETED = "completed", _("All have signed")
    SEALED = "sealed", _("Signed document stored")
