"""The list of pilots and a pilot's page: what they show to whom, and how many queries they take."""

import pytest

from pilots.enums import DECISIONS, PilotStatus
from tests.partnerships.factories import OrganisationFactory
from tests.pilots.factories import PilotFactory

pytestmark = pytest.mark.django_db

ROLES = ["viewer", "coordinator", "director", "administrator"]


@pytest.fixture
def client(coordinator, client_for):
    return client_for(coordinator)


def _html(response):
    return response.content.decode()


def test_list_shows_what_is_open_unless_asked(client):
    for status in PilotStatus:
        PilotFactory(status=status, title=f"It is {status}")

    def titles(query=""):
        return {row.title for row in client.get(f"/pilots/{query}").context["page"].rows}

    closed = {f"It is {status}" for status in [*DECISIONS, PilotStatus.CANCELLED]}
    assert titles() & closed == set()
    assert len(titles()) == 7
    assert titles("?state=under_way") == {"It is running", "It is delivered", "It is evaluated"}
    assert titles("?state=undecided") == {"It is delivered", "It is evaluated"}
    assert titles("?state=stopped") == {"It is stopped"}
    assert len(titles("?state=all")) == len(PilotStatus)


def test_list_finds_by_title_and_partner(client):
    PilotFactory(title="Wiring", organisation__name="Nordwell Electrical")
    PilotFactory(title="Milling", organisation__name="Kestrel")

    assert [row.title for row in client.get("/pilots/?q=nordwell").context["page"].rows] == ["Wiring"]
    assert [row.title for row in client.get("/pilots/?q=milling").context["page"].rows] == ["Milling"]


def test_list_is_exported(client):
    PilotFactory(title="=2+2", organisation__name="Nordwell Electrical")

    text = b"".join(client.get("/pilots/?export=csv").streaming_content).decode()

    assert "Nordwell Electrical" in text
    assert "'=2+2" in text


def test_list_takes_as_many_queries_for_thirty_as_for_one(client, query_count, coordinator):
    PilotFactory(owner=coordinator)
    client.get("/pilots/")
    one = query_count(lambda: client.get("/pilots/"))

    for _n in range(29):
        PilotFactory(owner=coordinator)

    assert query_count(lambda: client.get("/pilots/")) == one


@pytest.mark.parametrize("status", [PilotStatus.PLANNED, PilotStatus.EVALUATED, PilotStatus.REVISED])
def test_page_takes_as_many_queries_for_thirty_criteria_as_for_one(client, query_count, status):
    one = PilotFactory(status=status, criteria=[("A", 4, True, 4)])
    many = PilotFactory(status=status, criteria=[(f"C{n}", 4, True, 4) for n in range(30)])
    client.get(f"/pilots/{one.pk}/")

    assert query_count(lambda: client.get(f"/pilots/{many.pk}/")) == query_count(
        lambda: client.get(f"/pilots/{one.pk}/")
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", PilotStatus)
def test_page_offers_each_role_what_it_may_do(role, status, request, client_for):
    pilot = PilotFactory(status=status, criteria=[("A", 4, True, 4)])

    html = _html(client_for(request.getfixturevalue(role)).get(f"/pilots/{pilot.pk}/"))

    is_open = status not in {*DECISIONS, PilotStatus.CANCELLED}
    assert (f"/pilots/{pilot.pk}/edit/" in html) is (role == "coordinator" and is_open)
    assert ('name="decision"' in html) is (role == "coordinator" and status == PilotStatus.EVALUATED)
    stoppable = status in {"idea", "planned", "approved", "scheduled", "running"}
    assert (f"/pilots/{pilot.pk}/call-off/" in html) is (role in {"coordinator", "director"} and stoppable)


def test_partner_page_shows_its_pilots_and_offers_one(client):
    partner = OrganisationFactory()

    before = _html(client.get(partner.get_absolute_url()))
    PilotFactory(organisation=partner, title="Trial placement")
    after = _html(client.get(partner.get_absolute_url()))

    assert f"/pilots/new/?partner={partner.pk}" in before
    assert "Trial placement" in after
