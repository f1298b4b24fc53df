"""Where a proposal, an opening and a placement may go, by whom, and what follows."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mailing.models import Message
from opportunities.enums import (
    OPENING_TRANSITIONS,
    PLACEMENT_TRANSITIONS,
    PROPOSAL_TRANSITIONS,
    AnswerKind,
    DecisionReason,
    OpeningStatus,
    PlacementStatus,
    ProposalStatus,
)
from opportunities.models import Opening, Placement, Proposal, ProposalLink
from opportunities.services import (
    AlreadyDecidedError,
    Answer,
    NothingToSendError,
    NotOpenForAnswerError,
    NotWritableError,
    ProposalIncompleteError,
    StaleRoundError,
    move_opening,
    move_placement,
    record_answer,
    send_new_link,
    send_proposal,
    start_round,
    withdraw_proposal,
)
from partnerships.enums import NeedKind, NeedStatus, Status
from partnerships.models import Need, TimelineEvent
from roadmap.lifecycle import TransitionRefusedError, move
from tests.opportunities.factories import OpeningFactory, PlacementFactory, day
from tests.partnerships.factories import ContactFactory

pytestmark = pytest.mark.django_db

ROLES = ["viewer", "coordinator", "director", "administrator"]
ALLOWED = {
    ("draft", "sent"),
    ("draft", "withdrawn"),
    ("sent", "sent"),
    ("sent", "in_negotiation"),
    ("sent", "accepted"),
    ("sent", "declined"),
    ("sent", "expired"),
    ("sent", "withdrawn"),
    ("in_negotiation", "in_negotiation"),
    ("in_negotiation", "sent"),
    ("in_negotiation", "accepted"),
    ("in_negotiation", "declined"),
    ("in_negotiation", "withdrawn"),
    ("expired", "sent"),
    ("expired", "withdrawn"),
}
OPENING_ALLOWED = {("open", "closed"), ("open", "withdrawn"), ("closed", "open"), ("withdrawn", "open")}
PLACEMENT_ALLOWED = {
    ("planned", "confirmed"),
    ("planned", "cancelled"),
    ("confirmed", "active"),
    ("confirmed", "cancelled"),
    ("active", "completed"),
    ("active", "ended_early"),
}


@pytest.mark.parametrize(
    ("model", "states", "allowed"),
    [
        (Proposal, ProposalStatus, ALLOWED),
        (Opening, OpeningStatus, OPENING_ALLOWED),
        (Placement, PlacementStatus, PLACEMENT_ALLOWED),
    ],
)
def test_move_follows_the_whole_table(model, states, allowed):
    for start in states:
        for end in states:
            record = model(status=start)
            if (start.value, end.value) in allowed:
                move(record, to=end)
                assert record.status == end
            else:
                with pytest.raises(TransitionRefusedError):
                    move(record, to=end)
                assert record.status == start


@pytest.mark.parametrize(
    ("table", "allowed"),
    [
        (PROPOSAL_TRANSITIONS, ALLOWED),
        (OPENING_TRANSITIONS, OPENING_ALLOWED),
        (PLACEMENT_TRANSITIONS, PLACEMENT_ALLOWED),
    ],
)
def test_table_knows_no_other_way(table, allowed):
    assert {(start, end) for start, ends in table.items() for end in ends} == allowed


@pytest.mark.parametrize("role", ROLES)
def test_send_is_the_coordinators_act(draft, request, role):
    by = request.getfixturevalue(role)

    if role == "coordinator":
        assert send_proposal(proposal=draft, by=by).status == ProposalStatus.SENT
    else:
        with pytest.raises(PermissionDenied):
            send_proposal(proposal=draft, by=by)
        assert not ProposalLink.objects.exists()
        draft.refresh_from_db()
        assert draft.status == ProposalStatus.DRAFT


@pytest.mark.parametrize("role", ROLES)
def test_withdraw_is_for_coordinator_and_director(sent, request, role):
    by = request.getfixturevalue(role)

    if role in {"coordinator", "director"}:
        assert withdraw_proposal(proposal=sent, by=by).status == ProposalStatus.WITHDRAWN
    else:
        with pytest.raises(PermissionDenied):
            withdraw_proposal(proposal=sent, by=by)
        sent.refresh_from_db()
        assert sent.status == ProposalStatus.SENT


@pytest.mark.parametrize("role", ["viewer", "director", "administrator"])
@pytest.mark.parametrize(
    "act",
    [
        lambda proposal, by: start_round(proposal=proposal, by=by),
        lambda proposal, by: record_answer(proposal=proposal, answer=Answer(AnswerKind.ACCEPTED, 1), by=by),
        lambda proposal, by: send_new_link(proposal=proposal, by=by),
    ],
)
def test_others_neither_write_nor_answer(sent, request, role, act):
    by = request.getfixturevalue(role)

    with pytest.raises(PermissionDenied):
        act(sent, by)

    sent.refresh_from_db()
    assert (sent.status, sent.round, ProposalLink.objects.count()) == (ProposalStatus.SENT, 1, 1)


def test_send_freezes_mails_and_moves_the_relationship_on(draft, coordinator):
    need = Need.objects.create(
        organisation=draft.organisation, kind=NeedKind.TRAINING_REQUIREMENT, title="CAM for operators"
    )
    draft.versions.get().items.update(need=need)

    proposal = send_proposal(proposal=draft, by=coordinator)

    version = proposal.versions.get()
    assert (len(version.sha256), version.sent_by, version.sent_to) == (64, coordinator, "Rosa Lindqvist")
    today = timezone.localdate()
    assert (proposal.first_sent_on, proposal.sent_on, proposal.valid_until) == (today, today, version.valid_until)
    mail = Message.objects.get(kind="opportunities.proposal")
    assert (mail.to_email, mail.reply_to) == ("rosa@kestrel.example.org", coordinator.email)
    proposal.organisation.refresh_from_db()
    assert proposal.organisation.status == Status.PROPOSAL
    need.refresh_from_db()
    assert need.status == NeedStatus.MATCHED
    assert TimelineEvent.objects.filter(kind="opportunities.sent", object_id=proposal.pk).count() == 1


def test_send_never_moves_a_relationship_back(draft, coordinator):
    draft.organisation.status = Status.PARTNER
    draft.organisation.save(update_fields=["status"])

    send_proposal(proposal=draft, by=coordinator)

    draft.organisation.refresh_from_db()
    assert draft.organisation.status == Status.PARTNER


def test_send_names_everything_that_is_missing(draft, coordinator):
    draft.contact = None
    draft.save(update_fields=["contact"])
    draft.versions.update(valid_until=None)
    draft.versions.get().items.all().delete()

    with pytest.raises(ProposalIncompleteError) as refused:
        send_proposal(proposal=draft, by=coordinator)

    assert refused.value.gaps == [
        "Name the person it goes to.",
        "Write down at least one point.",
        "Say until when it may be answered.",
    ]
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        (lambda one: one.versions.update(valid_until=day(0)), "The last day for an answer has to lie ahead."),
        (lambda one: _change(one.contact, email=""), "The person it goes to has no e-mail address."),
        (
            lambda one: _change(one.contact, archived_at=timezone.now()),
            "The person it goes to is no longer at this partner.",
        ),
        (
            lambda one: _change(one.organisation, do_not_contact=True, do_not_contact_reason="They asked"),
            "This partner asked not to be written to.",
        ),
        (lambda one: _change(one.organisation, archived_at=timezone.now()), "This partner is archived."),
    ],
)
def test_send_refuses_what_cannot_arrive(draft, coordinator, change, gap):
    change(draft)

    with pytest.raises(ProposalIncompleteError) as refused:
        send_proposal(proposal=draft, by=coordinator)

    assert refused.value.gaps == [gap]


def _change(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save(update_fields=list(fields))


def test_second_tab_sends_nothing_twice(sent, coordinator):
    with pytest.raises(NothingToSendError):
        send_proposal(proposal=sent, by=coordinator)

    assert Message.objects.filter(kind="opportunities.proposal").count() == 1


def test_next_round_copies_points_and_may_be_answered_after_it_was_sent(sent, coordinator, next_round):
    begun = start_round(proposal=sent, by=coordinator)

    assert (begun.round, begun.status) == (2, ProposalStatus.SENT)
    first, second = begun.versions.all()
    assert [item.line for item in second.items.all()] == [item.line for item in first.items.all()]
    assert (second.sent_at, second.sha256) == (None, "")

    again = next_round(begun)

    assert (again.status, again.valid_until) == (ProposalStatus.SENT, day(30))
    with pytest.raises(StaleRoundError):
        record_answer(proposal=again, answer=Answer(AnswerKind.ACCEPTED, 1), by=coordinator)
    assert record_answer(proposal=again, answer=Answer(AnswerKind.ACCEPTED, 2), by=coordinator).status == "accepted"


def test_round_begun_twice_is_one_round(sent, coordinator):
    start_round(proposal=sent, by=coordinator)

    start_round(proposal=sent, by=coordinator)

    assert sent.versions.count() == 2


def test_link_of_the_same_person_stays_and_that_of_another_goes(sent, coordinator, next_round):
    next_round(sent)
    assert ProposalLink.objects.filter(revoked_at=None).count() == 2
    sent.refresh_from_db()
    sent.contact = ContactFactory(organisation=sent.organisation, email="dev@kestrel.example.org")
    sent.save(update_fields=["contact"])

    next_round(sent)

    assert ProposalLink.objects.get(revoked_at=None).email == "dev@kestrel.example.org"


@pytest.mark.parametrize(
    ("answer", "status", "event"),
    [
        (Answer(AnswerKind.ACCEPTED, 1), "accepted", "opportunities.accepted"),
        (Answer(AnswerKind.CHANGES, 1, "Shorter evenings"), "in_negotiation", "opportunities.changes_asked"),
        (Answer(AnswerKind.DECLINED, 1, "", DecisionReason.PRICE), "declined", "opportunities.declined"),
    ],
)
def test_answer_noted_by_a_colleague_moves_it_and_is_told(sent, coordinator, answer, status, event):
    proposal = record_answer(proposal=sent, answer=answer, by=coordinator)

    assert proposal.status == status
    assert proposal.decided_on == (None if status == "in_negotiation" else timezone.localdate())
    assert TimelineEvent.objects.get(kind=event).actor == coordinator
    given = proposal.versions.get().answers.get()
    assert (given.recorded_by, given.name, given.reason) == (coordinator, "Rosa Lindqvist", answer.reason)
    assert not Message.objects.filter(kind="opportunities.answered").exists()


def test_answer_drops_a_round_that_was_begun(sent, coordinator):
    start_round(proposal=sent, by=coordinator)

    proposal = record_answer(proposal=sent, answer=Answer(AnswerKind.ACCEPTED, 1), by=coordinator)

    assert (proposal.round, proposal.versions.count()) == (1, 1)


def test_what_is_decided_stands(sent, coordinator):
    record_answer(proposal=sent, answer=Answer(AnswerKind.ACCEPTED, 1), by=coordinator)

    with pytest.raises(AlreadyDecidedError):
        record_answer(proposal=sent, answer=Answer(AnswerKind.DECLINED, 1, "", "price"), by=coordinator)
    with pytest.raises(NotWritableError):
        start_round(proposal=sent, by=coordinator)
    with pytest.raises(NotWritableError):
        send_proposal(proposal=sent, by=coordinator)
    with pytest.raises(TransitionRefusedError):
        withdraw_proposal(proposal=sent, by=coordinator)


def test_draft_cannot_be_answered(draft, coordinator):
    with pytest.raises(NotOpenForAnswerError):
        record_answer(proposal=draft, answer=Answer(AnswerKind.ACCEPTED, 1), by=coordinator)


def test_withdrawing_tells_whoever_has_it(sent, draft, coordinator):
    withdraw_proposal(proposal=sent, by=coordinator, reason="The course is full")

    mail = Message.objects.get(kind="opportunities.withdrawn")
    assert mail.to_email == "rosa@kestrel.example.org"
    assert TimelineEvent.objects.get(kind="opportunities.withdrawn").body == "The course is full"
    with pytest.raises(NotOpenForAnswerError):
        record_answer(proposal=sent, answer=Answer(AnswerKind.ACCEPTED, 1), by=coordinator)


def test_setting_a_draft_aside_tells_nobody(draft, coordinator):
    withdraw_proposal(proposal=draft, by=coordinator)

    assert not Message.objects.exists()


def test_new_link_replaces_the_former(sent, coordinator):
    send_new_link(proposal=sent, by=coordinator)

    assert ProposalLink.objects.filter(revoked_at=None).count() == 1
    assert ProposalLink.objects.count() == 2


@pytest.mark.parametrize("role", ROLES)
def test_places_are_the_coordinators_to_move(request, role):
    by = request.getfixturevalue(role)
    opening = OpeningFactory(taken=1)
    placement = PlacementFactory(opening=opening)

    if role == "coordinator":
        assert move_placement(placement=placement, to=PlacementStatus.CONFIRMED, by=by).status == "confirmed"
        assert move_opening(opening=opening, to=OpeningStatus.CLOSED, by=by).status == "closed"
    else:
        with pytest.raises(PermissionDenied):
            move_placement(placement=placement, to=PlacementStatus.CONFIRMED, by=by)
        with pytest.raises(PermissionDenied):
            move_opening(opening=opening, to=OpeningStatus.CLOSED, by=by)
        placement.refresh_from_db()
        assert placement.status == "planned"


def test_link_lasts_a_while_longer_than_the_offer(sent):
    link = ProposalLink.objects.get()

    assert link.expires_at.date() >= sent.valid_until + dt.timedelta(days=60)
