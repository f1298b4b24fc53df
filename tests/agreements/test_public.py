"""The pages behind emailed links, as a signatory, a scanner and a guesser meet them."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from agreements.enums import AgreementStatus, DocumentKind, Party
from agreements.models import Agreement, CopyLink, SigningLink
from agreements.services import make_waiting_documents, store_document, withdraw_agreement
from mailing.models import Message
from mailing.sealing import unseal
from mailing.services import send_link_again
from ui.pdf import Pdf

pytestmark = pytest.mark.django_db

ROSA, HELENA = "rosa@kestrel.example.org", "helena.voss@lindenvale.example.org"


@pytest.fixture
def visitor():
    return Client()


@pytest.fixture
def path(sent, link_of):
    return link_of(ROSA)


def _close(response):
    """Close the file that a web server would close; the test client does so only where a body was read."""
    for close in response._resource_closers:
        close()


def _typed(agreement, name="Rosa Lindqvist", **changes):
    document = agreement.documents.get(kind=DocumentKind.TO_SIGN, edition=agreement.edition)
    form = {"name": name, "capacity": "Managing director", "agreed": "on", "document": document.sha256}
    return {**form, **changes}


def _rosa(agreement):
    return agreement.signatories.get(party=Party.ORGANISATION)


def test_page_shows_summary_document_and_empty_form(visitor, path, sent):
    response = visitor.get(path)
    page = response.content.decode()

    assert response.status_code == 200
    for words in [
        "For Rosa Lindqvist, Kestrel Precision Ltd",
        "€13,028 a year, of which €3,380 in money",
        "8 pages (PDF)",
    ]:
        assert words in page
    assert sent.documents.get().sha256 in page
    assert 'name="name" value' not in page
    assert "checked" not in page


def test_page_tells_no_cache_no_robot_no_stranger(visitor, path):
    response = visitor.get(path)

    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_writes_nothing_but_when_it_was_opened(visitor, path, sent, rosas_link, method):
    before = Agreement.objects.values().get(pk=sent.pk), list(sent.signatories.values()), sent.evidence.count()

    for _time in range(5):
        for place in ("", "change/", "document/"):
            _close(getattr(visitor, method)(path + place))

    assert (
        Agreement.objects.values().get(pk=sent.pk),
        list(sent.signatories.values()),
        sent.evidence.count(),
    ) == before
    rosas_link.refresh_from_db()
    assert (rosas_link.completed_at, rosas_link.revoked_at) == (None, None)


def test_sign_after_twenty_openings_works_and_shows_what_was_signed(visitor, path, sent):
    for _time in range(20):
        visitor.get(path)

    response = visitor.post(path, _typed(sent), follow=True)

    assert response.redirect_chain == [(path, 302)]
    assert "Signed. Thank you, Rosa Lindqvist" in response.content.decode()
    assert _rosa(sent).signed_name == "Rosa Lindqvist"
    assert visitor.get(path).status_code == 200


def test_sign_keeps_where_it_came_from(visitor, path, sent):
    visitor.post(path, _typed(sent), headers={"user-agent": "A phone\r\nX-Evil: 1"}, REMOTE_ADDR="203.0.113.77")

    entry = sent.evidence.get(kind="signed")
    assert (entry.ip, entry.user_agent) == ("203.0.113.77", "A phoneX-Evil: 1")


@pytest.mark.parametrize(
    ("field", "words"),
    [("name", "Type your full name."), ("capacity", "Say in which role you sign."), ("agreed", "Tick the box")],
)
def test_sign_without_a_part_keeps_the_rest(visitor, path, sent, field, words):
    form = _typed(sent, name="Rosa L.")
    del form[field]

    response = visitor.post(path, form)

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "<title>Error:" in page.replace("\n", "")
    assert ("Rosa L." in page) is (field != "name")
    assert _rosa(sent).signed_at is None


def test_sign_of_a_stale_document_is_a_conflict(visitor, path, sent):
    response = visitor.post(path, _typed(sent, document="0" * 64))

    assert response.status_code == 409
    assert path in response.content.decode()
    assert _rosa(sent).signed_at is None


def test_sign_twice_says_so_and_changes_nothing(visitor, path, sent):
    visitor.post(path, _typed(sent))

    response = visitor.post(path, _typed(sent, name="Somebody Else"))

    assert response.status_code == 200
    assert "This was signed already" in response.content.decode()
    assert _rosa(sent).signed_name == "Rosa Lindqvist"
    assert sent.evidence.filter(kind="signed").count() == 1


def test_sign_with_other_fields_in_the_form_touches_nobody_else(visitor, path, sent):
    helena = sent.signatories.get(party=Party.SCHOOL)

    visitor.post(path, _typed(sent, id=helena.pk, signatory=helena.pk, party="school", status="active"))

    helena.refresh_from_db()
    sent.refresh_from_db()
    assert helena.signed_at is None
    assert sent.status == AgreementStatus.SENT


def test_decline_needs_words_and_stops_the_signing(visitor, path, sent):
    assert visitor.post(f"{path}change/", {"reason": " "}).status_code == 422

    response = visitor.post(f"{path}change/", {"reason": "Ten places, not twelve"}, follow=True)

    assert "Ten places, not twelve" in response.content.decode()
    sent.refresh_from_db()
    assert sent.status == AgreementStatus.DECLINED
    assert visitor.post(path, _typed(sent)).status_code == 200
    assert _rosa(sent).signed_at is None


def _revoke(link):
    SigningLink.objects.filter(pk=link.pk).update(revoked_at=timezone.now())


def _expire(link):
    SigningLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())


@pytest.mark.parametrize("close", [_revoke, _expire])
@pytest.mark.parametrize("place", ["", "change/", "document/"])
def test_closed_link_shows_no_data(visitor, path, rosas_link, close, place):
    close(rosas_link)

    response = visitor.get(path + place)

    page = response.content.decode()
    assert response.status_code == 410
    for words in ("Kestrel", "13,028", "Rosa", "Work placements"):
        assert words not in page


def test_closed_link_signs_nothing(visitor, path, sent, rosas_link):
    _expire(rosas_link)

    assert visitor.post(path, _typed(sent)).status_code == 410
    assert _rosa(sent).signed_at is None


def test_withdrawn_agreement_is_closed_for_everybody(visitor, path, sent, coordinator):
    withdraw_agreement(agreement=sent, by=coordinator)

    assert visitor.get(path).status_code == 410
    assert visitor.post(path, _typed(sent)).status_code == 410


@pytest.mark.parametrize("place", ["/t/sign/{}/", "/t/sign/{}/change/", "/t/sign/{}/document/", "/t/copy/{}/"])
def test_mistyped_link_is_not_found(visitor, place):
    assert visitor.get(place.format("A" * 43)).status_code == 404


def test_token_of_one_purpose_opens_no_other(visitor, path, sent):
    token = path.split("/")[3]

    assert visitor.get(f"/t/copy/{token}/").status_code == 404
    assert visitor.get(f"/t/feedback/{token}/").status_code == 404


def test_token_is_kept_only_as_a_hash(path, rosas_link):
    token = path.split("/")[3]

    assert token not in str(SigningLink.objects.values())
    assert len(token) == 43


def _read(response):
    content = b"".join(response.streaming_content)
    _close(response)
    return content


def _all_sign(visitor, sent, link_of):
    for email, name in ((ROSA, "Rosa Lindqvist"), (HELENA, "Helena Voss")):
        visitor.post(link_of(email), _typed(sent, name=name))


def _copy_path(email):
    text = unseal(Message.objects.get(kind="agreements.signed_copy", to_email=email).body)["text"]
    return next(line for line in text.splitlines() if "/t/copy/" in line).partition("example.org")[2]


def test_signed_copy_opens_by_its_own_link_for_both(visitor, sent, link_of):
    _all_sign(visitor, sent, link_of)
    signed = sent.documents.get(kind=DocumentKind.SIGNED)
    store_document(document=signed, pdf=Pdf(b"%PDF-1.7 signed by both", 9))

    for email in (ROSA, HELENA):
        response = visitor.get(_copy_path(email))
        assert _read(response) == b"%PDF-1.7 signed by both"
        assert response["Content-Type"] == "application/pdf"
        assert "no-store" in response["Cache-Control"]
    assert CopyLink.objects.count() == 2


def test_signing_link_leads_to_the_signed_document_once_it_is_there(visitor, sent, link_of):
    path = link_of(ROSA)
    _all_sign(visitor, sent, link_of)
    assert _read(visitor.get(f"{path}document/")) == b"%PDF-1.7 as it was sent"

    store_document(document=sent.documents.get(kind=DocumentKind.SIGNED), pdf=Pdf(b"%PDF-1.7 signed by both", 9))

    assert _read(visitor.get(f"{path}document/")) == b"%PDF-1.7 signed by both"
    assert "Open the signed PDF" in visitor.get(path).content.decode()


def test_new_link_can_be_asked_for_after_expiry(path, rosas_link, sent):
    SigningLink.objects.update(expires_at=timezone.now(), created_at=timezone.now() - dt.timedelta(days=31))
    rosas_link.refresh_from_db()

    assert send_link_again(link=rosas_link) is True

    assert Message.objects.filter(kind="agreements.signing_request", to_email=ROSA).count() == 2


@pytest.mark.pango
def test_whole_way_by_phone_ends_with_one_signed_pdf(visitor, sent, link_of):
    _all_sign(visitor, sent, link_of)

    assert make_waiting_documents() == 1

    sent.refresh_from_db()
    assert sent.status == AgreementStatus.ACTIVE
    assert sent.documents.get(kind=DocumentKind.SIGNED).is_ready
