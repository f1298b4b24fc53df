"""All stages together: eight of them, every figure true to its list, every next step a page that opens."""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import transaction
from django.template.loader import get_template
from django.test import Client

from accounts.looks import one_look
from accounts.models import School, User
from roadmap import registry
from roadmap.figures import current
from roadmap.journey import Journey, journey_for, stages, tiles
from roadmap.metrics import metric_by_key
from roadmap.services import load_demo
from roadmap.slots import Metric, StageState
from ui.models import SavedView

ANCHOR = dt.date(2026, 3, 12)
MORNING = dt.datetime(2026, 3, 12, 8, 4, tzinfo=dt.UTC)
KEYS = sorted(metric.key for metric in registry.of(Metric))
COUNT_CAP = 10_000


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Load the demo school once for the whole module, inside a transaction that takes it back."""
    with django_db_blocker.unblock(), time_machine.travel(MORNING, tick=False), transaction.atomic():
        School.objects.all().delete()
        load_demo(day=ANCHOR)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def marta(_loaded, db) -> User:
    return User.objects.get(name="Marta Keller")


def journey(user: User) -> Journey:
    return journey_for(user, School.objects.get())


def rows_listed(client: Client, url: str) -> int:
    """Return how many rows the list behind an address holds, whichever name its view gives the page."""
    response = client.get(url, follow=True)
    assert response.status_code == 200, url
    assert getattr(response.context["page"], "notes", []) == [], url
    return response.context["page"].count


@pytest.mark.parametrize("key", KEYS)
def test_figure_opens_to_exactly_the_records_it_counts(marta, client_for, key):
    metric = metric_by_key(key)
    figure = metric.figure()

    assert metric.records_url, "no list shows what it counts"
    listed = rows_listed(client_for(marta), metric.records_url)

    assert listed == min(metric.records().count(), COUNT_CAP + 1)
    assert figure.n == listed


def test_shared_views_of_the_demo_school_ask_what_their_lists_know(marta, client_for):
    """`rows_listed` fails where a list says that it left a part of a view out."""
    lists = {"partnerships.organisations": "/partners/", "agreements.agreements": "/agreements/"}
    views = SavedView.objects.filter(is_shared=True)

    rows = {view.name: rows_listed(client_for(marta), f"{lists[view.list_key]}?{view.query}") for view in views}

    assert set(views.values_list("list_key", flat=True)) == set(lists)
    assert {name: rows[name] for name in ("In force", "On the way", "Ending within 180 days", "Ended")} == {
        "In force": 14,
        "On the way": 4,
        "Ending within 180 days": 3,
        "Ended": 6,
    }
    assert all(rows.values()), rows


def test_every_stage_has_a_card_help_and_a_short_name():
    assert [stage.number for stage in stages()] == list(range(1, 9))
    assert sorted(tiles()) == list(range(1, 9))
    assert all(stage.short and get_template(stage.help_template) for stage in stages())
    assert all(len(tile.figures) == 3 and str(tile.rule) and str(tile.purpose) for tile in tiles().values())


def test_cards_name_only_figures_that_are_declared():
    named = {key for tile in tiles().values() for key in (*tile.needs, *(figure.metric for figure in tile.figures))}

    assert named - set(KEYS) == set()


def test_figures_of_the_cards_are_those_of_the_metrics(marta):
    shown = {
        figure.shown.metric.key: figure.shown.figure.value for card in journey(marta).cards for figure in card.figures
    }

    counted = {key: metric_by_key(key).compute(metric_by_key(key).records()).value for key in shown}

    assert {key: value and round(value, 4) for key, value in counted.items()} == {
        key: value and round(value, 4) for key, value in shown.items()
    }
    assert all(figure.is_live or figure.at == MORNING for figure in current(shown).values())


def test_no_stage_of_the_demo_waits_to_be_started(marta):
    found = journey(marta)

    assert [card.stage.number for card in found.cards if card.standing.state == StageState.NOT_STARTED] == []
    assert found.focus.stage.number == 4
    assert found.focus.next_step.label == "Follow up 9 firms"
    assert rows_listed_of(marta, found.focus.next_step.url) == 9


def rows_listed_of(user: User, url: str) -> int:
    client = Client()
    client.force_login(user)
    return rows_listed(client, url)


@pytest.mark.parametrize("name", ["Marta Keller", "Helena Voss"])
def test_every_button_of_the_demo_leads_to_a_page_that_opens(marta, client_for, name):
    user = User.objects.get(name=name)
    client = client_for(user)

    answers = {
        card.stage.number: client.get(card.next_step.url, follow=True).status_code
        for card in journey(user).cards
        if card.may_act
    }

    assert {number: status for number, status in answers.items() if status != 200} == {}
    assert len(answers) == 8 or name == "Helena Voss"


def test_every_stage_adds_a_few_queries_of_its_own(marta, query_count):
    school = School.objects.get()

    with one_look():
        figures = {key: shown.figure for key, shown in current(KEYS).items()}
        costs = {
            tile.stage: query_count(lambda tile=tile: tile.standing(marta, school, figures))
            for tile in tiles().values()
        }

    assert {stage: cost for stage, cost in costs.items() if cost > 4} == {}


def test_page_stays_within_its_queries(marta, client_for, query_count):
    client = client_for(marta)
    client.get("/roadmap/")

    assert query_count(lambda: client.get("/roadmap/")) <= 125


@pytest.mark.parametrize("number", range(1, 9))
def test_help_of_each_stage_opens_and_defines_its_figures(marta, client_for, number):
    page = client_for(marta).get(f"/roadmap/{number}/").content.decode()

    assert str(tiles()[number].rule)[:40] in page
    assert all(f'href="/figures/{figure.metric}/"' in page for figure in tiles()[number].figures)


def test_addresses_of_records_are_pages_of_our_own():
    assert {metric.key for metric in registry.of(Metric) if urlsplit(metric.records_url).netloc} == set()
