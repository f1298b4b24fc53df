"""Every page that begins with “with which partner?”."""

import pytest

from tests.outreach.factories import InteractionFactory
from tests.partnerships.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

WITH_RECENT = [
    "/outreach/log/",
    "/outreach/plan/",
    "/pilots/new/",
    "/agreements/new/",
    "/proposals/new/",
    "/openings/new/",
]
PAGES = [*WITH_RECENT, "/value/testimonials/ask/"]


@pytest.fixture
def client(client_for, coordinator):
    return client_for(coordinator)


@pytest.mark.parametrize("page", PAGES)
def test_school_without_partners_is_shown_how_to_begin(client, page):
    shown = client.get(page).content.decode()

    assert "Start with the firms you already know" in shown
    assert 'href="/partners/import/"' in shown
    assert "Type a part of the name" not in shown


@pytest.mark.parametrize("page", PAGES)
def test_partner_is_found_by_half_a_name_and_leads_on(client, page):
    OrganisationFactory(name="Nordwell Electrical")
    OrganisationFactory(name="Larkfield Dairy")

    found = client.get(page, {"q": "nordw"}).context["found"]

    assert [partner.name for partner, _address in found] == ["Nordwell Electrical"]
    onward = client.get(page + found[0][1] if found[0][1].startswith("?") else found[0][1])
    assert onward.status_code == 200
    assert "found" not in onward.context
    assert "Nordwell Electrical" in onward.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_partner_that_nobody_knows_may_be_added(client, page):
    html = client.get(page, {"q": "nobody"}).content.decode()

    assert "No partner fits “nobody”" in html
    assert 'href="/partners/add/"' in html


@pytest.mark.parametrize("page", WITH_RECENT)
def test_partner_last_talked_with_is_offered_before_anything_is_typed(client, coordinator, page):
    interaction = InteractionFactory(by=coordinator)
    InteractionFactory()

    found = client.get(page).context["found"]

    assert [partner for partner, _address in found] == [interaction.organisation]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("wanted", ["x", "0", "-1", "²", "9" * 40, "9" * 5000, ""])
def test_partner_that_is_none_asks_again(client, page, wanted):
    response = client.get(page, {"partner": wanted})

    assert response.status_code == 200
    assert response.context["found"] == []


def test_archived_partner_is_not_to_be_chosen(client):
    partner = OrganisationFactory(name="Nordwell Electrical", archived=True)

    assert client.get("/pilots/new/", {"q": "nordwell"}).context["found"] == []
    assert client.get("/pilots/new/", {"partner": partner.pk}).context["found"] == []


def test_number_of_queries_is_the_same_for_one_partner_and_twenty(client, query_count):
    OrganisationFactory(name="Nordwell 1")
    client.get("/pilots/new/")
    one = query_count(lambda: client.get("/pilots/new/", {"q": "nordwell"}))
    OrganisationFactory.create_batch(20)

    assert query_count(lambda: client.get("/pilots/new/", {"q": "n"})) == one
