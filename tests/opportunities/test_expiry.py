"""What runs out, and what does not."""

import pytest
from django.utils import timezone

from opportunities.enums import AnswerKind, ProposalStatus
from opportunities.models import Proposal
from opportunities.services import Answer, expire_due, record_answer
from opportunities.tasks import sweep
from partnerships.models import TimelineEvent
from tests.opportunities.factories import day

pytestmark = pytest.mark.django_db


def test_sweep_lets_run_out_what_is_over_once(sent, coordinator):
    Proposal.objects.update(valid_until=day(-1))

    sweep()
    sweep()

    sent.refresh_from_db()
    assert sent.status == ProposalStatus.EXPIRED
    assert TimelineEvent.objects.filter(kind="opportunities.expired").count() == 1


@pytest.mark.parametrize("days", [0, 1])
def test_sweep_leaves_the_last_day_and_later_ones(sent, days):
    Proposal.objects.update(valid_until=day(days))

    assert expire_due(today=timezone.localdate()) == 0


def test_sweep_leaves_what_waits_for_us(sent, coordinator):
    record_answer(proposal=sent, answer=Answer(AnswerKind.CHANGES, 1, "Later"), by=coordinator)
    Proposal.objects.update(valid_until=day(-1))

    assert expire_due(today=timezone.localdate()) == 0


def test_sweep_with_nothing_to_do_makes_one_query(sent, django_assert_num_queries):
    with django_assert_num_queries(1):
        expire_due(today=timezone.localdate())


def test_what_ran_out_is_offered_anew_as_the_next_round(sent, next_round):
    Proposal.objects.update(valid_until=day(-1))
    sweep()

    again = next_round(sent)

    assert (again.status, again.round, again.valid_until) == (ProposalStatus.SENT, 2, day(30))
    assert again.first_sent_on == timezone.localdate()
