"""What feedback has taught, for those who look for the goals of a year."""

import pytest

from evaluation.assessing import FINDINGS, MOST
from evaluation.enums import FindingStatus
from tests.evaluation.factories import FindingFactory

pytestmark = pytest.mark.django_db


def test_findings_not_declined_are_offered_much_for_little_first(school):
    small = FindingFactory(statement="A longer briefing", severity=1, effort=4)
    big = FindingFactory(statement="A safety briefing", severity=4, effort=1, status=FindingStatus.ACCEPTED)
    FindingFactory(status=FindingStatus.DECLINED, declined_reason="No", severity=4)

    found = FINDINGS.entries(school, 10)

    assert [(entry.key, entry.title) for entry in found] == [
        (str(big.pk), "A safety briefing"),
        (str(small.pk), "A longer briefing"),
    ]


def test_few_findings_are_offered_in_two_queries(school, django_assert_num_queries):
    FindingFactory.create_batch(MOST + 3)

    with django_assert_num_queries(2):
        assert len(FINDINGS.entries(school, 10)) == MOST
