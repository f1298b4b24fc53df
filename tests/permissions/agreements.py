"""Memoranda: coordinators draft and send, directors sign what is theirs to sign, everybody reads."""

from typing import Any

from accounts.enums import Role
from accounts.models import User
from agreements.document import contents_of
from agreements.enums import AgreementStatus, DocumentKind, DocumentState
from agreements.models import Agreement, IssuedDocument
from tests.accounts.factories import SchoolFactory
from tests.agreements.factories import AgreementFactory, SignatoryFactory
from tests.permissions import EDITORS, EVERYBODY, Row, to

RESPONSIBLE = (Role.COORDINATOR, Role.DIRECTOR)


def a_draft(_user: User | None) -> dict[str, Any]:
    return {"pk": AgreementFactory().pk}


def one_out_for_signature(_user: User | None) -> dict[str, Any]:
    return {"pk": AgreementFactory(status=AgreementStatus.SENT).pk}


def somebody_asked_to_sign(_user: User | None) -> dict[str, Any]:
    signatory = SignatoryFactory(agreement__status=AgreementStatus.SENT)
    _document(signatory.agreement, DocumentState.READY)
    return {"pk": signatory.pk}


def _document(agreement: Agreement, state: DocumentState) -> IssuedDocument:
    return IssuedDocument.objects.create(
        agreement=agreement,
        kind=DocumentKind.TO_SIGN,
        edition=1,
        contents=contents_of(agreement, SchoolFactory()),
        state=state,
        sha256="0" * 64,
    )


def a_document_that_failed(_user: User | None) -> dict[str, Any]:
    agreement = AgreementFactory(status=AgreementStatus.SENT)
    return {"pk": _document(agreement, DocumentState.FAILED).pk}


def a_made_up_token(_user: User | None) -> dict[str, Any]:
    return {"token": "made-up"}


def link(*, post: int) -> Row:
    """A page behind an emailed link: nobody's role matters, and a made-up token opens nothing."""
    return Row(
        get=to(EVERYBODY, 404), post=to(EVERYBODY, post), anonymous={"GET": 404, "POST": post}, make=a_made_up_token
    )


ROWS = {
    "agreements:sign": link(post=404),
    "agreements:decline": link(post=404),
    "agreements:sign_document": link(post=405),
    "agreements:copy": link(post=405),
    "agreements:list": Row(get=to(EVERYBODY)),
    "agreements:add": Row(get=to(EDITORS), post=to(EDITORS)),
    "agreements:detail": Row(get=to(EVERYBODY), make=a_draft),
    "agreements:edit": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_draft),
    "agreements:pdf": Row(get=to(EVERYBODY), make=a_draft),
    "agreements:send": Row(get=to(EDITORS), post=to(EDITORS, 409), make=a_draft),
    "agreements:remind": Row(post=to(EDITORS, 302), make=one_out_for_signature),
    "agreements:withdraw": Row(get=to(RESPONSIBLE), post=to(RESPONSIBLE, 302), make=one_out_for_signature),
    "agreements:reopen": Row(post=to(EDITORS, 302), make=one_out_for_signature),
    "agreements:link": Row(post=to(EDITORS, 302), make=somebody_asked_to_sign),
    "agreements:sign_here": Row(get=to(()), post=to(()), make=somebody_asked_to_sign),
    "agreements:document": Row(get=to(EVERYBODY, 404), make=a_document_that_failed),
    "agreements:first_page": Row(get=to(EVERYBODY, 404), make=a_document_that_failed),
    "agreements:retry": Row(post=to(RESPONSIBLE, 302), make=a_document_that_failed),
}
