"""Stored documents: made once, kept as they are, and honest when they cannot be made."""

import datetime as dt
import hashlib
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from agreements.enums import AgreementStatus, DocumentKind, DocumentState
from agreements.models import Agreement, IssuedDocument, TemplateClause
from agreements.services import make_document, make_waiting_documents, retry_document, send_for_signature
from agreements.services.documents import LEASE, MOST_ATTEMPTS
from mailing.models import Message
from ui import pdf

pytestmark = pytest.mark.django_db


def _bytes(document):
    with document.file.open() as stored:
        return stored.read()


@pytest.fixture
def order(draft, coordinator):
    return send_for_signature(agreement=draft, by=coordinator).documents.get()


@pytest.fixture
def without_pango(monkeypatch):
    """A machine where WeasyPrint cannot load its library; nothing else is taken away."""

    def refuse(name):
        raise OSError(f"cannot load library 'libpango-1.0-0' ({name})")

    pdf._weasyprint.cache_clear()
    monkeypatch.setattr(pdf, "import_module", refuse)
    yield
    pdf._weasyprint.cache_clear()


@pytest.mark.pango
def test_stored_hash_is_the_hash_of_the_bytes(printed):
    document = printed.documents.get()

    assert document.sha256 == hashlib.sha256(_bytes(document)).hexdigest()
    assert (document.size, document.content_type) == (len(_bytes(document)), "application/pdf")
    assert document.original_name == f"{printed.number}.pdf"


@pytest.mark.pango
def test_stored_document_outlives_changes_of_names_and_wording(printed):
    document = printed.documents.get()
    before = (document.sha256, _bytes(document), document.contents)
    printed.organisation.name = "Another Firm"
    printed.organisation.save(update_fields=["name"])
    TemplateClause.objects.update(body="Something else entirely")
    printed.clauses.update(body="Something else entirely")
    Agreement.objects.filter(pk=printed.pk).update(title="Another title")

    make_waiting_documents()

    document.refresh_from_db()
    assert (document.sha256, _bytes(document), document.contents) == before


@pytest.mark.pango
def test_first_page_is_drawn_with_the_document_and_shown_to_whoever_reads_it(printed, client, coordinator):
    client.force_login(coordinator)
    drawn = printed.documents.get().first_page
    address = reverse("agreements:first_page", args=[drawn.document_id])

    html, answer = client.get(printed.get_absolute_url()).content.decode(), client.get(address)

    assert address in html
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", "private, no-store")
    assert Image.open(io.BytesIO(b"".join(answer))).size == (drawn.width, drawn.height)


def test_document_that_cannot_be_drawn_is_shown_by_its_link_alone(sent, client, coordinator):
    client.force_login(coordinator)
    document = sent.documents.get()

    html = client.get(sent.get_absolute_url()).content.decode()

    assert reverse("agreements:document", args=[document.pk]) in html
    assert "<img" not in html
    assert client.get(reverse("agreements:first_page", args=[document.pk])).status_code == 404


def test_document_without_pango_fails_in_words_and_sends_nothing(order, without_pango):
    assert make_document(pk=order.pk) is False

    order.refresh_from_db()
    order.agreement.refresh_from_db()
    assert order.state == DocumentState.FAILED
    assert "libpango-1.0-0 libpangoft2-1.0-0" in order.problem
    assert order.agreement.status == AgreementStatus.PREPARING
    assert not Message.objects.exists()


def test_failed_document_waits_for_a_person(order, without_pango, coordinator):
    make_document(pk=order.pk)

    assert make_waiting_documents() == 0
    assert retry_document(document=order, by=coordinator).state == DocumentState.WAITING


@pytest.mark.parametrize("role", ["viewer", "administrator"])
def test_retry_is_not_for_everybody(order, request, role):
    IssuedDocument.objects.update(state=DocumentState.FAILED)

    with pytest.raises(PermissionDenied):
        retry_document(document=order, by=request.getfixturevalue(role))

    order.refresh_from_db()
    assert order.state == DocumentState.FAILED


def test_document_in_other_hands_is_left_alone(order):
    IssuedDocument.objects.update(lease_until=timezone.now() + dt.timedelta(minutes=1), attempts=1)

    assert make_document(pk=order.pk) is False

    order.refresh_from_db()
    assert (order.state, order.attempts) == (DocumentState.WAITING, 1)


@pytest.mark.pango
def test_document_of_a_dead_worker_is_taken_up(order):
    IssuedDocument.objects.update(lease_until=timezone.now() - LEASE, attempts=1)

    assert make_document(pk=order.pk) is True


def test_document_that_kills_its_worker_is_given_up(order):
    IssuedDocument.objects.update(lease_until=timezone.now() - LEASE, attempts=MOST_ATTEMPTS)

    assert make_document(pk=order.pk) is False

    order.refresh_from_db()
    assert (order.state, order.problem) == (DocumentState.FAILED, "Making it was broken off 3 times.")


def test_document_that_is_no_more_is_not_made():
    assert make_document(pk=987_654) is False


def test_one_document_a_version_and_kind(order):
    with pytest.raises(Exception, match="agreements_document_once"):
        IssuedDocument.objects.create(
            agreement=order.agreement, kind=DocumentKind.TO_SIGN, edition=order.edition, contents={}
        )
