"""Figures of outreach: each formula, its zero, and that its records are what it counts."""

import datetime as dt
from decimal import Decimal

import pytest

from outreach.enums import FollowUpStatus
from roadmap.metrics import figure, metric_by_key
from tests.outreach.conftest import NOW, TODAY
from tests.outreach.factories import FollowUpFactory, InteractionFactory
from tests.partnerships.factories import OrganisationFactory

pytestmark = pytest.mark.usefixtures("clock")


def days_ago(days: float) -> dt.datetime:
    return NOW - dt.timedelta(days=days)


def done(day: dt.date, at: dt.datetime) -> None:
    FollowUpFactory(due_on=day, status=FollowUpStatus.DONE, done_at=at)


def test_follow_up_on_time_counts_the_whole_day_on_the_schools_clock():
    yesterday = TODAY - dt.timedelta(days=1)
    done(yesterday, dt.datetime(2026, 3, 11, 22, 59, tzinfo=dt.UTC))
    done(yesterday, dt.datetime(2026, 3, 11, 23, 0, tzinfo=dt.UTC))  # midnight in Vienna
    FollowUpFactory(due_on=yesterday)
    FollowUpFactory(due_on=yesterday, skipped=True)
    FollowUpFactory(due_on=TODAY)
    FollowUpFactory(due_on=TODAY - dt.timedelta(days=91))

    found = figure("follow_up_on_time")

    assert (found.value, found.n) == (Decimal("33.3"), 3)


def test_follow_up_on_time_without_any_due_says_why():
    FollowUpFactory(due_on=TODAY)

    found = figure("follow_up_on_time")

    assert (found.value, found.n, str(found.reason)) == (None, 0, "No follow-up was due in the last 90 days.")


def test_reply_rate_is_of_firms_not_of_messages():
    answered, silent = OrganisationFactory(), OrganisationFactory()
    for days in (60, 55, 50):
        InteractionFactory(organisation=silent, email=True, at=days_ago(days))
    InteractionFactory(organisation=answered, email=True, at=days_ago(60))
    InteractionFactory(organisation=answered, reply=True, at=days_ago(40))

    found = figure("reply_rate")

    assert (found.value, found.n) == (Decimal("50.0"), 2)


@pytest.mark.parametrize(
    ("trait", "days_later", "counts"),
    [
        ("reply", 30, True),
        ("reply", 30.1, False),
        ("meeting", 10, True),
        ("call", 10, True),
        ("unanswered", 10, False),
        ("email", 10, False),
        ("note", 10, False),
    ],
)
def test_reply_rate_hears_from_a_firm_within_thirty_days(trait, days_later, counts):
    firm = OrganisationFactory()
    InteractionFactory(organisation=firm, email=True, at=days_ago(60))
    InteractionFactory(organisation=firm, at=days_ago(60 - days_later), **{trait: True})

    assert figure("reply_rate").value == (Decimal("100.0") if counts else Decimal("0.0"))


@pytest.mark.parametrize("days", [29, 121])
def test_reply_rate_without_anybody_contacted_in_time_says_why(days):
    InteractionFactory(email=True, at=days_ago(days))

    found = figure("reply_rate")

    assert (found.value, found.n) == (None, 0)
    assert str(found.reason) == "No new firm was contacted between 120 and 30 days ago."


@pytest.mark.parametrize(("trait", "n"), [("reply", 0), ("meeting", 0), ("unanswered", 1), ("email", 1), ("note", 1)])
def test_reply_rate_leaves_out_firms_heard_from_before(trait, n):
    firm = OrganisationFactory()
    InteractionFactory(organisation=firm, at=days_ago(121), **{trait: True})
    InteractionFactory(organisation=firm, email=True, at=days_ago(60))

    assert figure("reply_rate").n == n


def test_reply_rate_leaves_out_archived_firms_and_mails_that_never_arrived():
    InteractionFactory(organisation=OrganisationFactory(archived=True), email=True, at=days_ago(60))
    InteractionFactory(email=True, at=days_ago(60), undelivered_at=NOW)

    assert figure("reply_rate").n == 0


def test_interactions_of_thirty_days_leave_out_notes_and_what_is_older():
    InteractionFactory(call=True)
    InteractionFactory(meeting=True, at=days_ago(29))
    InteractionFactory(note=True)
    InteractionFactory(email=True, at=days_ago(31))

    found = figure("interactions_30_days")

    assert (found.value, found.n) == (Decimal(2), 2)


@pytest.mark.parametrize("key", ["follow_up_on_time", "reply_rate", "interactions_30_days"])
def test_records_are_exactly_what_is_counted(key):
    firm = OrganisationFactory()
    InteractionFactory(organisation=firm, email=True, at=days_ago(60))
    InteractionFactory(organisation=firm, call=True)
    FollowUpFactory(due_on=TODAY - dt.timedelta(days=1))
    metric = metric_by_key(key)

    assert metric.records().count() == figure(key).n == 1
