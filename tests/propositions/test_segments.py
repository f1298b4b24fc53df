"""Segments: the stored filter, its live count, and the warnings when it means nobody or everybody."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from partnerships.models import Organisation
from propositions.models import Segment
from propositions.segments import (
    FilterError,
    checked_query,
    chips_under,
    counts_of,
    members_under,
    needs_of,
    organisations_of,
)
from propositions.services import add_segment, archive_segment
from propositions.services.segments import InUseError
from tests.partnerships.factories import NeedFactory, OrganisationFactory
from tests.propositions.factories import PropositionFactory, SegmentFactory
from ui.models import SavedView

pytestmark = pytest.mark.django_db

CARE = {"name": "Care providers", "sector": "R", "within": "25"}


@pytest.fixture
def firms(school):
    return [
        OrganisationFactory(nace_section="R", nace_division="87", distance_km=4),
        OrganisationFactory(nace_section="R", nace_division="86", distance_km=40),
        OrganisationFactory(nace_section="C", distance_km=4),
        OrganisationFactory(nace_section="R", nace_division="87", distance_km=4, archived=True),
    ]


@pytest.fixture
def signed_in(client_for, coordinator):
    return client_for(coordinator)


def page(response):
    return " ".join(response.content.decode().split())


def test_query_keeps_what_narrows_in_a_fixed_order():
    params = QueryDict("within=25&sector=R&sort=-name&after=x&town=&owner=me&archived=on&csrfmiddlewaretoken=y&name=Z")

    assert checked_query(params) == "sector=R&within=25"


@pytest.mark.parametrize("query", ["sector=ZZ", "within=far", "status=nowhere", "within=-3"])
def test_query_that_makes_no_sense_is_refused(query):
    with pytest.raises(FilterError) as refused:
        checked_query(QueryDict(query))

    assert len(refused.value.names) == 1


def test_firms_are_those_of_the_list_of_partners(firms, signed_in):
    segment = SegmentFactory(query="sector=R&within=25")

    listed = signed_in.get(f"/partners/?{segment.query}")

    assert list(organisations_of(segment)) == [firms[0]]
    assert firms[0].name in page(listed)
    assert firms[1].name not in page(listed)


@pytest.mark.parametrize(
    ("query", "count", "is_all"),
    [("sector=R", 2, False), ("", 3, True), ("within=90", 3, True), ("sector=A", 0, False)],
)
def test_members_are_counted_live(firms, query, count, is_all):
    members = members_under(query)

    assert (members.count, members.is_all, members.is_none) == (count, is_all, count == 0)


def test_empty_school_is_nobody_not_everybody(school):
    assert (members_under("").is_none, members_under("").is_all) == (True, False)


def test_several_segments_are_counted_in_one_query(firms, django_assert_num_queries):
    segments = [SegmentFactory(query=query) for query in ("sector=R", "sector=R&within=25", "sector=A", "q=firm")]

    with django_assert_num_queries(1):
        counts = counts_of(segments)

    assert [counts[segment.pk] for segment in segments] == [2, 1, 0, 3]
    assert counts_of([]) == {}


def test_chips_say_the_filter_in_words():
    assert [chip.label for chip in chips_under("sector=R&within=25")] == ["Sector: R, all of it", "Within 25 km"]


def test_needs_are_those_of_its_firms(firms):
    NeedFactory(organisation=firms[0], kind="recruitment", headcount=6)
    NeedFactory(organisation=firms[1], kind="recruitment", headcount=3)
    NeedFactory(organisation=firms[2], kind="training_requirement", headcount=90)
    NeedFactory(organisation=firms[0], kind="training_requirement", headcount=None)

    wanted = needs_of(SegmentFactory(query="sector=R"))

    assert [(one.needs, one.people) for one in wanted] == [(2, 9), (1, 0)]


def test_segment_is_counted_without_being_saved_and_then_saved(firms, signed_in):
    url = reverse("propositions:segment_add")

    counted = signed_in.post(url, CARE | {"count": "1"})

    assert not Segment.objects.exists()
    assert '<a class="td-big" href="/partners/?sector=R&amp;within=25">1</a>' in page(counted)
    saved = signed_in.post(url, CARE)
    segment = Segment.objects.get()
    assert (segment.name, segment.query) == ("Care providers", "sector=R&within=25")
    assert saved.url == segment.get_absolute_url()


@pytest.mark.parametrize(
    ("filters", "warning"),
    [({"sector": "A"}, "No firm on file matches"), ({"sector": ""}, "Every firm on file matches")],
    ids=["nobody", "everybody"],
)
def test_segment_of_nobody_or_everybody_needs_a_tick(firms, signed_in, filters, warning):
    url = reverse("propositions:segment_add")
    data = {"name": "Odd", **filters}

    refused = signed_in.post(url, data)

    assert refused.status_code == 422
    assert warning in page(refused)
    assert 'value="Odd"' in page(refused)
    assert not Segment.objects.exists()
    assert signed_in.post(url, data | {"anyway": "on"}).status_code == 302
    assert warning in page(signed_in.get(Segment.objects.get().get_absolute_url()))


def test_senseless_filter_is_named_and_nothing_saved(firms, signed_in):
    refused = signed_in.post(reverse("propositions:segment_add"), CARE | {"within": "far"})

    assert refused.status_code == 422
    assert "Distance in km" in page(refused)
    assert not Segment.objects.exists()


def test_name_is_there_once(firms, signed_in):
    SegmentFactory(name="care PROVIDERS")

    refused = signed_in.post(reverse("propositions:segment_add"), CARE)

    assert refused.status_code == 422
    assert "There is a segment of this name already." in page(refused)


def test_saved_view_of_partners_begins_a_segment(firms, signed_in, coordinator):
    SavedView.objects.create(
        owner=coordinator, list_key="partnerships.organisations", name="Care", query="sector=R&owner=me"
    )

    begun = page(signed_in.get(reverse("propositions:segment_add")))
    opened = page(signed_in.get(f"{reverse('propositions:segment_add')}?sector=R&owner=me"))

    assert "?sector=R&amp;owner=me" in begun
    assert 'value="R" selected' in opened
    assert "firms match today" in opened


def test_change_keeps_the_filter_unless_it_is_changed(firms, signed_in):
    segment = SegmentFactory(query="sector=R&within=25")
    url = reverse("propositions:segment_change", args=[segment.pk])
    assert 'value="R" selected' in page(signed_in.get(url))

    signed_in.post(url, {"name": "Care", "sector": "R", "version": segment.version})
    stale = signed_in.post(url, {"name": "Other", "sector": "R", "version": segment.version})

    segment.refresh_from_db()
    assert (segment.name, segment.query) == ("Care", "sector=R")
    assert stale.status_code == 409


def test_segment_in_use_stays(coordinator):
    sheet = PropositionFactory()

    with pytest.raises(InUseError):
        archive_segment(segment=sheet.segment, by=coordinator)

    sheet.status = "retired"
    sheet.save()
    assert archive_segment(segment=sheet.segment, by=coordinator).archived_at


def test_service_checks_the_filter_too(coordinator):
    with pytest.raises(FilterError):
        add_segment(changes={"name": "Odd"}, query="sector=ZZ", by=coordinator)

    assert Organisation.objects.count() == 0
