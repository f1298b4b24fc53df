import datetime as dt

import pytest

from partnerships.enums import WAY, Status
from partnerships.models import Contact, Organisation, StatusChange, TimelineEvent
from partnerships.services.timeline import UnknownTimelineKindError, record_event
from roadmap import registry
from roadmap.finding import find_everywhere
from roadmap.metrics import figure, metric_by_key
from roadmap.slots import DemoData, DueSource, FirstUse, ScaleData
from tests.partnerships.conftest import NOON
from tests.partnerships.factories import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def hits(user, query):
    return {group.key: [hit.title for hit in group.hits] for group in find_everywhere(user, query)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kest", {"organisations": ["Kestrel Precision", "Old Kestrel Inn"]}),
        ("rosa", {"people": ["Rosa Lindqvist"]}),
        ("r.lindqvist@", {"people": ["Rosa Lindqvist"]}),
        ("5550185", {"people": ["Rosa Lindqvist"]}),
        ("precision", {"organisations": ["Kestrel Precision"]}),
        ("k", {}),
    ],
)
def test_search_finds_firms_and_people(query, expected, coordinator):
    OrganisationFactory(name="Old Kestrel Inn")
    kestrel = OrganisationFactory(name="Kestrel Precision")
    OrganisationFactory(name="Kestrel of long ago", archived=True)
    ContactFactory(organisation=kestrel, name="Rosa Lindqvist", email="r.lindqvist@example.org", phone="000 555-0185")
    ContactFactory(organisation=kestrel, name="Rosa Who Left", archived=True)

    found = hits(coordinator, query)

    assert {key: found[key] for key in ("organisations", "people") if key in found} == expected


def test_search_costs_no_more_with_thirty_hits_than_with_one(coordinator, query_count):
    ContactFactory(organisation__name="Kestrel 1", name="Kes")
    with_one = query_count(lambda: find_everywhere(coordinator, "kes"))
    for number in range(29):
        ContactFactory(organisation__name=f"Kestrel {number}", name="Kes")

    assert query_count(lambda: find_everywhere(coordinator, "kes")) <= with_one


def test_active_partners_are_partners_and_those_with_an_agreement_in_force(noon, school):
    OrganisationFactory(name="Partner", partner=True)
    OrganisationFactory(name="Signed", status=Status.AGREEMENT, agreement_ends_on=NOON.date())
    OrganisationFactory(name="Lapsed", status=Status.AGREEMENT, agreement_ends_on=NOON.date() - DAY)
    OrganisationFactory(name="Archived", partner=True, archived=True)
    OrganisationFactory(name="Prospect")

    names = {row.name for row in metric_by_key("partners_active").records()}

    assert names == {"Partner", "Signed"}
    assert (figure("partners_active").value, figure("partners_active").n) == (2, 2)


def test_organisations_in_touch_are_those_of_the_last_year(noon):
    OrganisationFactory(last_contact_at=NOON - 364 * DAY)
    OrganisationFactory(last_contact_at=NOON - 366 * DAY)
    OrganisationFactory()

    assert figure("orgs_contacted").value == 1


@pytest.mark.parametrize("key", ["partners_active", "orgs_contacted"])
def test_figure_leads_to_exactly_its_records(key, client_for, coordinator, noon):
    OrganisationFactory(partner=True, last_contact_at=NOON - 400 * DAY)
    OrganisationFactory(agreement_ends_on=NOON.date() + DAY, last_contact_at=NOON - DAY)
    OrganisationFactory(last_contact_at=NOON - 2 * DAY)
    metric = metric_by_key(key)

    page = client_for(coordinator).get(metric.records_url).text

    assert f"{metric.records().count()} found" in page
    assert all(row.name in page for row in metric.records())


def test_pause_that_is_over_falls_due(coordinator, school, noon):
    OrganisationFactory(paused=True, revisit_on=NOON.date(), owner=coordinator, name="Due")
    OrganisationFactory(paused=True, revisit_on=NOON.date() + DAY, owner=coordinator)
    OrganisationFactory(paused=True, revisit_on=NOON.date(), name="Nobody’s")
    (source,) = [source for source in registry.of(DueSource) if source.key == "partnerships.revisit"]

    due = source.items(coordinator, school, NOON.date(), 10)

    assert [(item.organisation, item.on) for item in due] == [("Due", NOON.date())]


def test_first_use_ends_with_the_first_organisation():
    (start,) = [start for start in registry.of(FirstUse) if start.key == "partnerships.first"]

    before = start.needed()
    OrganisationFactory(archived=True)

    assert (before, start.needed()) == (True, False)


def test_unknown_kind_of_event_is_refused():
    with pytest.raises(UnknownTimelineKindError):
        record_event(OrganisationFactory(), "partnerships.invented", title="Never")

    assert not TimelineEvent.objects.exists()


def load(kind, *given):
    for slot in registry.of(kind):
        if slot.key in {"accounts", "partnerships"}:
            act = slot.load if kind is DemoData else slot.make
            act(*given)


def test_demo_is_the_school_of_the_pictures_and_loads_once():
    for _ in range(2):
        load(DemoData, NOON.date())

    counted = {status: Organisation.objects.filter(status=status).count() for status in WAY}
    kestrel = Organisation.objects.get(name="Kestrel Precision Ltd")
    assert list(counted.values()) == [31, 34, 8, 5, 4, 14]
    assert Organisation.objects.filter(owner__name="Marta Keller").count() == 38
    assert [person.name for person in kestrel.contacts.in_order()] == ["Dev Anand", "Ingrid Sole", "Rosa Lindqvist"]
    assert kestrel.status_changes.count() == 5
    assert not Organisation.objects.exclude(email__endswith=".example.org").exists()
    assert not TimelineEvent.objects.filter(at__date__gt=NOON.date()).exists()
    assert not Organisation.objects.filter(created_at__date__gt=NOON.date()).exists()


def test_scale_makes_what_was_asked_the_same_each_time(noon):
    def fingerprint():
        return list(Organisation.objects.order_by("pk").values_list("name", "status", "town", "phone"))

    load(ScaleData, 40)
    first = fingerprint()
    counts = [model.objects.count() for model in (Organisation, Contact, TimelineEvent)]
    Organisation.objects.all().delete()
    load(ScaleData, 40)

    assert counts == [40, 100, 39 * 10 + 5000]
    assert fingerprint() == first
    assert StatusChange.objects.count() > 40
