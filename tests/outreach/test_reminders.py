"""Reminders: each leaves once, at its hour, whatever clocks, beats and outages do."""

import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import School
from mailing.models import Message
from mailing.sealing import unseal
from outreach.models import FollowUp, MorningReminder
from outreach.services import complete_follow_up, reassign_follow_up, send_reminders, set_follow_up, snooze_follow_up
from outreach.services.reminders import remind_of_follow_up, remind_of_morning
from outreach.tasks import send_reminders as task
from roadmap.registry import of
from roadmap.slots import DueSource
from tests.accounts.factories import UserFactory
from tests.outreach.conftest import NOW, TODAY
from tests.outreach.factories import FollowUpFactory, InteractionFactory
from tests.outreach.test_clock import CHANGES

HOUR = dt.timedelta(hours=1)


def kinds() -> list[str]:
    return list(Message.objects.order_by("id").values_list("kind", flat=True))


def text_of(message: Message) -> str:
    return unseal(message.body)["text"]


@pytest.fixture
def timed(coordinator, firm, rosa, clock) -> FollowUp:
    """A follow-up for today at two in the afternoon."""
    return set_follow_up(
        organisation=firm,
        title="Ring Rosa",
        due_on=TODAY,
        due_time=dt.time(14),
        contact=rosa,
        note="About the lathe",
        by=coordinator,
    )


AT_TWO = dt.datetime(2026, 3, 12, 13, tzinfo=dt.UTC)


@pytest.fixture
def morning_done(coordinator, clock) -> None:
    """This morning's mails have been dealt with."""
    send_reminders(now=NOW)
    Message.objects.all().delete()


# The morning


def test_morning_mail_lists_what_is_overdue_and_due(coordinator, firm, clock):
    FollowUpFactory(owner=coordinator, organisation=firm, title="Ask for feedback", due_on=TODAY - dt.timedelta(days=2))
    FollowUpFactory(owner=coordinator, organisation=firm, title="Send round 2", due_on=TODAY)
    FollowUpFactory(owner=coordinator, organisation=firm, title="Sign", due_on=TODAY + dt.timedelta(days=1))

    send_reminders(now=NOW)

    message = Message.objects.get()
    text = text_of(message)
    assert (message.kind, message.to_email) == ("outreach.morning", coordinator.email)
    assert message.subject == "Thursday 12 March: 1 late, 1 for today"
    assert "- Ask for feedback\n  Kestrel Precision Ltd · 2 days late\n" in text
    assert "- Send round 2\n  Kestrel Precision Ltd\n" in text
    assert "Sign" not in text


def test_morning_mail_leads_to_the_partner_and_to_the_switch_that_ends_it(coordinator, firm, settings, clock):
    FollowUpFactory(owner=coordinator, organisation=firm, today=True)

    send_reminders(now=NOW)

    body = unseal(Message.objects.get().body)
    for words in (body["text"], body["html"]):
        assert settings.SITE_URL + firm.get_absolute_url() in words
        assert settings.SITE_URL + reverse("accounts:settings") in words


def test_morning_mail_asks_every_stage(coordinator, firm, clock):
    FollowUpFactory(owner=coordinator, organisation=firm, today=True)

    send_reminders(now=NOW)

    text = text_of(Message.objects.get())
    wanted = [
        str(source.label) for source in of(DueSource) if source.items(coordinator, School.objects.get(), TODAY, 9)
    ]
    assert wanted
    assert all(label in text for label in wanted)


def test_morning_without_anything_due_brings_no_mail(coordinator, clock):
    FollowUpFactory(owner=coordinator)
    FollowUpFactory(today=True, owner=None)

    assert send_reminders(now=NOW) == 0
    assert not Message.objects.exists()


def test_morning_mail_waits_for_the_schools_hour(coordinator, clock):
    FollowUpFactory(owner=coordinator, today=True)
    seven = dt.datetime(2026, 3, 12, 6, tzinfo=dt.UTC)

    early = send_reminders(now=seven - dt.timedelta(seconds=1))
    on_time = send_reminders(now=seven)

    assert (early, on_time) == (0, 1)


def test_morning_mail_of_today_leaves_late_on_the_same_day(coordinator, clock):
    FollowUpFactory(owner=coordinator, today=True)

    sent = send_reminders(now=dt.datetime(2026, 3, 12, 22, 59, 59, tzinfo=dt.UTC))

    assert sent == 1


def test_morning_mail_after_three_days_of_silence_is_one_mail(coordinator, clock):
    FollowUpFactory(owner=coordinator, today=True)
    clock.move_to(NOW + dt.timedelta(days=3))

    for minutes in (0, 1, 2):
        send_reminders(now=NOW + dt.timedelta(days=3, minutes=minutes))

    assert Message.objects.get().subject == "Sunday 15 March: 1 late"


@pytest.mark.parametrize("fields", [{"is_active": False}, {"morning_reminder": False}])
def test_morning_mail_goes_to_nobody_who_left_or_wants_none(school, clock, fields):
    FollowUpFactory(owner=UserFactory(**fields), today=True)

    assert send_reminders(now=NOW) == 0
    assert not Message.objects.exists()


def test_morning_mail_goes_to_each_colleague_about_their_own(coordinator, clock):
    FollowUpFactory(owner=coordinator, today=True, title="Marta’s")
    other = FollowUpFactory(today=True, title="Jonas’s").owner

    send_reminders(now=NOW)

    texts = {message.to_email: text_of(message) for message in Message.objects.all()}
    assert set(texts) == {coordinator.email, other.email}
    assert ("Marta’s" in texts[coordinator.email], "Jonas’s" in texts[coordinator.email]) == (True, False)


def test_morning_mail_after_a_change_of_address_leaves_no_second_time(coordinator, clock):
    FollowUpFactory(owner=coordinator, today=True)
    send_reminders(now=NOW)
    type(coordinator).objects.update(email="new@lindenvale.example.org")

    assert send_reminders(now=NOW + HOUR) == 0


# The hour


def test_timed_reminder_leaves_at_its_hour_with_all_one_needs(coordinator, firm, timed, morning_done, settings):
    InteractionFactory(organisation=firm, at=NOW - dt.timedelta(days=14), summary="Will ask about the lathe")

    early = send_reminders(now=AT_TWO - dt.timedelta(seconds=1))
    on_time = send_reminders(now=AT_TWO)

    message = Message.objects.get()
    text = text_of(message)
    assert (early, on_time) == (0, 1)
    assert (message.kind, message.to_email) == ("outreach.timed_reminder", coordinator.email)
    assert message.subject == "14:00: Ring Rosa"
    assert "you wanted to be reminded at 14:00 on Thursday 12 March:" in text
    assert "Kestrel Precision Ltd, Rosa Lindqvist, 000 555" in text
    assert "About the lathe" in text
    assert "What was said last, on 26 February:\nWill ask about the lathe" in text
    assert settings.SITE_URL + firm.get_absolute_url() in text
    assert settings.SITE_URL + timed.get_absolute_url() in text


def test_timed_reminder_leaves_within_twelve_hours_of_an_outage(timed, morning_done):
    assert send_reminders(now=AT_TWO + 12 * HOUR) == 1


def test_timed_reminder_later_than_that_is_left_to_the_next_morning(coordinator, timed, morning_done, clock):
    clock.move_to(AT_TWO + 17 * HOUR)

    send_reminders(now=AT_TWO + 17 * HOUR)

    assert kinds() == ["outreach.morning"]
    assert "Ring Rosa" in text_of(Message.objects.get())
    assert FollowUp.objects.get().remind_at is None


def test_timed_reminder_leaves_though_the_morning_mail_is_switched_off(coordinator, timed):
    type(coordinator).objects.update(morning_reminder=False)

    send_reminders(now=AT_TWO)

    assert kinds() == ["outreach.timed_reminder"]


def test_timed_reminder_to_who_left_is_settled_without_a_mail(coordinator, timed):
    type(coordinator).objects.update(is_active=False)

    assert send_reminders(now=AT_TWO) == 0
    assert FollowUp.objects.get().remind_at is None


def test_timed_reminder_of_what_is_done_never_leaves(coordinator, timed, morning_done):
    complete_follow_up(follow_up=timed, by=coordinator)

    assert send_reminders(now=AT_TWO) == 0


def test_timed_reminder_goes_to_who_has_it_by_then(coordinator, timed, morning_done):
    other = UserFactory()
    MorningReminder.objects.create(user=other, on=TODAY)
    reassign_follow_up(follow_up=timed, to=other, by=coordinator)

    send_reminders(now=AT_TWO)

    assert Message.objects.get().to_email == other.email


def test_timed_reminder_of_what_is_put_off_leaves_once_more_on_its_new_day(coordinator, timed, morning_done, clock):
    send_reminders(now=AT_TWO)
    clock.move_to(AT_TWO)
    snooze_follow_up(follow_up=timed, until=TODAY + dt.timedelta(days=1), by=coordinator)
    clock.move_to(AT_TWO + dt.timedelta(days=1))

    send_reminders(now=AT_TWO + dt.timedelta(days=1))

    assert kinds() == ["outreach.timed_reminder", "outreach.timed_reminder", "outreach.morning"]


def test_timed_reminder_keeps_its_moment_when_the_school_moves_zone(timed, morning_done):
    School.objects.update(time_zone="America/New_York")

    assert [send_reminders(now=AT_TWO - HOUR), send_reminders(now=AT_TWO), send_reminders(now=AT_TWO + HOUR)] == [
        0,
        1,
        0,
    ]


# Once


def test_reminders_run_twice_leave_once(coordinator, timed, firm):
    FollowUpFactory(owner=coordinator, organisation=firm, overdue=True)

    for _run in range(3):
        send_reminders(now=AT_TWO)

    assert sorted(kinds()) == ["outreach.morning", "outreach.timed_reminder"]


def test_task_run_twice_leaves_once(coordinator, clock):
    FollowUpFactory(owner=coordinator, today=True)

    task()
    task()

    assert kinds() == ["outreach.morning"]


def test_reminder_that_fails_half_way_is_tried_again(timed, morning_done):
    with transaction.atomic():
        remind_of_follow_up(pk=timed.pk, now=AT_TWO)
        transaction.set_rollback(True)

    assert not Message.objects.exists()
    assert send_reminders(now=AT_TWO + HOUR) == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_ten_beats_at_once_leave_once(coordinator, school):
    timed = FollowUpFactory(owner=coordinator, due_on=TODAY, due_at=AT_TWO, remind_at=AT_TWO)
    start = threading.Barrier(10)

    def beat() -> None:
        start.wait()
        remind_of_follow_up(pk=timed.pk, now=AT_TWO)
        remind_of_morning(user=coordinator, on=TODAY, school=school)
        connection.close()

    with time_machine.travel(AT_TWO, tick=True):
        threads = [threading.Thread(target=beat) for _beat in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(kinds()) == ["outreach.morning", "outreach.timed_reminder"]


# Clocks that change


@pytest.mark.parametrize(("name", "day"), CHANGES)
def test_morning_mail_leaves_once_a_day_over_a_clock_change(coordinator, name, day):
    School.objects.update(time_zone=name, reminder_hour=2)
    FollowUpFactory(owner=coordinator, due_on=day - dt.timedelta(days=30))
    start = dt.datetime.combine(day - dt.timedelta(days=1), dt.time(), dt.UTC)
    steps = [start + dt.timedelta(minutes=minutes) for minutes in range(0, 3 * 24 * 60, 30)]

    for now in steps:
        with time_machine.travel(now, tick=False):
            send_reminders(now=now)

    locals_ = [now.astimezone(ZoneInfo(name)) for now in steps]
    expected = sorted({local.date() for local in locals_ if local.hour >= 2})
    assert list(MorningReminder.objects.order_by("id").values_list("on", flat=True)) == expected
    assert Message.objects.count() == len(expected)


def test_morning_mail_leaves_once_when_the_school_moves_to_a_zone_where_it_is_still_yesterday(coordinator, clock):
    FollowUpFactory(owner=coordinator, overdue=True)
    School.objects.update(time_zone="Pacific/Auckland")
    send_reminders(now=NOW)

    School.objects.update(time_zone="America/Los_Angeles")
    for hours in range(48):
        with time_machine.travel(NOW + hours * HOUR, tick=False):
            send_reminders(now=NOW + hours * HOUR)

    days = list(MorningReminder.objects.order_by("on").values_list("on", flat=True))
    assert days == sorted(set(days))
    assert Message.objects.count() == len(days)


# Cheap


def test_reminders_cost_three_queries_when_nothing_is_owed(coordinator, query_count, morning_done):
    FollowUpFactory.create_batch(5, owner=coordinator)

    assert query_count(lambda: send_reminders(now=NOW)) == 3


def test_reminders_before_the_hour_cost_two_queries(coordinator, query_count, clock):
    FollowUpFactory.create_batch(5, owner=coordinator, overdue=True)

    assert query_count(lambda: send_reminders(now=dt.datetime(2026, 3, 12, 1, tzinfo=dt.UTC))) == 2


@pytest.mark.postgresql
def test_what_is_owed_is_found_by_its_index(school):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = FollowUp.objects.filter(remind_at__lte=NOW).order_by("remind_at", "id")[:200].explain()

    assert "outreach_fu_remind" in plan
