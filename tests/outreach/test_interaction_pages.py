"""The page of a record: reading, correcting, taking back; and the list of all."""

import datetime as dt

import pytest
from django.urls import reverse

from outreach.enums import Channel
from outreach.models import Interaction
from outreach.services import Said, log_interaction
from partnerships.models import TimelineEvent
from roadmap.metrics import metric_by_key
from tests.outreach.conftest import NOW, TODAY, toasts, undo_url
from tests.outreach.factories import FollowUpFactory, InteractionFactory
from tests.partnerships.factories import ContactFactory

pytestmark = pytest.mark.usefixtures("clock")


def test_record_shows_what_was_said_and_by_whom(marta, coordinator, firm, rosa):
    interaction = log_interaction(
        organisation=firm, said=Said(Channel.CALL, summary="Wants two", contacts=(rosa,)), by=coordinator
    )

    page = marta.get(interaction.get_absolute_url()).content.decode()

    assert "Call with Rosa Lindqvist" in page
    assert "Wants two" in page


def test_record_can_be_changed(marta, coordinator, firm, rosa):
    interaction = log_interaction(organisation=firm, said=Said(Channel.CALL, summary="Two"), by=coordinator)
    data = {"summary": "Three", "at": "2026-03-12T09:00", "direction": "in", "outcome": "reached", "version": 1}

    response = marta.post(
        reverse("outreach:interaction_edit", args=[interaction.pk]), data | {"contacts": [rosa.pk]}, follow=True
    )

    assert toasts(response) == ["Record changed."]
    assert TimelineEvent.objects.get(kind="outreach.call").title == "Rosa Lindqvist called"


def test_record_of_a_colleague_cannot_be_changed_or_deleted(marta):
    interaction = InteractionFactory()

    answers = [
        marta.get(reverse("outreach:interaction_edit", args=[interaction.pk])).status_code,
        marta.post(reverse("outreach:interaction_delete", args=[interaction.pk])).status_code,
    ]

    assert answers == [403, 403]
    assert Interaction.objects.kept().exists()


def test_record_can_be_deleted_and_brought_back(marta, coordinator, firm):
    interaction = log_interaction(organisation=firm, said=Said(Channel.CALL, summary="Two"), by=coordinator)

    deleted = marta.post(reverse("outreach:interaction_delete", args=[interaction.pk]), follow=True)
    assert marta.get(interaction.get_absolute_url()).status_code == 404
    marta.post(undo_url(deleted))

    assert marta.get(interaction.get_absolute_url()).status_code == 200


# The list


def test_list_shows_what_everybody_said_the_newest_first(marta, firm, rosa):
    older = InteractionFactory(organisation=firm, call=True, at=NOW - dt.timedelta(days=2))
    newer = InteractionFactory(call=True, at=NOW - dt.timedelta(days=1))
    InteractionFactory(archived_at=NOW)
    older.contacts.add(rosa)

    response = marta.get(reverse("outreach:said"))

    assert response.context["page"].rows == [newer, older]
    assert "Call with Rosa Lindqvist" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"period": "30"}, {"call", "note", "lost"}),
        ({"period": "30", "in_touch": "on"}, {"call"}),
        ({"channel": "note"}, {"note"}),
        ({"direction": "in"}, {"old"}),
    ],
)
def test_list_of_what_was_said_can_be_narrowed(marta, query, found):
    InteractionFactory(call=True, summary="call")
    InteractionFactory(note=True, summary="note")
    InteractionFactory(email=True, summary="lost", undelivered_at=NOW)
    InteractionFactory(reply=True, summary="old", at=NOW - dt.timedelta(days=40))

    page = marta.get(reverse("outreach:said"), query).context["page"]

    assert {row.summary for row in page.rows} == found


def test_list_of_what_was_said_takes_as_many_queries_for_thirty_rows_as_for_one(marta, query_count):
    def fill(count):
        for interaction in InteractionFactory.create_batch(count, call=True):
            interaction.contacts.add(ContactFactory(organisation=interaction.organisation))

    fill(1)
    marta.get(reverse("outreach:said"))
    one = query_count(lambda: marta.get(reverse("outreach:said")))
    fill(29)

    assert query_count(lambda: marta.get(reverse("outreach:said"))) == one


def test_list_of_what_was_said_can_be_taken_along(marta, firm):
    InteractionFactory(organisation=firm, call=True, summary="=cmd()")

    lines = b"".join(marta.get(reverse("outreach:said"), {"export": "csv"}).streaming_content).decode().splitlines()

    assert lines[1].split(",")[2:] == ["Kestrel Precision Ltd", Interaction.objects.get().by.name, "'=cmd()"]


@pytest.mark.parametrize("key", ["follow_up_on_time", "interactions_30_days"])
def test_figure_opens_to_exactly_the_records_it_counts(marta, coordinator, key):
    for days in (0, 1, 89, 91):
        FollowUpFactory(owner=coordinator, due_on=TODAY - dt.timedelta(days=days))
        InteractionFactory(call=True, at=NOW - dt.timedelta(days=days / 3))
    FollowUpFactory(skipped=True, due_on=TODAY - dt.timedelta(days=1))
    InteractionFactory(note=True)
    metric = metric_by_key(key)

    page = marta.get(metric.records_url).context["page"]

    assert {row.pk for row in page.rows} == set(metric.records().values_list("pk", flat=True))
    assert page.count == metric.figure().n
