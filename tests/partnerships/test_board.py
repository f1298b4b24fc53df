import datetime as dt
import re

import pytest

from partnerships.board import CARDS
from partnerships.enums import EndedReason, Status
from partnerships.models import Organisation
from tests.accounts.factories import UserFactory
from tests.partnerships.conftest import NOON
from tests.partnerships.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

URL = "/pipeline/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def client(client_for, coordinator, noon):
    return client_for(coordinator)


def columns(html):
    """Return the cards by column, in their order, with the count in the column's head."""
    found = {}
    for part in html.split('<section class="bd-col')[1:]:
        status = re.search(r'id="column-(\w+)"', part)[1]
        count = re.search(r'class="td-count">(\d+)<', part)[1]
        found[status] = (int(count), re.findall(r'class="td-name" href="/partners/\d+/"><bdi>(.*?)</bdi>', part))
    return found


def move(client, firm, **data):
    return client.post(f"/partners/{firm.pk}/move/", {"card": "1", "next": URL} | data, follow=True)


def test_board_shows_each_stage_with_what_is_due_first_on_top(client):
    OrganisationFactory(name="Later", contacted=True, next_step_at=NOON + 5 * DAY)
    OrganisationFactory(name="Never", contacted=True)
    OrganisationFactory(name="Late", contacted=True, next_step_at=NOON - DAY)
    OrganisationFactory(name="Partner", partner=True)
    OrganisationFactory(name="Prospect")
    for trait in ("paused", "ended", "archived"):
        OrganisationFactory(name=trait, **{trait: True})

    page = client.get(URL).text

    assert columns(page) == {
        "prospect": (1, []),
        "contacted": (3, ["Late", "Later", "Never"]),
        "proposal": (0, []),
        "pilot": (0, []),
        "agreement": (0, []),
        "partner": (1, ["Partner"]),
    }
    assert "5 organisations" in page


def test_prospects_unfold(client):
    OrganisationFactory(name="Prospect")

    assert columns(client.get(f"{URL}?open=prospect").text)["prospect"] == (1, ["Prospect"])
    assert columns(client.get(f"{URL}?column=prospect").text)["prospect"] == (1, ["Prospect"])


def test_full_column_leads_to_the_rest(client, coordinator):
    for _ in range(CARDS + 3):
        OrganisationFactory(contacted=True, owner=coordinator)

    page = client.get(f"{URL}?owner=me&q=firm").text
    rest = re.search(r'href="(/partners/\?.*?)">3 more', page)[1].replace("&amp;", "&")

    count, cards = columns(page)["contacted"]
    assert (count, len(cards)) == (CARDS + 3, CARDS)
    assert f"{CARDS + 3} found" in client.get(rest).text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("owner=me", ["Mine"]),
        ("owner=nobody", ["Nobody’s"]),
        ("owner=nonsense", ["Mine", "Nobody’s", "Theirs"]),
        ("q=thei", ["Theirs"]),
        ("q=metal&owner=me", ["Mine"]),
    ],
)
def test_board_is_narrowed(query, expected, client, coordinator):
    OrganisationFactory(name="Mine", contacted=True, owner=coordinator)
    OrganisationFactory(name="Theirs", contacted=True, owner=UserFactory())
    OrganisationFactory(name="Nobody’s", contacted=True)

    assert sorted(columns(client.get(f"{URL}?{query}").text)["contacted"][1]) == expected


def test_card_says_what_wants_attention(client):
    OrganisationFactory(name="Quiet", contacted=True, last_contact_at=NOON - 12 * DAY)
    OrganisationFactory(
        name="Fresh",
        contacted=True,
        last_contact_at=NOON - 3 * DAY,
        next_step_at=NOON - 2 * DAY,
        next_step_text="Call back",
    )
    OrganisationFactory(name="Ending", partner=True, agreement_ends_on=NOON.date() + 49 * DAY)
    OrganisationFactory(name="Long", partner=True, agreement_ends_on=NOON.date() + 400 * DAY)

    page = client.get(URL).text

    assert re.findall(r"(Quiet \d+ days|Ends in \d+ days)", page) == ["Quiet 12 days", "Ends in 49 days"]
    assert re.search(r'class="bad strong">Call back, <time.*?>2 days late</time>', page)
    assert "MOU ends 30 Apr 2026" in page


def test_board_costs_the_same_with_few_and_with_many_cards(client, query_count):
    def fill(times):
        for status in (Status.CONTACTED, Status.PROPOSAL, Status.PILOT, Status.AGREEMENT, Status.PARTNER):
            for _ in range(times):
                OrganisationFactory(status=status, owner=UserFactory())

    fill(1)
    client.get(URL)
    with_few = query_count(lambda: client.get(URL))
    fill(29)
    client.get(URL)

    assert query_count(lambda: client.get(URL)) == with_few


def test_card_is_moved_from_its_menu_and_the_move_is_undone(client):
    firm = OrganisationFactory(name="Kestrel", contacted=True)

    page = move(client, firm, to="pilot", seen="contacted")
    moved = columns(page.text)["pilot"]
    client.post(re.search(r'action="(/partners/undo/move/.*?)"', page.text)[1])

    assert page.redirect_chain == [(URL, 302)]
    assert "Kestrel moved to Pilot." in page.text
    assert moved == (1, ["Kestrel"])
    assert Organisation.objects.get().status == Status.CONTACTED
    assert list(firm.timeline.order_by("id").values_list("title", flat=True)) == [
        "Moved from Contacted to Pilot",
        "Move undone: back to Contacted",
    ]


def test_second_of_two_movers_is_told_and_nothing_is_overridden(client, client_for):
    firm = OrganisationFactory(name="Kestrel", contacted=True)
    move(client_for(UserFactory()), firm, to="pilot", seen="contacted")

    page = move(client, firm, to="proposal", seen="contacted")

    assert "A colleague has moved Kestrel to Pilot meanwhile. Nothing was changed." in page.text
    assert Organisation.objects.get().status == Status.PILOT
    assert firm.timeline.count() == 1


def test_both_of_two_movers_to_the_same_stage_are_content(client, client_for):
    firm = OrganisationFactory(name="Kestrel", contacted=True)
    for mover in (client_for(UserFactory()), client):
        page = move(mover, firm, to="pilot")

    assert "Kestrel stands at Pilot already." in page.text
    assert firm.timeline.count() == 1


@pytest.mark.parametrize("to", ["paused", "ended"])
def test_pause_and_end_ask_for_their_reason_first(to, client):
    firm = OrganisationFactory(contacted=True)

    page = move(client, firm, to=to, seen="contacted")

    assert page.redirect_chain == [(f"/partners/{firm.pk}/move/?to={to}&next=/pipeline/", 302)]
    assert re.search(rf'value="{to}"[^>]*checked', page.text)
    assert 'name="next" value="/pipeline/"' in page.text
    assert Organisation.objects.get().status == Status.CONTACTED


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"to": "paused"}, "Say when to look at them again"),
        ({"to": "paused", "revisit_on": "2026-03-12"}, "Choose a day that is still to come."),
        ({"to": "paused", "revisit_on": "soon"}, "Enter a valid date."),
        ({"to": "ended"}, "Choose a reason; an end without one teaches nobody anything."),
        ({"to": "nowhere"}, "Select a valid choice."),
        ({}, "This field is required."),
    ],
)
def test_move_without_its_reason_is_refused(data, message, client):
    firm = OrganisationFactory(contacted=True)

    answer = client.post(f"/partners/{firm.pk}/move/", data)

    assert answer.status_code == 422
    assert message in answer.text
    assert Organisation.objects.get().status == Status.CONTACTED


def test_move_with_its_reason_is_kept(client):
    firm = OrganisationFactory(contacted=True)

    client.post(f"/partners/{firm.pk}/move/", {"to": "ended", "ended_reason": "no_fit", "why": "Too far away"})

    firm.refresh_from_db()
    assert (firm.status, firm.ended_reason) == (Status.ENDED, EndedReason.NO_FIT)
    assert firm.timeline.get().body == "No fit · Too far away"


def test_move_leads_back_to_pages_of_ours_alone(client):
    firm = OrganisationFactory(contacted=True)

    answer = client.post(f"/partners/{firm.pk}/move/", {"to": "pilot", "next": "https://evil.example.org/"})

    assert answer.url == f"/partners/{firm.pk}/"


@pytest.mark.parametrize("role", ["viewer", "director", "administrator"])
def test_readers_see_the_board_and_cannot_move(role, request, client_for):
    firm = OrganisationFactory(name="Kestrel", contacted=True)
    client = client_for(request.getfixturevalue(role))

    page = client.get(URL).text
    refused = client.post(f"/partners/{firm.pk}/move/", {"to": "pilot"})

    assert "Kestrel" in page
    assert not re.search(r"data-move|data-board|/add/", page)
    assert refused.status_code == 403
    assert Organisation.objects.get().status == Status.CONTACTED
