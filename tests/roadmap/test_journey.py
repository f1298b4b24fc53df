"""The Roadmap page: which stage is in focus, what each card says, and what it costs."""

import datetime as dt
import re
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from accounts.rules import can_approve
from roadmap import registry
from roadmap.journey import LOOKS, focus_of, journey_for
from roadmap.slots import (
    Figure,
    GoalSource,
    GoalStanding,
    MetricUnavailableError,
    NextStep,
    Period,
    Stage,
    StageFigure,
    StageState,
    Standing,
    Tile,
)
from tests.accounts.factories import UserFactory
from tests.roadmap.factories import MetricReadingFactory, people_metric

URL = "/roadmap/"
BAD, SOSO, NEW, WAIT, FINE, DONE = StageState
DAY = dt.date(2026, 3, 12)


def stage(number: int, **fields: object) -> Stage:
    declared = {"title": f"Stage {number}", "question": "What for?", "icon": "school", "short": f"Short {number}"}
    return Stage(number, **(declared | fields))


def tile(number: int, state: StageState = FINE, **fields: object) -> Tile:
    standing = Standing(
        state,
        done=fields.pop("done", 1),
        total=fields.pop("total", 4),
        progress="1 of 4 made",
        next_step=NextStep(f"Do {number}.", f"Begin {number}", f"/search/?q={number}"),
        pill=fields.pop("pill", ""),
    )
    declared = {
        "figures": (StageFigure("people", "people"),),
        "standing": lambda user, school, figures: standing,
        "purpose": f"Purpose of {number}.",
        "rule": f"Rule of {number}.",
    }
    return Tile(number, **(declared | fields))


def goal(title: str, stage_number: int | None, behind: str) -> GoalStanding:
    return GoalStanding(title, stage_number, Decimal(behind), "9 of 30 places", "/search/")


def goals(*standings: GoalStanding, period: Period | None = None) -> GoalSource:
    return GoalSource(lambda school: list(standings), lambda school: period)


@pytest.fixture
def way(contribute):
    """Lay out stages in these states, one after the other."""

    def lay(*states: StageState, also: tuple[object, ...] = ()) -> None:
        stages = [slot for number, state in enumerate(states, 1) for slot in (stage(number), tile(number, state))]
        contribute(people_metric(), *stages, *also)

    return lay


@pytest.mark.parametrize(
    ("states", "behind", "focus"),
    [
        ([FINE, SOSO, BAD, SOSO], [], 3),
        ([NEW, NEW, NEW, NEW], [], 1),
        ([DONE, WAIT, FINE, NEW], [], 4),
        ([DONE, WAIT, FINE, DONE], [], 2),
        ([DONE, FINE, FINE, DONE], [], 2),
        ([DONE, DONE, DONE, DONE], [], 1),
        ([SOSO, SOSO, FINE, SOSO], [(4, "0.1")], 4),
        ([SOSO, SOSO, FINE, SOSO], [(2, "0.2"), (4, "0.1")], 2),
        ([SOSO, SOSO, FINE, SOSO], [(2, "0.2"), (4, "0.2")], 2),
        ([SOSO, BAD, FINE, SOSO], [(4, "0.9")], 2),
        ([DONE, NEW, NEW, NEW], [(4, "0.9")], 2),
        ([SOSO, SOSO, FINE, SOSO], [(None, "0.9"), (3, "0.8")], 1),
    ],
)
def test_focus_is_the_worst_state_then_the_goal_furthest_behind_then_the_earlier_stage(
    way, coordinator, school, states, behind, focus
):
    way(*states)
    cards = journey_for(coordinator, school).cards

    found = focus_of(cards, [goal("G", number, share) for number, share in behind])

    assert found.stage.number == focus


def test_order_of_states_is_that_of_the_rule():
    assert list(LOOKS) == [BAD, SOSO, NEW, WAIT, FINE, DONE]


@pytest.mark.parametrize(
    ("standings", "sentence"),
    [
        ([goal("Places", 2, "0.3"), goal("MOUs", 1, "0.1")], "It carries the goal furthest behind, “Places”"),
        ([goal("Places", 1, "0.3"), goal("MOUs", 2, "0.1")], "It carries the goal “MOUs”, which is behind"),
        ([goal("Places", 1, "0.3")], "The goal furthest behind is “Places”"),
        ([goal("Places", 2, "-0.1")], ""),
        ([], ""),
    ],
)
def test_focus_names_the_goal_it_speaks_for(way, coordinator, school, standings, sentence):
    way(FINE, BAD, also=(goals(*standings),))

    found = journey_for(coordinator, school).goal

    assert found.startswith(sentence)
    assert ("(9 of 30 places)" in found) == bool(sentence)


def test_first_day_says_what_each_stage_will_hold_and_where_to_start(way, coordinator, client_for):
    way(*[NEW] * 8)

    page = " ".join(client_for(coordinator).get(URL).content.decode().split())

    assert page.count("not started") == 8
    assert "Start here: Short 1" in page
    assert page.count("Purpose of ") == 8
    assert "rm-nums" not in page
    assert 'class="val"' not in page
    assert "day one" in page
    assert "Print for the board" not in page
    assert page.count("btn-primary") == 2  # the same step: in the focus and on its card


def test_card_shows_state_figures_that_open_to_records_and_one_step(contribute, coordinator, client_for):
    metric = people_metric(records_url="/search/?q=people")
    contribute(metric, stage(1), tile(1, WAIT, pill="Waiting for feedback"), stage(2), tile(2, FINE))

    page = " ".join(client_for(coordinator).get(URL).content.decode().split())

    assert "Waiting for feedback" in page
    assert re.search(r'<a href="/search/\?q=people" title="People">1<', page)
    assert "1 of 4 made" in page
    assert 'stroke-dasharray="25 100"' in page
    assert page.count('href="/search/?q=1"') == 2
    assert page.count('href="/search/?q=2"') == 1
    assert 'href="/roadmap/1/"' in page
    assert 'href="/roadmap/how/"' in page


@pytest.mark.parametrize(("done", "total", "ring"), [(0, 0, 0), (3, 0, 0), (0, 4, 0), (1, 3, 33), (5, 4, 100)])
def test_ring_is_the_share_that_is_done(contribute, coordinator, school, done, total, ring):
    contribute(people_metric(), stage(1), tile(1, FINE, done=done, total=total))

    assert journey_for(coordinator, school).cards[0].ring == ring


def test_figure_that_fails_is_a_dash_with_its_reason_and_the_others_stand(contribute, coordinator, client_for):
    def unavailable(_people: object) -> Figure:
        raise MetricUnavailableError("the weights are not set")

    poor = people_metric(key="poor", compute=unavailable)
    figures = (StageFigure("poor", "weighted"), StageFigure("people", "people"))
    contribute(poor, people_metric(), stage(1), tile(1, figures=figures))

    page = " ".join(client_for(coordinator).get(URL).content.decode().split())

    assert 'title="the weights are not set">–<' in page
    assert 'title="People">1<' in page


def test_figure_that_takes_long_is_shown_with_the_time_of_its_reading(contribute, coordinator, client_for):
    contribute(people_metric(), stage(1), tile(1))
    at = dt.datetime(2026, 3, 12, 8, 4, tzinfo=dt.UTC)
    MetricReadingFactory(took_ms=900, value=41, n=41, at=at)

    page = client_for(coordinator).get(URL).content.decode()

    assert ">41<" in page
    assert "Thu 12 Mar, 09:04</time>" in page.partition("the others were read at the earliest")[2]


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (dt.date(2025, 9, 1), "week 1 of 48"),
        (dt.date(2025, 9, 8), "week 2 of 48"),
        (DAY, "week 28 of 48"),
        (dt.date(2026, 7, 31), "week 48 of 48"),
        (dt.date(2026, 9, 20), "week 48 of 48"),
    ],
)
def test_head_says_which_week_of_the_school_year_it_is(way, coordinator, client_for, today, words):
    period = Period("School year 2025/26", dt.date(2025, 9, 1), dt.date(2026, 7, 31))
    way(FINE, also=(goals(period=period),))

    with time_machine.travel(dt.datetime.combine(today, dt.time(10), dt.UTC), tick=False):
        page = client_for(coordinator).get(URL).content.decode()

    assert f"School year 2025/26, {words}" in page


@pytest.mark.parametrize(("who", "sees_buttons"), [("coordinator", True), ("director", False), ("viewer", False)])
def test_steps_have_a_button_for_those_who_may_act(way, request, client_for, who, sees_buttons):
    way(BAD, FINE)

    page = client_for(request.getfixturevalue(who)).get(URL).content.decode()

    assert "Do 1." in page
    assert ("Begin 1" in page) == sees_buttons


def test_step_may_be_for_others_than_coordinators(contribute, director, client_for):
    step = NextStep("Agree it.", "Read and agree", "/search/?q=year", open_to=can_approve)
    standing = Standing(WAIT, 0, 1, "none agreed", step)
    contribute(people_metric(), stage(1), tile(1, standing=lambda user, school, figures: standing))

    assert "Read and agree" in client_for(director).get(URL).content.decode()


def test_print_without_script_leads_to_the_page_that_says_how(way, coordinator, client_for):
    way(FINE)
    client = client_for(coordinator)

    assert '<a class="btn" href="?print" data-print>' in client.get(URL).content.decode()
    assert "one sheet of A4" in client.get(f"{URL}?print").content.decode()


def test_page_takes_as_many_queries_for_thirty_rows(contribute, coordinator, client_for, query_count):
    contribute(people_metric(), stage(1), tile(1))
    client = client_for(coordinator)
    client.get(URL)

    few = query_count(lambda: client.get(URL))
    UserFactory.create_batch(30)
    many = query_count(lambda: client.get(URL))

    assert few == many


def test_tile_gets_its_figures_and_what_it_needs_beside(contribute, coordinator, school):
    asked = {}

    def standing(user: User, _school: object, figures: dict[str, Figure]) -> Standing:
        asked.update(figures)
        return Standing(FINE, 1, 1, "", NextStep("", "", ""))

    contribute(people_metric(), people_metric(key="beside"), people_metric(key="other"), stage(1))
    contribute(*registry.contributions(), tile(1, standing=standing, needs=("beside",)))

    journey_for(coordinator, school)

    assert set(asked) == {"people", "beside"}


def test_help_of_a_stage_has_its_rule_its_figures_and_its_neighbours(contribute, coordinator, client_for):
    metric = people_metric(stage=2, definition="Everybody on file.", records_url="/search/?q=people")
    contribute(metric, stage(1), tile(1), stage(2), tile(2), stage(3), tile(3))

    page = client_for(coordinator).get(reverse("roadmap:help", args=[2])).content.decode()

    assert "Rule of 2." in page
    assert "Everybody on file." in page
    assert 'href="/figures/people/"' in page
    assert 'href="/search/?q=people"' in page
    assert 'href="/roadmap/1/"' in page
    assert 'href="/roadmap/3/"' in page


@pytest.mark.parametrize("number", [0, 4, 9])
def test_help_of_no_stage_is_not_found(contribute, coordinator, client_for, number):
    contribute(stage(1), stage(2), stage(3))

    assert client_for(coordinator).get(reverse("roadmap:help", args=[number])).status_code == 404


def test_how_page_names_every_state_and_rule(contribute, coordinator, client_for):
    contribute(people_metric(), *[slot for n in range(1, 9) for slot in (stage(n), tile(n))])

    page = client_for(coordinator).get(reverse("roadmap:help_index")).content.decode()

    assert all(str(look.means) in page for look in LOOKS.values())
    assert all(f"Rule of {n}." in page for n in range(1, 9))
