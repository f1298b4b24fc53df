"""A live link for every page behind an emailed link. A page that is missing here fails tests/test_tokens.py.

`LINKS` is keyed by the URL's name. `make` makes a live link, with all it needs, and returns its raw token; `model` is
its table, where it has one; `shows` is something of the school's that its page shows while the link is live and must
not show after that. Pages that open with the same link share a `purpose`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.services import current_school
from agreements.document import contents_of
from agreements.enums import AgreementStatus, DocumentKind, DocumentState, Party
from agreements.models import Agreement, CopyLink, IssuedDocument, Signatory, SigningLink
from evaluation.models import ClassLink, FeedbackLink, StudentLink
from mailing.enums import Stream
from mailing.models import EmailedLink, hash_token, new_token
from mailing.sealing import seal_subscription
from opportunities.models import ProposalLink
from propositions.models import ConsentLink
from tests.accounts.factories import UserFactory
from tests.agreements.factories import AgreementFactory, complete
from tests.evaluation.factories import (
    InvitationFactory,
    class_token,
    feedback_token,
    standard_wave,
    student_token,
    student_wave,
    wave_of_class,
)
from tests.opportunities.factories import ProposalFactory, ProposalVersionFactory
from tests.partnerships.factories import ContactFactory
from tests.propositions.factories import QUOTE, TestimonialFactory, consent_token
from ui.files import fill_stored_file

FIRM = "Kestrel Precision Ltd"
PDF = b"%PDF-1.7 not a real one, and never opened here"


@dataclass(frozen=True)
class Link:
    """How to make a live link for a page, and what its page shows."""

    purpose: str
    make: Callable[[], str]
    model: type[EmailedLink] | None = None
    shows: str = ""
    opens: bool = True


def issue(model: type[EmailedLink], **fields: Any) -> str:
    """Write a live link's row and return its secret."""
    token = new_token()
    expires_at = timezone.now() + dt.timedelta(days=30)
    model.objects.create(token_hash=hash_token(token), email="rosa@example.org", expires_at=expires_at, **fields)
    return token


def _document(agreement: Agreement, kind: DocumentKind) -> IssuedDocument:
    contents = contents_of(agreement, current_school())
    document = IssuedDocument(
        agreement=agreement,
        kind=kind,
        edition=agreement.edition,
        contents=contents,
        state=DocumentState.READY,
        pages=11,
    )
    fill_stored_file(document, content=PDF, name="mou.pdf", content_type="application/pdf")
    document.save()
    return document


def _signatory() -> Signatory:
    agreement = AgreementFactory(
        status=AgreementStatus.SENT, organisation__name=FIRM, owner=UserFactory(name="Marta Keller")
    )
    complete(agreement)
    _document(agreement, DocumentKind.TO_SIGN)
    return agreement.signatories.get(party=Party.ORGANISATION)


def signing_link() -> str:
    return issue(SigningLink, signatory=_signatory())


def copy_link() -> str:
    signatory = _signatory()
    return issue(CopyLink, signatory=signatory, document=_document(signatory.agreement, DocumentKind.SIGNED))


def feedback_link() -> str:
    contact = ContactFactory(organisation__name=FIRM)
    return feedback_token(InvitationFactory(wave=standard_wave(), contact=contact, sent=True))


def proposal_link() -> str:
    proposal = ProposalFactory(out=True, organisation__name=FIRM)
    return issue(ProposalLink, version=ProposalVersionFactory(out=True, proposal=proposal))


def consent_link() -> str:
    return consent_token(TestimonialFactory(contact__organisation__name=FIRM))


def take_down_link() -> str:
    return consent_token(TestimonialFactory(contact__organisation__name=FIRM, agreed=True))


def student_link() -> str:
    return student_token(student_wave(asked=1).student_invitations.get())


def class_link() -> str:
    return class_token(wave_of_class())


def unsubscribe_link() -> str:
    return seal_subscription("rosa@example.org", Stream.SURVEY)


LINKS = {
    "agreements:sign": Link("signing", signing_link, SigningLink, shows=FIRM),
    "agreements:decline": Link("signing", signing_link, SigningLink, shows="Marta Keller"),
    "agreements:sign_document": Link("signing", signing_link, SigningLink),
    "agreements:copy": Link("copy", copy_link, CopyLink),
    "evaluation:answer": Link("feedback", feedback_link, FeedbackLink, shows="Satisfied?"),
    "opportunities:answer": Link("proposal", proposal_link, ProposalLink, shows=FIRM),
    "propositions:consent": Link("quote", consent_link, ConsentLink, shows=QUOTE),
    "propositions:withdraw": Link("quote", take_down_link, ConsentLink, shows=QUOTE),
    "evaluation:answer_student": Link("student", student_link, StudentLink, shows="Satisfied?"),
    "evaluation:answer_class": Link("class", class_link, ClassLink, shows="Satisfied?"),
    "mail:unsubscribe": Link("unsubscribe", unsubscribe_link, shows="rosa@example.org"),
    "mail:subscribe": Link("unsubscribe", unsubscribe_link, opens=False),
}
