"""Today: greeting, figures, cards of the stages, what waits."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.template import engines
from django.urls import reverse

from roadmap import registry
from roadmap.slots import Figure, FirstUse, TodayItem, TodaySection, TodaySource, Whose
from roadmap.today import greeting, tiles, today_for, waiting_for
from tests.roadmap.factories import MetricReadingFactory, people_metric, today_page

MORNING = dt.datetime(2026, 3, 12, 8, 4, tzinfo=dt.UTC)
WAITING = "roadmap/_waiting.html"


def section(key: str, **fields: object) -> TodaySection:
    declared = {"template": WAITING, "context": lambda user, school, whose: {"items": [], "summary": [f"2 {key}"]}}
    return TodaySection(key, **(declared | fields))


def item(title: str, hours: int = 0) -> TodayItem:
    return TodayItem(title, "activate it", "/more/", "signature", 7, MORNING - dt.timedelta(hours=hours))


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (0, "Good morning, Marta"),
        (11, "Good morning, Marta"),
        (12, "Good afternoon, Marta"),
        (18, "Good evening, Marta"),
    ],
)
def test_greeting_follows_the_clock(coordinator, hour, words):
    assert greeting(coordinator, hour) == words


def test_greeting_uses_the_school_clock(contribute, coordinator, school):
    contribute()
    noon_in_vienna = dt.datetime(2026, 3, 12, 11, 30, tzinfo=dt.UTC)

    assert today_for(coordinator, school, Whose.MINE, noon_in_vienna).greeting == "Good afternoon, Marta"


def test_cards_stand_by_column_and_order_and_empty_ones_are_left_out(contribute, coordinator, school):
    nothing = section("nothing", context=lambda user, school, whose: None)
    contribute(section("due", order=2), section("overdue", order=1), section("meetings", column="aside"), nothing)

    today = today_for(coordinator, school, Whose.MINE, MORNING)

    assert [card.context["summary"] for card in today.main] == [["2 overdue"], ["2 due"]]
    assert [card.context["summary"] for card in today.aside] == [["2 meetings"]]
    assert today.summary == ["2 meetings", "2 overdue", "2 due"]


@pytest.mark.parametrize(
    ("query", "whose"), [("", Whose.MINE), ("?whose=team", Whose.TEAM), ("?whose=nobody", Whose.MINE)]
)
def test_switch_says_whose_work_is_shown(contribute, coordinator, client_for, query, whose):
    asked = []
    contribute(section("due", context=lambda user, school, whose: asked.append(whose)))

    response = client_for(coordinator).get(reverse("roadmap:today") + query)

    assert asked == [whose]
    assert response.context["whose"] == whose


def test_what_waits_is_newest_first_and_no_longer_than_the_card(contribute, coordinator, school):
    older = TodaySource("older", lambda user, school, limit: [item("Signed", hours=2)])
    many = TodaySource("many", lambda user, school, limit: [item(f"Answer {n}", hours=3 + n) for n in range(limit)])
    newest = TodaySource("newest", lambda user, school, limit: [item("Feedback", hours=1)])
    contribute(older, many, newest)

    waiting = waiting_for(coordinator, school)

    assert [line.title for line in waiting][:3] == ["Feedback", "Signed", "Answer 0"]
    assert len(waiting) == 8


def test_tiles_are_the_four_most_prominent_figures(contribute, coordinator):
    keys = ["fifth", "first", "third", "second", "fourth"]
    orders = [5, 1, 3, 2, 4]
    contribute(*(people_metric(key=key, order=order) for key, order in zip(keys, orders, strict=True)))

    shown = tiles()

    assert [tile.metric.key for tile in shown] == ["first", "second", "third", "fourth"]
    assert [tile.figure.value for tile in shown] == [1, 1, 1, 1]


def test_tiles_stay_away_while_none_can_be_worked_out(contribute, db):
    contribute(people_metric(compute=lambda people: Figure(None, 0, "nobody yet")))

    assert tiles() == []


def test_section_on_top_stands_in_place_of_the_figures(contribute, coordinator, school):
    contribute(section("goals", column="top"), people_metric())

    today = today_for(coordinator, school, Whose.MINE, MORNING)

    assert [card.context["summary"] for card in today.top] == [["2 goals"]]
    assert today.tiles == []


def test_tile_opens_to_the_records_it_counts(contribute, coordinator, client_for):
    contribute(people_metric(records_url="/search/?q=people"), people_metric(key="no.list"))

    page = client_for(coordinator).get(reverse("roadmap:today")).content.decode()

    assert '<a href="/search/?q=people">' in page
    assert '<a href="/figures/no.list/">' in page


@pytest.mark.parametrize(
    ("fields", "value", "shown"),
    [
        ({"unit": "count"}, 1234, '<span class="td-big">1,234</span>'),
        ({"unit": "percent"}, Decimal("71.4"), '<span class="td-big">71%</span>'),
        (
            {"unit": "score", "out_of": Decimal(5)},
            Decimal("4.44"),
            '<span class="td-big">4.4 <small>of 5</small></span>',
        ),
        ({"unit": "days"}, 12, '<span class="td-big">12 <small>days</small></span>'),
        ({"unit": "money"}, Decimal(12500), '<span class="td-big">€12,500</span>'),
        ({"unit": "percent"}, None, '<span class="td-big">–</span>'),
    ],
)
def test_tile_writes_the_figure_in_its_unit(contribute, coordinator, client_for, fields, value, shown):
    known = people_metric(key="known", order=99)
    reason = "" if value is not None else "nobody answered yet"
    contribute(people_metric(compute=lambda people: Figure(value, 1, reason), **fields), known)

    page = client_for(coordinator).get(reverse("roadmap:today")).content.decode()

    assert shown in page
    assert ("nobody answered yet" in page) == (value is None)


def test_first_use_takes_the_place_of_everything(contribute, coordinator, client_for):
    start = FirstUse("start", lambda: True, WAITING, lambda user, school: {})
    contribute(start, section("due"), people_metric())
    MetricReadingFactory()

    response = client_for(coordinator).get(reverse("roadmap:today"))

    assert response.context["today"].main == []
    assert response.context["today"].summary == []
    assert "td-pulse" not in response.content.decode()


def test_first_use_is_over_once_nothing_needs_it(contribute, coordinator, school):
    contribute(FirstUse("start", lambda: False, WAITING), section("due"))

    today = today_for(coordinator, school, Whose.MINE, MORNING)

    assert today.first_use is None
    assert len(today.main) == 1


@time_machine.travel(MORNING, tick=False)
def test_page_names_the_day_and_sums_up(contribute, coordinator, client_for):
    contribute(section("overdue"), TodaySource("mou", lambda user, school, limit: [item("Tidewell signed")]))

    page = client_for(coordinator).get(reverse("roadmap:today")).content.decode()

    assert "Good morning, Marta" in page
    assert "Thursday 12 March 2026</time> · 2 overdue" in page
    assert '<a class="td-name td-tapl" href="/more/">Tidewell signed</a>' in page


def test_number_beside_today_agrees_with_the_page(contribute, coordinator, client_for):
    count = iter([5, 4])
    contribute(today_page(count=lambda user: next(count), urgent=True))
    client = client_for(coordinator)

    before = client.get(reverse("roadmap:today")).content.decode()
    after = client.get(reverse("roadmap:today")).content.decode()

    assert '<span class="n hot">5' in before
    assert '<span class="n hot">4' in after


def test_hostile_titles_stay_text(contribute, coordinator, client_for):
    contribute(TodaySource("x", lambda user, school, limit: [item("<script>alert(1)</script>")]))

    page = client_for(coordinator).get(reverse("roadmap:today")).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_templates_of_declared_cards_exist():
    templates = [slot.template for kind in (TodaySection, FirstUse) for slot in registry.of(kind)]

    assert all(engines["django"].get_template(name) for name in templates)
