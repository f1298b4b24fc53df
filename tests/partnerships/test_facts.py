import datetime as dt

import pytest

from partnerships.models import FAR_FUTURE, LONG_AGO, Organisation, TimelineEvent
from partnerships.services import check_facts, refresh_facts
from partnerships.services.facts import SLICE
from partnerships.slots import FactSource
from partnerships.tasks import check_all_facts
from tests.partnerships.factories import OrganisationFactory, TimelineEventFactory

pytestmark = pytest.mark.django_db

THEN = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def last_events(ids):
    """A fact from records, as a stage would contribute it."""
    found = dict.fromkeys(ids, LONG_AGO)
    events = TimelineEvent.objects.filter(organisation_id__in=ids).order_by("at")
    found |= dict(events.values_list("organisation_id", "at"))
    return {pk: {"last_contact_at": at} for pk, at in found.items()}


@pytest.fixture
def _one_fact(contribute):
    contribute(FactSource(("last_contact_at",), last_events), instead_of=(FactSource,))


@pytest.mark.usefixtures("_one_fact")
def test_refresh_writes_the_facts_of_those_named_alone():
    named, other = (TimelineEventFactory(at=THEN).organisation for _ in range(2))

    refresh_facts(named.pk, named.pk)

    named.refresh_from_db()
    other.refresh_from_db()
    assert (named.last_contact_at, other.last_contact_at) == (THEN, LONG_AGO)
    assert named.next_step_at == FAR_FUTURE


@pytest.mark.usefixtures("_one_fact")
def test_refresh_costs_the_same_for_one_and_for_thirty(query_count):
    one, many = [OrganisationFactory().pk], [OrganisationFactory().pk for _ in range(30)]

    assert query_count(lambda: refresh_facts(*one)) == query_count(lambda: refresh_facts(*many))


@pytest.mark.usefixtures("_one_fact")
def test_check_repairs_what_drifted_and_says_so(caplog):
    right = TimelineEventFactory(at=THEN).organisation
    refresh_facts(right.pk)
    wrong = TimelineEventFactory(at=THEN).organisation

    first, second = check_facts(), check_facts()

    wrong.refresh_from_db()
    assert (first, second) == (1, 0)
    assert wrong.last_contact_at == THEN
    assert caplog.messages == [f"Facts of organisation {wrong.pk} had drifted: last_contact_at"]


@pytest.mark.usefixtures("_one_fact")
def test_check_goes_through_everybody_in_slices():
    Organisation.objects.bulk_create(OrganisationFactory.build(last_contact_at=THEN) for _ in range(SLICE + 3))

    assert check_facts() == SLICE + 3
    assert not Organisation.objects.exclude(last_contact_at=LONG_AGO).exists()


@pytest.mark.usefixtures("_one_fact")
def test_nightly_task_may_run_twice():
    firm = TimelineEventFactory(at=THEN).organisation

    check_all_facts.apply()
    check_all_facts.apply()

    firm.refresh_from_db()
    assert firm.last_contact_at == THEN


def test_check_does_nothing_where_no_stage_knows_a_fact(contribute, query_count):
    contribute(instead_of=(FactSource,))
    OrganisationFactory()

    assert query_count(check_facts) == 0
