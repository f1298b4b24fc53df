"""Where an agreement may go, by whom, and what follows."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from agreements.enums import AGREEMENT_TRANSITIONS, AgreementStatus, DocumentKind, DocumentState, EvidenceKind
from agreements.models import NEVER, Agreement, IssuedDocument, SigningLink
from agreements.services import (
    AgreementIncompleteError,
    activate_due,
    expire_due,
    make_document,
    reopen_agreement,
    send_for_signature,
    store_document,
    withdraw_agreement,
)
from agreements.tasks import sweep
from mailing.models import Message
from partnerships.enums import Status
from partnerships.models import TimelineEvent
from roadmap.lifecycle import TransitionRefusedError, move
from tests.agreements.factories import AgreementFactory
from ui.pdf import Pdf

pytestmark = pytest.mark.django_db

ALLOWED = {
    ("draft", "preparing"),
    ("draft", "withdrawn"),
    ("preparing", "sent"),
    ("preparing", "withdrawn"),
    ("sent", "signed"),
    ("sent", "declined"),
    ("sent", "withdrawn"),
    ("declined", "draft"),
    ("withdrawn", "draft"),
    ("signed", "active"),
    ("active", "expired"),
}


@pytest.mark.parametrize("start", AgreementStatus)
@pytest.mark.parametrize("end", AgreementStatus)
def test_move_follows_the_table(start, end):
    agreement = Agreement(status=start)

    if (start.value, end.value) in ALLOWED:
        move(agreement, to=end)
        assert agreement.status == end
    else:
        with pytest.raises(TransitionRefusedError):
            move(agreement, to=end)
        assert agreement.status == start


def test_table_knows_no_state_that_is_not_one():
    assert {(start, end) for start, ends in AGREEMENT_TRANSITIONS.items() for end in ends} == ALLOWED


ROLES = ["viewer", "coordinator", "director", "administrator"]


@pytest.mark.parametrize("role", ROLES)
def test_send_is_the_coordinators_act(draft, request, role):
    by = request.getfixturevalue(role)

    if role == "coordinator":
        assert send_for_signature(agreement=draft, by=by).status == AgreementStatus.PREPARING
    else:
        with pytest.raises(PermissionDenied):
            send_for_signature(agreement=draft, by=by)
        assert not IssuedDocument.objects.exists()


@pytest.mark.parametrize("role", ROLES)
def test_withdraw_is_for_coordinator_and_director(sent, request, role):
    by = request.getfixturevalue(role)

    if role in {"coordinator", "director"}:
        assert withdraw_agreement(agreement=sent, by=by).status == AgreementStatus.WITHDRAWN
    else:
        with pytest.raises(PermissionDenied):
            withdraw_agreement(agreement=sent, by=by)
        sent.refresh_from_db()
        assert sent.status == AgreementStatus.SENT


@pytest.mark.parametrize("role", ROLES)
def test_reopen_is_the_coordinators_act(sent, coordinator, request, role):
    withdraw_agreement(agreement=sent, by=coordinator)
    by = request.getfixturevalue(role)

    if role == "coordinator":
        assert reopen_agreement(agreement=sent, by=by).status == AgreementStatus.DRAFT
    else:
        with pytest.raises(PermissionDenied):
            reopen_agreement(agreement=sent, by=by)


def test_send_with_gaps_changes_nothing(draft, coordinator):
    Agreement.objects.filter(pk=draft.pk).update(purpose="")

    with pytest.raises(AgreementIncompleteError) as refusal:
        send_for_signature(agreement=draft, by=coordinator)

    draft.refresh_from_db()
    assert [gap.text for gap in refusal.value.gaps] == ["Purpose"]
    assert (draft.status, draft.documents.count(), draft.evidence.count()) == (AgreementStatus.DRAFT, 0, 0)


def test_send_twice_is_refused(draft, coordinator):
    send_for_signature(agreement=draft, by=coordinator)

    with pytest.raises(TransitionRefusedError):
        send_for_signature(agreement=draft, by=coordinator)

    assert draft.documents.count() == 1


def test_send_mails_nobody_before_the_document_is_there(draft, coordinator):
    send_for_signature(agreement=draft, by=coordinator)

    assert not Message.objects.exists()
    assert not SigningLink.objects.exists()


def test_sent_agreement_has_links_mails_and_a_partner_one_stage_on(sent, coordinator):
    partner = sent.organisation
    partner.refresh_from_db()

    assert sent.status == AgreementStatus.SENT
    assert partner.status == Status.AGREEMENT
    assert sorted(SigningLink.objects.values_list("email", flat=True)) == [
        "helena.voss@lindenvale.example.org",
        "rosa@kestrel.example.org",
    ]
    mail = Message.objects.get(to_email="rosa@kestrel.example.org")
    assert mail.subject == "Linden Vale Vocational College asks you to sign: Work placements and machining skills"
    assert mail.reply_to == coordinator.email
    assert "/t/sign/" not in mail.preview
    assert [entry.kind for entry in sent.evidence.all()] == ["frozen", "sent", "sent"]
    event = TimelineEvent.objects.get(kind="agreements.sent")
    assert (event.actor, event.url_name, event.object_id) == (coordinator, "agreements:detail", sent.pk)


def test_making_a_document_twice_sends_once(sent):
    document = sent.documents.get()

    assert make_document(pk=document.pk) is False
    assert SigningLink.objects.count() == 2
    assert Message.objects.count() == 2


def test_withdraw_revokes_links_and_tells_who_had_one(sent, coordinator):
    withdraw_agreement(agreement=sent, by=coordinator, reason="Wrong dates")

    assert not SigningLink.objects.filter(revoked_at=None).exists()
    assert Message.objects.filter(kind="agreements.withdrawn").count() == 2
    assert sent.evidence.last().kind == EvidenceKind.WITHDRAWN
    assert TimelineEvent.objects.get(kind="agreements.withdrawn").body == "Wrong dates"


def test_withdraw_while_the_document_is_being_made_drops_the_order(draft, coordinator):
    send_for_signature(agreement=draft, by=coordinator)
    order = draft.documents.get()

    withdraw_agreement(agreement=draft, by=coordinator)

    assert make_document(pk=order.pk) is False
    assert not Message.objects.exists()
    assert not draft.documents.exists()


def test_reopen_starts_the_next_version_and_signatures_anew(sent, coordinator):
    sent.signatories.update(signed_at=timezone.now(), signed_name="Rosa", signed_capacity="x")
    withdraw_agreement(agreement=sent, by=coordinator)

    reopened = reopen_agreement(agreement=sent, by=coordinator)

    assert (reopened.edition, reopened.sent_at) == (2, None)
    assert set(reopened.signatories.values_list("signed_at", "signed_name")) == {(None, "")}
    assert reopened.documents.get().edition == 1


def test_reopen_of_what_never_left_keeps_its_version(draft, coordinator):
    withdraw_agreement(agreement=draft, by=coordinator)

    assert reopen_agreement(agreement=draft, by=coordinator).edition == 1


def test_next_version_is_made_and_sent_like_the_first(sent, coordinator):
    withdraw_agreement(agreement=sent, by=coordinator)
    again = reopen_agreement(agreement=sent, by=coordinator)

    send_for_signature(agreement=again, by=coordinator)
    store_document(document=again.documents.get(edition=2), pdf=Pdf(b"%PDF-1.7 the second", 8))

    again.refresh_from_db()
    assert again.status == AgreementStatus.SENT
    assert again.documents.filter(kind=DocumentKind.TO_SIGN, state=DocumentState.READY).count() == 2
    assert SigningLink.objects.filter(revoked_at=None).count() == 2


def test_activate_waits_for_the_first_day(school):
    agreement = AgreementFactory(signed=True, starts_on=dt.date(2026, 4, 1), ends_on=dt.date(2028, 3, 31))

    assert activate_due(today=dt.date(2026, 3, 31)) == 0
    assert activate_due(today=dt.date(2026, 4, 1)) == 1
    assert activate_due(today=dt.date(2026, 4, 1)) == 0

    agreement.refresh_from_db()
    agreement.organisation.refresh_from_db()
    assert agreement.status == AgreementStatus.ACTIVE
    assert agreement.organisation.status == Status.PARTNER
    assert agreement.organisation.agreement_ends_on == dt.date(2028, 3, 31)
    assert TimelineEvent.objects.filter(kind="agreements.active").count() == 1


def test_expire_comes_the_day_after_the_last(school):
    agreement = AgreementFactory(active=True, starts_on=dt.date(2024, 4, 1), ends_on=dt.date(2026, 3, 31))

    assert expire_due(today=dt.date(2026, 3, 31)) == 0
    assert expire_due(today=dt.date(2026, 4, 1)) == 1

    agreement.refresh_from_db()
    assert agreement.status == AgreementStatus.EXPIRED
    assert agreement.organisation.timeline.get(kind="agreements.expired").object_id == agreement.pk


def test_expire_never_ends_what_has_no_end(school):
    AgreementFactory(active=True, ends_on=NEVER, is_open_ended=True)

    assert expire_due(today=dt.date(2500, 1, 1)) == 0


def test_expired_agreement_leaves_the_partner_where_it_stands(school):
    agreement = AgreementFactory(
        active=True, ends_on=dt.date(2026, 3, 31), starts_on=dt.date(2024, 1, 1), organisation__status=Status.PARTNER
    )

    expire_due(today=dt.date(2026, 4, 1))

    agreement.organisation.refresh_from_db()
    assert agreement.organisation.status == Status.PARTNER
    assert agreement.organisation.agreement_ends_on is None


@pytest.mark.pango
def test_sweep_run_twice_does_everything_once(draft, coordinator):
    AgreementFactory(signed=True, starts_on=timezone.localdate())
    AgreementFactory(active=True, ends_on=timezone.localdate() - dt.timedelta(days=3))
    send_for_signature(agreement=draft, by=coordinator)

    sweep()
    sweep()

    draft.refresh_from_db()
    assert draft.status == AgreementStatus.SENT
    assert Message.objects.count() == 2
    assert Agreement.objects.filter(status=AgreementStatus.ACTIVE).count() == 1
    assert Agreement.objects.filter(status=AgreementStatus.EXPIRED).count() == 1


def test_sweep_with_nothing_to_do_asks_four_questions(school, query_count):
    assert query_count(sweep) == 4
