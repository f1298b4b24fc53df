"""What stage 5 shows elsewhere: its card, Today, what falls due, search; and its demo and scale."""

import datetime as dt

import pytest
from django.utils import timezone

from opportunities import demo, metrics, scale
from opportunities.comparing import Change, compare
from opportunities.enums import PlacementStatus, ProposalStatus
from opportunities.freezing import is_untouched
from opportunities.models import Opening, Placement, Proposal, ProposalVersion, Student
from opportunities.stage import find, last_days, waiting_for
from opportunities.tile import standing
from roadmap.services import load_demo
from roadmap.slots import StageState
from tests.opportunities.factories import (
    ProposalAnswerFactory,
    ProposalFactory,
    ProposalItemFactory,
    ProposalVersionFactory,
    day,
)
from tests.partnerships.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def _standing(user, school):
    figures = {metric.key: metric.figure() for metric in metrics.METRICS}
    return standing(user, school, figures)


def _asked(days, words="Could we start in May?", **fields):
    proposal = ProposalFactory(
        out=True,
        status=ProposalStatus.IN_NEGOTIATION,
        status_since=timezone.now() - dt.timedelta(days=days),
        organisation__name="Ashgrove Homes",
        **fields,
    )
    ProposalAnswerFactory(version=ProposalVersionFactory(out=True, proposal=proposal), words=words)
    return proposal


def test_card_of_a_new_school_leads_to_the_form(coordinator, school):
    OrganisationFactory()

    told = _standing(coordinator, school)

    assert told.state == StageState.NOT_STARTED
    assert (told.next_step.sentence, told.next_step.url) == ("Write the first proposal.", "/proposals/new/")


def test_card_after_all_is_decided_asks_for_the_next_one(coordinator, school):
    ProposalFactory(accepted=True)

    told = _standing(coordinator, school)

    assert (told.state, told.next_step.sentence) == (StageState.WAITING, "Start the next proposal.")


def test_card_names_the_partner_who_waits_longest_for_us(coordinator, school):
    first = _asked(9)
    _asked(2)

    told = _standing(coordinator, school)

    assert (told.state, told.done, told.total, told.progress) == (StageState.ON_COURSE, 2, 2, "2 of 2 moving")
    assert told.next_step.sentence == "Send round 2 to Ashgrove Homes."
    assert told.next_step.detail == "They asked: “Could we start in May?”"
    assert told.next_step.url == first.get_absolute_url()


def test_card_needs_attention_when_a_partner_waits_too_long(coordinator, school):
    _asked(15)

    assert _standing(coordinator, school).state == StageState.ATTENTION


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            "Evening shifts would help us most. Could the students come from one to nine?",
            "Evening shifts would help us most.",
        ),
        ("word " * 30, f"{'word ' * 14}…"),
    ],
)
def test_card_quotes_the_beginning_only(coordinator, school, words, shown):
    _asked(1, words)

    assert _standing(coordinator, school).next_step.detail == f"They asked: “{shown}”"


def test_card_warns_before_a_proposal_runs_out(coordinator, school):
    ProposalFactory(out=True, valid_until=day(2), number="LV-PR-2026-009", organisation__name="Sable Print")

    told = _standing(coordinator, school)

    assert told.state == StageState.ATTENTION
    assert told.next_step.sentence == "Ask Sable Print for an answer: LV-PR-2026-009 soon runs out."


@pytest.mark.parametrize(("days", "state"), [(3, StageState.ON_COURSE), (15, StageState.WAITING)])
def test_card_waits_when_nothing_has_moved(coordinator, school, days, state):
    ProposalFactory(out=True, status_since=timezone.now() - dt.timedelta(days=days))

    assert _standing(coordinator, school).state == state


def test_card_takes_at_most_three_queries(coordinator, school, django_assert_max_num_queries):
    _asked(3)
    figures = {metric.key: metric.figure() for metric in metrics.METRICS}

    with django_assert_max_num_queries(4):
        standing(coordinator, school, figures)


def test_today_shows_the_owner_what_partners_said(coordinator, director, school):
    _asked(3, owner=coordinator)
    ProposalFactory(accepted=True, owner=coordinator, organisation__name="Kestrel")
    ProposalFactory(accepted=True, owner=coordinator, status_since=timezone.now() - dt.timedelta(days=8))
    ProposalFactory(out=True, owner=coordinator)

    titles = {item.title for item in waiting_for(coordinator, school, 10)}

    assert titles == {"Ashgrove Homes asks for changes", "Kestrel accepts our proposal"}
    assert waiting_for(director, school, 10) == []


def test_last_days_fall_due(coordinator, school):
    for days in (1, 5):
        ProposalFactory(out=True, owner=coordinator, valid_until=day(days))
    ProposalFactory(out=True, valid_until=day(1))

    assert [item.on for item in last_days(coordinator, school, day(3), 10)] == [day(1)]


def test_search_finds_title_and_number(coordinator):
    ProposalFactory(title="Évening course", number="LV-PR-2026-031", organisation__name="Kestrel")

    assert [hit.detail for hit in find(coordinator, ["evening"], 5)] == ["Kestrel · LV-PR-2026-031"]
    assert len(find(coordinator, ["2026-031"], 5)) == 1
    assert find(coordinator, ["nothing"], 5) == []


def test_rounds_are_compared_line_by_line():
    older = ProposalVersionFactory(out=True)
    newer = ProposalVersionFactory(proposal=older.proposal, no=2)
    for version, points in [
        (older, {0: ("Eight people", 30), 1: ("Fee", 0), 2: ("Gone", 0)}),
        (newer, {0: ("Ten people", 30), 1: ("Fee", 0), 3: ("New", 5)}),
    ]:
        for line, (description, hours) in points.items():
            ProposalItemFactory(version=version, line=line, description=description, hours_school=hours)

    found = compare(older, newer, "EUR")

    assert [(point.title, point.change, point.before, point.after) for point in found.points] == [
        ("Ten people", Change.CHANGED, ["Eight people"], ["Ten people"]),
        ("Fee", Change.SAME, ["Fee"], ["Fee"]),
        ("New", Change.NEW, [], ["New", "5 hours by the college"]),
        ("Gone", Change.GONE, ["Gone"], []),
    ]
    assert found.summary == "1 point changed, 1 added, 1 taken out, 1 stayed the same"


def test_demo_has_the_figures_of_its_story_and_is_sound_and_loaded_once(db):
    day = timezone.localdate()
    load_demo(day=day)

    _assert_its_figures()
    _assert_it_is_sound()
    before = Proposal.objects.count(), Placement.objects.count()
    demo.load(day)
    assert (Proposal.objects.count(), Placement.objects.count()) == before


def _assert_its_figures():
    shown = {metric.key: metric.figure().value for metric in metrics.METRICS}

    assert {key: int(value) for key, value in shown.items()} == {
        "proposals_open": 8,
        "proposals_in_round_2": 3,
        "proposal_days": 16,
        "win_rate": 75,
        "places_offered": 89,
        "places_confirmed": 61,
        "placement_coverage": 50,
    }
    secured = metrics.secured_placements()
    assert secured.values("opening__organisation").distinct().count() == 17
    by_programme = {
        code: secured.filter(programme__code=code).count()
        for code in secured.order_by().values_list("programme__code", flat=True).distinct()
    }
    assert by_programme == {"HSC": 9, "ELI": 7, "MEC": 14, "HOS": 12, "LOG": 2, "SWD": 5, "WEL": 8, "CAR": 4}


def _assert_it_is_sound():
    assert all(is_untouched(version) for version in ProposalVersion.objects.exclude(sent_at=None))
    taking = {opening.pk: opening.placements.taking().count() for opening in Opening.objects.all()}
    assert {opening.pk: opening.taken for opening in Opening.objects.all()} == taking
    assert not any(
        placement.student.age_on(placement.starts_on) < (placement.opening.min_age or 0)
        for placement in Placement.objects.select_related("student", "opening")
    )
    kestrel = Proposal.objects.get(number__endswith="-031", status=ProposalStatus.SENT)
    assert (kestrel.title, kestrel.round) == ("Evening CNC course for Kestrel’s operators", 2)
    ashgrove = Proposal.objects.get(organisation__name="Ashgrove Homes")
    assert ashgrove.versions.get(sent_at=None).no == 2


def test_scale_is_in_proportion_and_made_once(school):
    OrganisationFactory.create_batch(40)
    programme = Student._meta.get_field("programme").related_model.objects.create(
        code="X", title="X", isced_f="0713", eqf=3
    )

    scale.make(40)
    scale.make(40)

    assert (Proposal.objects.count(), Opening.objects.count(), Placement.objects.count()) == (10, 8, 16)
    assert set(Placement.objects.values_list("programme", flat=True)) == {programme.pk}
    taken = {one.pk: one.placements.exclude(status=PlacementStatus.CANCELLED).count() for one in Opening.objects.all()}
    assert {one.pk: one.taken for one in Opening.objects.all()} == taken
