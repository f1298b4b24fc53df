"""The demo's talks and follow-ups, as Today and a partner's page show them."""

import datetime as dt

import pytest

from accounts.models import School, User
from outreach.models import FollowUp, Interaction
from outreach.today import follow_ups_section
from partnerships.enums import Status
from partnerships.models import Organisation, TimelineEvent
from partnerships.services.facts import check_facts
from roadmap.metrics import figure
from roadmap.registry import of
from roadmap.slots import DemoData, ScaleData, Whose
from tests.outreach.conftest import TODAY

pytestmark = pytest.mark.django_db


def load_up_to_outreach(day: dt.date) -> None:
    for part in of(DemoData):
        part.load(day)
        if part.key == "outreach":
            return


@pytest.fixture
def demo(clock) -> None:
    School.objects.all().delete()
    load_up_to_outreach(TODAY)


def test_martas_list_is_two_overdue_three_today_and_one_tomorrow(demo):
    card = follow_ups_section(User.objects.get(name="Marta Keller"), School.objects.get(), Whose.MINE)

    assert [(group.key, [row.title for row in group.rows]) for group in card["groups"]] == [
        ("late", ["Ask for feedback on the pilot", "Call back: no reply since 28 February"]),
        (
            "today",
            [
                "Send round 2: they asked for evening shifts",
                "Answer the reviewer’s question on insurance",
                "First call: wants a dental nurse trainee",
            ],
        ),
        ("tomorrow", ["Ask whether the MOU can be signed this week"]),
    ]
    assert card["count"] == 21


def test_kestrels_timeline_has_the_call_with_dev(demo):
    event = TimelineEvent.objects.filter(organisation__name="Kestrel Precision Ltd", kind="outreach.call").latest("at")

    assert (event.title, f"{event.at:%d %b}") == ("Call with Dev Anand, 12 min", "26 Feb")
    assert event.body.startswith("Wants two apprentices on the evening course.")


def test_demo_loaded_twice_adds_nothing(demo):
    before = (Interaction.objects.count(), FollowUp.objects.count(), TimelineEvent.objects.count())

    load_up_to_outreach(TODAY)

    assert (Interaction.objects.count(), FollowUp.objects.count(), TimelineEvent.objects.count()) == before


def test_demo_is_the_same_each_time_and_true_to_itself(demo):
    assert check_facts() == 0
    assert not Interaction.objects.filter(at__gt=dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)).exists()
    assert not FollowUp.objects.filter(remind_at__isnull=False).exists()
    assert not Organisation.objects.filter(status=Status.PROSPECT, interactions__channel="email").exists()


def test_figures_of_the_demo_say_something(demo):
    figures = {key: figure(key) for key in ("follow_up_on_time", "reply_rate", "interactions_30_days")}

    assert all(found.value and found.n > 10 for found in figures.values())
    assert 60 < figures["follow_up_on_time"].value < 100
    assert (round(figures["reply_rate"].value), figures["reply_rate"].n) == (27, 33)


def test_scale_agrees_with_the_facts_on_the_organisations(school):
    for part in of(ScaleData):
        if part.key in {"partnerships", "outreach"}:
            part.make(60)

    assert Interaction.objects.count() > 60
    assert FollowUp.objects.planned().exists()
    outreach_facts = {"last_contact_at", "last_inbound_at", "next_step_at", "next_step_text"}
    before = list(Organisation.objects.order_by("pk").values_list(*outreach_facts))
    check_facts()
    assert list(Organisation.objects.order_by("pk").values_list(*outreach_facts)) == before
