"""Signing by link and signed in; declining; links anew."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from agreements.enums import AgreementStatus, DocumentKind, EvidenceKind, Party
from agreements.evidence import Visitor, first_broken
from agreements.models import Agreement, CopyLink, SigningLink
from agreements.services import (
    AlreadySignedError,
    NotOpenForSigningError,
    Signature,
    StaleDocumentError,
    decline_by_link,
    make_waiting_documents,
    send_new_link,
    send_reminders,
    sign_by_link,
    sign_here,
    withdraw_agreement,
)
from mailing.models import Message
from mailing.services import LinkClosedError
from partnerships.enums import Status
from partnerships.models import TimelineEvent

pytestmark = pytest.mark.django_db

PHONE = Visitor("203.0.113.24", "A phone")


def _signature(agreement, name="Rosa Lindqvist"):
    return Signature(name, "Managing director", agreement.documents.get(kind=DocumentKind.TO_SIGN).sha256)


@pytest.fixture
def helenas_link(sent):
    return SigningLink.objects.get(email="helena.voss@lindenvale.example.org", revoked_at=None)


def test_first_signature_waits_for_the_other_side(sent, rosas_link):
    agreement = sign_by_link(link=rosas_link, signature=_signature(sent), visitor=PHONE)

    rosa = agreement.signatories.get(party=Party.ORGANISATION)
    assert agreement.status == AgreementStatus.SENT
    assert (rosa.signed_name, rosa.signed_capacity) == ("Rosa Lindqvist", "Managing director")
    entry = agreement.evidence.get(kind=EvidenceKind.SIGNED)
    assert (entry.who, entry.ip, entry.user_agent, entry.document_sha256) == (
        "Rosa Lindqvist",
        "203.0.113.24",
        "A phone",
        _signature(sent).document_sha256,
    )
    assert (
        TimelineEvent.objects.get(kind="agreements.signed").title == "Rosa Lindqvist signed for Kestrel Precision Ltd"
    )


@pytest.mark.pango
def test_last_signature_brings_it_into_force_and_stores_the_document_once(sent, rosas_link, helenas_link):
    sign_by_link(link=rosas_link, signature=_signature(sent))
    agreement = sign_by_link(link=helenas_link, signature=_signature(sent, "Helena Voss"))

    assert agreement.status == AgreementStatus.ACTIVE
    assert make_waiting_documents() == 1
    assert make_waiting_documents() == 0
    signed = agreement.documents.get(kind=DocumentKind.SIGNED)
    assert signed.is_ready
    agreement.organisation.refresh_from_db()
    assert agreement.organisation.status == Status.PARTNER
    assert agreement.organisation.agreement_ends_on == agreement.ends_on
    assert CopyLink.objects.filter(document=signed, revoked_at=None).count() == 2
    assert Message.objects.filter(kind="agreements.signed_copy").count() == 2
    assert Message.objects.filter(kind="agreements.all_signed").count() == 1
    assert [entry.kind for entry in agreement.evidence.all()][-2:] == ["completed", "sealed"]
    assert first_broken(agreement) is None


def test_last_signature_before_the_first_day_waits_for_it(sent, rosas_link, helenas_link):
    Agreement.objects.filter(pk=sent.pk).update(starts_on=timezone.localdate() + dt.timedelta(days=20))

    sign_by_link(link=rosas_link, signature=_signature(sent))
    agreement = sign_by_link(link=helenas_link, signature=_signature(sent, "Helena Voss"))

    assert agreement.status == AgreementStatus.SIGNED
    agreement.organisation.refresh_from_db()
    assert agreement.organisation.status == Status.AGREEMENT


def test_sign_twice_is_told_apart(sent, rosas_link):
    sign_by_link(link=rosas_link, signature=_signature(sent))

    with pytest.raises(AlreadySignedError):
        sign_by_link(link=rosas_link, signature=_signature(sent, "Somebody else"))

    assert sent.signatories.get(party=Party.ORGANISATION).signed_name == "Rosa Lindqvist"


def test_sign_of_a_stale_document_is_refused(sent, rosas_link):
    stale = Signature("Rosa Lindqvist", "Managing director", "0" * 64)

    with pytest.raises(StaleDocumentError):
        sign_by_link(link=rosas_link, signature=stale)

    rosas_link.refresh_from_db()
    assert rosas_link.completed_at is None
    assert not sent.signatories.exclude(signed_at=None).exists()


def test_sign_after_withdrawal_is_refused(sent, rosas_link, coordinator):
    withdraw_agreement(agreement=sent, by=coordinator)

    with pytest.raises(NotOpenForSigningError):
        sign_by_link(link=rosas_link, signature=_signature(sent))


@pytest.mark.parametrize(("seconds", "opens"), [(-1, True), (1, False)])
def test_sign_at_the_edge_of_expiry(sent, rosas_link, seconds, opens):
    with time_machine.travel(rosas_link.expires_at + dt.timedelta(seconds=seconds), tick=False):
        if opens:
            sign_by_link(link=rosas_link, signature=_signature(sent))
        else:
            with pytest.raises(LinkClosedError):
                sign_by_link(link=rosas_link, signature=_signature(sent))

    assert sent.signatories.exclude(signed_at=None).exists() is opens


def test_other_name_is_kept_recorded_and_told(sent, rosas_link, coordinator):
    sign_by_link(link=rosas_link, signature=_signature(sent, "Ingrid Sole"))

    rosa = sent.signatories.get(party=Party.ORGANISATION)
    assert (rosa.name, rosa.signed_name, rosa.has_other_name) == ("Rosa Lindqvist", "Ingrid Sole", True)
    assert "invited was Rosa Lindqvist" in sent.evidence.get(kind=EvidenceKind.SIGNED).detail
    assert Message.objects.get(kind="agreements.other_name").to_email == coordinator.email


@pytest.mark.parametrize("typed", ["Rosa Lindqvist", "rosa  LINDQVIST "])
def test_same_name_typed_otherwise_is_the_same_name(sent, rosas_link, typed):
    sign_by_link(link=rosas_link, signature=_signature(sent, typed))

    assert not Message.objects.filter(kind="agreements.other_name").exists()


def test_opening_enters_the_record_only_with_the_signature(sent, rosas_link):
    opened = timezone.now() - dt.timedelta(hours=2)
    SigningLink.objects.filter(pk=rosas_link.pk).update(first_opened_at=opened)
    assert not sent.evidence.filter(kind=EvidenceKind.OPENED).exists()

    sign_by_link(link=rosas_link, signature=_signature(sent))

    assert sent.evidence.get(kind=EvidenceKind.OPENED).at == opened


def test_director_signs_while_signed_in(sent, director):
    helena = sent.signatories.get(party=Party.SCHOOL)

    sign_here(signatory=helena, signature=_signature(sent, "Helena Voss"), by=director, visitor=PHONE)

    assert "signed in to Tandem as helena.voss" in sent.evidence.get(kind=EvidenceKind.SIGNED).detail
    assert not SigningLink.objects.filter(signatory=helena, revoked_at=None).exists()


def test_nobody_signs_here_for_somebody_else(sent, coordinator, director):
    rosa, helena = sent.signatories.get(party=Party.ORGANISATION), sent.signatories.get(party=Party.SCHOOL)

    for signatory, by in [(rosa, director), (helena, coordinator)]:
        with pytest.raises(PermissionDenied):
            sign_here(signatory=signatory, signature=_signature(sent, "Helena Voss"), by=by)

    assert not sent.signatories.exclude(signed_at=None).exists()


def test_decline_stops_the_signing_and_tells_why(sent, rosas_link, helenas_link, coordinator):
    agreement = decline_by_link(link=rosas_link, reason="Ten students, not twelve", visitor=PHONE)

    assert agreement.status == AgreementStatus.DECLINED
    assert agreement.closed_reason == "Ten students, not twelve"
    assert "Ten students" in Message.objects.get(kind="agreements.declined", to_email=coordinator.email).preview
    with pytest.raises(NotOpenForSigningError):
        sign_by_link(link=helenas_link, signature=_signature(sent, "Helena Voss"))


def test_decline_after_signing_is_refused(sent, rosas_link):
    sign_by_link(link=rosas_link, signature=_signature(sent))

    with pytest.raises(AlreadySignedError):
        decline_by_link(link=rosas_link, reason="Changed my mind")


def test_new_link_takes_the_former_back(sent, rosas_link, coordinator):
    fresh = send_new_link(signatory=rosas_link.signatory, by=coordinator)

    rosas_link.refresh_from_db()
    assert rosas_link.revoked_at is not None
    with pytest.raises(LinkClosedError):
        sign_by_link(link=rosas_link, signature=_signature(sent))
    assert sign_by_link(link=fresh, signature=_signature(sent)).signatories.exclude(signed_at=None).count() == 1


def test_reminder_goes_to_those_who_have_not_signed(sent, rosas_link, coordinator):
    sign_by_link(link=rosas_link, signature=_signature(sent))

    assert send_reminders(agreement=sent, by=coordinator) == 1
    assert Message.objects.get(kind="agreements.signing_reminder").to_email == "helena.voss@lindenvale.example.org"


@pytest.mark.parametrize("role", ["viewer", "director", "administrator"])
def test_links_are_the_coordinators_to_send(sent, rosas_link, request, role):
    by = request.getfixturevalue(role)

    for act in (
        lambda: send_new_link(signatory=rosas_link.signatory, by=by),
        lambda: send_reminders(agreement=sent, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert SigningLink.objects.count() == 2


def test_links_of_a_draft_do_not_exist(draft, coordinator):
    with pytest.raises(NotOpenForSigningError):
        send_reminders(agreement=draft, by=coordinator)
