"""What stage 3 contributes: figures that open to their rows, the card on the Roadmap, demo and scale."""

import datetime as dt

import pytest

from partnerships.models import Organisation
from propositions import demo, scale
from propositions.metrics import METRICS
from propositions.models import Proposition, Segment, Strength, Testimonial
from propositions.quotes import quotes_for
from propositions.segments import members_under
from propositions.sheets import arguments_of
from propositions.tile import TILE
from roadmap.services import load_demo
from tests.goals.factories import ProgrammeFactory
from tests.partnerships.factories import ContactFactory
from tests.propositions.factories import (
    BenefitFactory,
    PropositionFactory,
    SegmentFactory,
    StrengthFactory,
    TestimonialFactory,
    day,
)

pytestmark = pytest.mark.django_db

FIGURES = {metric.key: metric for metric in METRICS}


def figure(key):
    metric = FIGURES[key]
    return metric.figure()


def standing(user, school):
    keys = [each.metric for each in TILE.figures] + list(TILE.needs)
    return TILE.standing(user, school, {key: figure(key) for key in keys})


@pytest.mark.parametrize("key", FIGURES)
def test_figure_opens_to_the_rows_it_counts(client_for, coordinator, key):
    PropositionFactory(published=True)
    PropositionFactory()
    ProgrammeFactory(is_active=False)
    StrengthFactory(stale=True)
    StrengthFactory(is_shareable=False)
    StrengthFactory(archived_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    TestimonialFactory()
    TestimonialFactory(shown=True)

    listed = client_for(coordinator).get(FIGURES[key].records_url)

    assert listed.status_code == 200
    assert listed.context["page"].count == figure(key).n
    assert listed.context["page"].notes == []


def test_freshness_is_a_share_of_what_may_be_shown(school):
    assert figure("strengths_fresh").value is None
    StrengthFactory()
    StrengthFactory(stale=True)
    StrengthFactory(stale=True, is_shareable=False)
    StrengthFactory()

    assert (figure("strengths_fresh").value, figure("strengths_fresh").n) == (67, 3)
    assert figure("strengths_to_check").n == 2


def test_card_leads_through_the_first_day(coordinator, school):
    steps = [standing(coordinator, school).next_step.url]
    ProgrammeFactory(title="Logistics", places_needed=9)
    steps.append(standing(coordinator, school).next_step.url)
    segment = SegmentFactory()
    steps.append(standing(coordinator, school).next_step.url)
    assert standing(coordinator, school).state == "not_started"

    sheet = PropositionFactory(segment=segment, programme=ProgrammeFactory(title="Care", places_needed=30))
    now = standing(coordinator, school)

    assert steps == ["/programmes/new/", "/value/segments/add/", "/value/sheets/add/"]
    assert (now.state, now.next_step.sentence) == ("attention", "Finish the sheet for Care.")
    assert now.next_step.url == sheet.get_absolute_url()


def test_card_names_the_programme_that_needs_most_places(coordinator, school):
    PropositionFactory(published=True)
    PropositionFactory(published=True)
    missing = ProgrammeFactory(title="Logistics", places_needed=24)

    now = standing(coordinator, school)

    assert (now.state, now.done, now.total, now.progress) == ("on_course", 2, 3, "2 of 3 written")
    assert now.next_step.sentence == "Write the Logistics sheet."
    assert now.next_step.url == f"/value/sheets/add/?programme={missing.pk}"
    assert now.next_step.detail == "24 students need a place."


def test_card_waits_for_the_director_and_tells_the_director(coordinator, director, school):
    former = PropositionFactory(published=True)
    waiting = BenefitFactory(proposition=PropositionFactory(waiting=True, programme=former.programme)).proposition

    seen, told = standing(coordinator, school), standing(director, school)

    assert (seen.state, seen.next_step.label) == ("waiting", "Open the sheet")
    assert (told.next_step.label, told.next_step.url) == ("Read and approve", waiting.get_absolute_url())


def test_card_of_a_covered_school_looks_after_what_stands(coordinator, school):
    sheet = PropositionFactory(published=True)
    assert standing(coordinator, school).state == "in_place"
    stale = StrengthFactory(stale=True)
    assert standing(coordinator, school).next_step.url == "/value/strengths/?checked=no"
    stale.delete()
    Proposition.objects.update(review_by=day(-1))

    now = standing(coordinator, school)

    assert (now.state, now.next_step.url) == ("attention", sheet.get_absolute_url())


def test_card_makes_few_queries(coordinator, school, django_assert_max_num_queries):
    PropositionFactory(published=True)
    ProgrammeFactory()
    keys = [each.metric for each in TILE.figures] + list(TILE.needs)
    figures = {key: figure(key) for key in keys}

    with django_assert_max_num_queries(3):
        TILE.standing(coordinator, school, figures)


@pytest.mark.slow
def test_demo_is_the_school_of_the_story(db):
    anchor = dt.date(2026, 3, 12)
    load_demo(day=anchor)

    assert figure("programmes_offered").n == 8
    assert (figure("propositions_published").n, figure("programmes_without_proposition").n) == (6, 2)
    assert set(FIGURES["programmes_without_proposition"].records().values_list("title", flat=True)) == {
        "Logistics",
        "Carpentry & Joinery",
    }
    assert figure("testimonials_approved").n == 3
    assert Strength.objects.on_file().count() == 14
    assert Strength.objects.to_check(anchor).count() == 3
    for segment in Segment.objects.all():
        assert not members_under(segment.query).is_none
    for sheet in Proposition.objects.published():
        assert [one.benefit.statement for one in arguments_of(sheet, on=anchor) if not one.is_shown] == []
    before = Testimonial.objects.count()
    demo.load(anchor)
    assert Testimonial.objects.count() == before
    assert len(quotes_for("print", on=anchor)) == 3


def test_scale_fills_in_proportion(school, coordinator):
    for _turn in range(101):
        ContactFactory(is_primary=True)

    scale.make(Organisation.objects.count())

    assert Testimonial.objects.count() == 3
    assert Strength.objects.count() == 60
    assert Proposition.objects.published().count() == Segment.objects.count()
