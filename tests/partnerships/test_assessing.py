"""What firms asked for, for those who look for the goals of a year."""

import pytest

from goals.enums import Category
from partnerships.assessing import NEEDS
from partnerships.enums import NeedKind, NeedStatus, Urgency
from tests.partnerships.factories import NeedFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_open_needs_are_told_by_kind_most_people_first(school):
    firm = OrganisationFactory()
    for title, urgency in (("Care staff, also nights", Urgency.NOW), ("Drivers", Urgency.LATER)):
        NeedFactory(organisation=firm, kind=NeedKind.RECRUITMENT, title=title, headcount=4, urgency=urgency)
    NeedFactory(kind=NeedKind.HOSTING, title="Would host two", headcount=2, urgency=Urgency.LATER)
    NeedFactory(kind=NeedKind.GREEN, headcount=99, status=NeedStatus.ADDRESSED)

    found = NEEDS.entries(school, 10)

    assert [(entry.key, entry.figure, entry.category) for entry in found] == [
        (NeedKind.RECRUITMENT, "8", Category.WORKFORCE_SOLUTIONS),
        (NeedKind.HOSTING, "2", Category.JOB_PLACEMENT),
    ]
    assert found[0].detail == "1 firm, 1 says now: “Care staff, also nights”, “Drivers”"


def test_needs_without_a_number_of_people_show_none(school):
    NeedFactory(headcount=None)

    assert NEEDS.entries(school, 10)[0].figure == ""


def test_needs_are_read_in_one_query(school, django_assert_num_queries):
    NeedFactory.create_batch(3)

    with django_assert_num_queries(1):
        NEEDS.entries(school, 10)
