"""Recording what was said, with all that follows from it; and correcting the record."""

import datetime as dt

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from outreach.enums import Channel, Direction, FollowUpStatus, Outcome
from outreach.models import FollowUp, Interaction
from outreach.services import (
    NextStep,
    NotYetError,
    Said,
    change_interaction,
    delete_interaction,
    log_interaction,
    restore_interaction,
)
from partnerships.enums import Status
from partnerships.models import LONG_AGO, TimelineEvent
from tests.accounts.factories import UserFactory
from tests.outreach.conftest import NOW, TODAY
from tests.outreach.factories import FollowUpFactory, InteractionFactory
from tests.partnerships.factories import ContactFactory
from ui.conflicts import StaleRecordError

NEXT_WEEK = TODAY + dt.timedelta(days=7)
CALL = Said(Channel.CALL, summary="Wants two apprentices", outcome=Outcome.REACHED)

pytestmark = pytest.mark.usefixtures("clock")


def events_of(firm) -> list[tuple[str, str, str]]:
    rows = TimelineEvent.objects.filter(organisation=firm, kind__startswith="outreach.").order_by("id")
    return list(rows.values_list("kind", "title", "body"))


# Logging


def test_log_interaction_is_one_act(coordinator, firm, rosa):
    said = Said(Channel.CALL, summary="  Wants two  ", contacts=(rosa,), outcome=Outcome.REACHED, minutes=12)

    interaction = log_interaction(organisation=firm, said=said, by=coordinator)

    firm.refresh_from_db()
    assert list(interaction.contacts.all()) == [rosa]
    assert (interaction.at, interaction.summary, interaction.by) == (NOW, "Wants two", coordinator)
    assert events_of(firm) == [("outreach.call", "Call with Rosa Lindqvist, 12 min", "Wants two")]
    assert (firm.last_contact_at, firm.last_inbound_at) == (NOW, NOW)
    assert firm.status == Status.CONTACTED


def test_log_interaction_links_its_timeline_line_to_the_record(coordinator, firm, rosa):
    said = Said(Channel.MEETING, contacts=(rosa,), at=NOW - dt.timedelta(days=3))

    interaction = log_interaction(organisation=firm, said=said, by=coordinator)

    event = TimelineEvent.objects.get(kind="outreach.meeting")
    assert (event.url_name, event.object_id) == ("outreach:interaction", interaction.pk)
    assert (event.at, event.actor, event.contact) == (said.at, coordinator, rosa)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (Said(Channel.CALL, outcome=Outcome.NO_ANSWER), "Called, no answer"),
        (Said(Channel.CALL, outcome=Outcome.LEFT_MESSAGE), "Called, left a message"),
        (Said(Channel.CALL), "Call"),
        (Said(Channel.CALL, direction=Direction.IN), "They called"),
        (Said(Channel.EMAIL, subject="Open day"), "E-mail to them: Open day"),
        (Said(Channel.EMAIL, direction=Direction.IN, subject="Re: Open\nday"), "E-mail from them: Re: Open day"),
        (Said(Channel.MEETING, subject="Round 2"), "Meeting: Round 2"),
        (Said(Channel.NOTE, summary="Moved house"), "Note"),
    ],
)
def test_log_interaction_reads_well_on_the_timeline(coordinator, firm, said, title):
    log_interaction(organisation=firm, said=said, by=coordinator)

    assert [line[1] for line in events_of(firm)] == [title]


def test_log_interaction_with_several_people_names_them_all(coordinator, firm, rosa):
    dev = ContactFactory(organisation=firm, name="Dev Anand")

    log_interaction(organisation=firm, said=Said(Channel.MEETING, contacts=(rosa, dev)), by=coordinator)

    assert events_of(firm)[0][1] == "Meeting with Rosa Lindqvist and Dev Anand"


def test_log_interaction_leaves_out_people_of_another_firm(coordinator, firm):
    stranger = ContactFactory()

    interaction = log_interaction(organisation=firm, said=Said(Channel.CALL, contacts=(stranger,)), by=coordinator)

    assert not interaction.contacts.exists()


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (CALL, Status.CONTACTED),
        (Said(Channel.CALL, outcome=Outcome.NO_ANSWER), Status.CONTACTED),
        (Said(Channel.EMAIL), Status.CONTACTED),
        (Said(Channel.MEETING), Status.CONTACTED),
        (Said(Channel.NOTE, summary="Seen at the fair"), Status.PROSPECT),
        (Said(Channel.EMAIL, direction=Direction.IN), Status.PROSPECT),
    ],
)
def test_first_contact_from_us_moves_a_prospect_on(coordinator, firm, said, status):
    log_interaction(organisation=firm, said=said, by=coordinator)

    firm.refresh_from_db()
    assert firm.status == status


def test_later_contact_never_moves_a_partner_back(coordinator, firm):
    type(firm).objects.update(status=Status.PARTNER)

    log_interaction(organisation=firm, said=CALL, by=coordinator)

    firm.refresh_from_db()
    assert firm.status == Status.PARTNER
    assert not TimelineEvent.objects.filter(kind="partnerships.status").exists()


@pytest.mark.parametrize(
    ("said", "contact", "inbound"),
    [
        (Said(Channel.CALL, outcome=Outcome.NO_ANSWER), NOW, LONG_AGO),
        (Said(Channel.EMAIL), NOW, LONG_AGO),
        (Said(Channel.EMAIL, direction=Direction.IN), NOW, NOW),
        (Said(Channel.MEETING), NOW, NOW),
        (Said(Channel.NOTE, summary="Seen"), LONG_AGO, LONG_AGO),
    ],
)
def test_facts_tell_a_contact_from_a_word_of_theirs(coordinator, firm, said, contact, inbound):
    log_interaction(organisation=firm, said=said, by=coordinator)

    firm.refresh_from_db()
    assert (firm.last_contact_at, firm.last_inbound_at) == (contact, inbound)


def test_log_interaction_of_last_week_does_not_hide_a_newer_one(coordinator, firm):
    log_interaction(organisation=firm, said=CALL, by=coordinator)
    log_interaction(organisation=firm, said=Said(Channel.CALL, at=NOW - dt.timedelta(days=7)), by=coordinator)

    firm.refresh_from_db()
    assert firm.last_contact_at == NOW


def test_log_interaction_that_is_still_to_come_is_refused(coordinator, firm):
    with pytest.raises(NotYetError):
        log_interaction(organisation=firm, said=Said(Channel.MEETING, at=NOW + dt.timedelta(hours=1)), by=coordinator)

    assert not Interaction.objects.exists()


@pytest.mark.parametrize("trait", ["viewer", "director", "administrator", "deactivated"])
def test_log_interaction_is_refused_to_all_but_coordinators(firm, trait):
    with pytest.raises(PermissionDenied):
        log_interaction(organisation=firm, said=CALL, by=UserFactory(**{trait: True}))

    firm.refresh_from_db()
    assert (Interaction.objects.count(), TimelineEvent.objects.count()) == (0, 0)
    assert firm.status == Status.PROSPECT


def test_note_with_an_outcome_is_refused_by_the_database(firm):
    with pytest.raises(IntegrityError), transaction.atomic():
        InteractionFactory(organisation=firm, channel=Channel.NOTE, outcome=Outcome.REACHED)


# What next?


def test_log_interaction_can_set_the_next_follow_up(coordinator, firm, rosa):
    said = Said(Channel.CALL, contacts=(rosa,), outcome=Outcome.REACHED)

    log_interaction(organisation=firm, said=said, by=coordinator, next_step=NextStep(due_on=NEXT_WEEK))

    follow_up = FollowUp.objects.get()
    assert (follow_up.title, follow_up.due_on) == ("Get back to Rosa Lindqvist", NEXT_WEEK)
    assert (follow_up.owner, follow_up.contact) == (coordinator, rosa)


def test_log_interaction_without_an_answer_plans_another_try(coordinator, firm):
    said = Said(Channel.CALL, outcome=Outcome.NO_ANSWER)

    log_interaction(organisation=firm, said=said, by=coordinator, next_step=NextStep(due_on=NEXT_WEEK))

    assert FollowUp.objects.get().title == "Try again"


def test_log_interaction_can_tick_off_what_it_was_for(coordinator, firm):
    current = FollowUpFactory(organisation=firm, title="Ask Rosa")

    log_interaction(organisation=firm, said=CALL, by=coordinator, next_step=NextStep(current, is_done=True))

    current.refresh_from_db()
    assert current.status == FollowUpStatus.DONE
    assert [kind for kind, _title, _body in events_of(firm)] == ["outreach.call"]


def test_log_interaction_can_tick_off_and_plan_anew(coordinator, firm):
    current = FollowUpFactory(organisation=firm)
    step = NextStep(current, is_done=True, due_on=NEXT_WEEK, due_time=dt.time(10), title="Send the plan")

    log_interaction(organisation=firm, said=CALL, by=coordinator, next_step=step)

    current.refresh_from_db()
    new = FollowUp.objects.planned().get()
    assert current.status == FollowUpStatus.DONE
    assert (new.title, new.due_on, new.remind_at) == (
        "Send the plan",
        NEXT_WEEK,
        dt.datetime(2026, 3, 19, 9, tzinfo=dt.UTC),
    )


def test_log_interaction_can_move_what_is_planned(coordinator, firm):
    current = FollowUpFactory(organisation=firm, title="Ask Rosa")

    log_interaction(organisation=firm, said=CALL, by=coordinator, next_step=NextStep(current, due_on=NEXT_WEEK))

    current.refresh_from_db()
    assert FollowUp.objects.count() == 1
    assert (current.title, current.due_on, current.snoozed) == ("Ask Rosa", NEXT_WEEK, 1)


def test_log_interaction_can_say_that_nothing_more_is_needed(coordinator, firm):
    current = FollowUpFactory(organisation=firm)

    log_interaction(organisation=firm, said=CALL, by=coordinator, next_step=NextStep(current, is_over=True))

    current.refresh_from_db()
    assert current.status == FollowUpStatus.SKIPPED


def test_log_interaction_keeps_what_is_planned_unless_told(coordinator, firm):
    current = FollowUpFactory(organisation=firm)

    log_interaction(organisation=firm, said=CALL, by=coordinator, next_step=NextStep(current))

    current.refresh_from_db()
    assert (current.status, current.version) == (FollowUpStatus.OPEN, 1)


def test_log_interaction_after_somebody_else_closed_the_follow_up_still_works(coordinator, firm):
    current = FollowUpFactory(organisation=firm)
    FollowUp.objects.update(status=FollowUpStatus.DONE, done_at=NOW)

    log_interaction(
        organisation=firm, said=CALL, by=coordinator, next_step=NextStep(current, is_done=True, due_on=NEXT_WEEK)
    )

    assert FollowUp.objects.planned().get().due_on == NEXT_WEEK


def test_log_interaction_cannot_touch_another_firms_follow_up(coordinator, firm):
    foreign = FollowUpFactory()

    log_interaction(organisation=firm, said=CALL, by=coordinator, next_step=NextStep(foreign, is_done=True))

    foreign.refresh_from_db()
    assert foreign.status == FollowUpStatus.OPEN


# Correcting and taking back


def test_change_interaction_is_told_anew(coordinator, firm, rosa):
    interaction = log_interaction(organisation=firm, said=CALL, by=coordinator)
    said = Said(Channel.CALL, summary="Three", contacts=(rosa,), at=NOW - dt.timedelta(days=2))

    change_interaction(interaction=interaction, version=1, said=said, by=coordinator)

    firm.refresh_from_db()
    assert events_of(firm) == [("outreach.call", "Call with Rosa Lindqvist", "Three")]
    assert firm.last_contact_at == said.at


def test_change_interaction_keeps_what_it_said_before_in_the_audit(coordinator, firm):
    interaction = log_interaction(organisation=firm, said=CALL, by=coordinator)

    change_interaction(interaction=interaction, version=1, said=Said(Channel.CALL, summary="Three"), by=coordinator)

    change = LogEntry.objects.get_for_object(interaction).filter(action=LogEntry.Action.UPDATE).first()
    assert change.changes_dict["summary"] == ["Wants two apprentices", "Three"]


def test_change_interaction_from_a_stale_form_is_refused(coordinator, firm):
    interaction = log_interaction(organisation=firm, said=CALL, by=coordinator)
    change_interaction(interaction=interaction, version=1, said=Said(Channel.CALL, summary="First"), by=coordinator)

    with pytest.raises(StaleRecordError):
        change_interaction(interaction=interaction, version=1, said=Said(Channel.CALL, summary="Late"), by=coordinator)

    assert events_of(firm)[0][2] == "First"


def test_delete_interaction_takes_it_off_timeline_and_facts(coordinator, firm):
    interaction = log_interaction(organisation=firm, said=CALL, by=coordinator)

    delete_interaction(interaction=interaction, by=coordinator)

    firm.refresh_from_db()
    assert events_of(firm) == []
    assert firm.last_contact_at == LONG_AGO
    assert not Interaction.objects.kept().exists()


def test_restore_interaction_brings_it_back_once(coordinator, firm):
    interaction = log_interaction(organisation=firm, said=CALL, by=coordinator)
    before = events_of(firm)
    delete_interaction(interaction=interaction, by=coordinator)

    for _time in range(2):
        restore_interaction(interaction=interaction, by=coordinator)

    firm.refresh_from_db()
    assert events_of(firm) == before
    assert firm.last_contact_at == NOW


OWN_ACTS = {
    "change": lambda interaction, by: change_interaction(interaction=interaction, version=1, said=CALL, by=by),
    "delete": lambda interaction, by: delete_interaction(interaction=interaction, by=by),
    "restore": lambda interaction, by: restore_interaction(interaction=interaction, by=by),
}


@pytest.mark.parametrize("name", OWN_ACTS)
def test_only_the_author_corrects_a_record(coordinator, firm, name):
    interaction = log_interaction(organisation=firm, said=Said(Channel.CALL, summary="Theirs"), by=UserFactory())
    before = Interaction.objects.values().get()

    with pytest.raises(PermissionDenied):
        OWN_ACTS[name](interaction, coordinator)

    assert Interaction.objects.values().get() == before
    assert events_of(firm) == [("outreach.call", "Call", "Theirs")]
