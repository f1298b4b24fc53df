"""Two at once: one of them wins and the other is told."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from mailing.models import Message
from mailing.services import LinkClosedError
from opportunities.enums import AnswerKind, DecisionReason
from opportunities.models import Placement, Proposal, ProposalAnswer, ProposalLink
from opportunities.services import (
    AlreadyDecidedError,
    Answer,
    NothingToSendError,
    NotOpenForAnswerError,
    NotWritableError,
    PlacementRefusedError,
    StaleRoundError,
    answer_by_link,
    draft_proposal,
    plan_placement,
    send_proposal,
    start_round,
    withdraw_proposal,
)
from roadmap.lifecycle import TransitionRefusedError
from tests.opportunities.factories import OpeningFactory, StudentFactory, day, drafted
from tests.partnerships.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

ROUNDS = pytest.mark.parametrize("rounds", [5, pytest.param(60, marks=pytest.mark.slow)])
REFUSALS = (
    AlreadyDecidedError,
    LinkClosedError,
    NotOpenForAnswerError,
    NotWritableError,
    NothingToSendError,
    PlacementRefusedError,
    StaleRoundError,
    TransitionRefusedError,
)


def _at_once(*acts: Callable[[], object]) -> list[object]:
    """Run acts at the same moment; return what each returned or raised."""
    gate, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(at):
        gate.wait()
        try:
            outcomes[at] = acts[at]()
        except REFUSALS as refusal:
            outcomes[at] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _sent(coordinator):
    proposal = send_proposal(proposal=drafted(coordinator), by=coordinator)
    return proposal, ProposalLink.objects.get(version__proposal=proposal)


def _accept(link):
    return lambda: answer_by_link(link=link, answer=Answer(AnswerKind.ACCEPTED, 1))


@ROUNDS
def test_accept_against_a_new_round_has_one_winner(coordinator, rounds):
    for _round in range(rounds):
        proposal, link = _sent(coordinator)
        start_round(proposal=proposal, by=coordinator)
        proposal.versions.filter(sent_at=None).update(valid_until=day(30))

        accepting, sending = _at_once(
            _accept(link), lambda proposal=proposal: send_proposal(proposal=proposal, by=coordinator)
        )

        proposal.refresh_from_db()
        won = isinstance(accepting, Proposal)
        assert won != isinstance(sending, Proposal)
        assert type(sending if won else accepting) is (NotWritableError if won else StaleRoundError)
        assert (proposal.status, proposal.round) == (("accepted", 1) if won else ("sent", 2))
        assert ProposalAnswer.objects.filter(version__proposal=proposal).count() == won


@ROUNDS
def test_accept_and_decline_at_once_leave_one_answer(coordinator, rounds):
    for _round in range(rounds):
        proposal, link = _sent(coordinator)
        no = Answer(AnswerKind.DECLINED, 1, "", DecisionReason.PRICE)

        outcomes = _at_once(_accept(link), lambda link=link, no=no: answer_by_link(link=link, answer=no))

        proposal.refresh_from_db()
        given = ProposalAnswer.objects.get(version__proposal=proposal)
        assert given.kind == proposal.status
        assert sum(isinstance(outcome, Proposal) for outcome in outcomes) == 1


@ROUNDS
def test_accept_against_withdraw_has_one_winner(coordinator, rounds):
    for _round in range(rounds):
        proposal, link = _sent(coordinator)

        accepting, withdrawing = _at_once(
            _accept(link), lambda proposal=proposal: withdraw_proposal(proposal=proposal, by=coordinator)
        )

        proposal.refresh_from_db()
        assert isinstance(accepting, Proposal) != isinstance(withdrawing, Proposal)
        assert proposal.status == ("accepted" if isinstance(accepting, Proposal) else "withdrawn")


@ROUNDS
def test_two_tabs_send_one_mail(coordinator, rounds):
    for _round in range(rounds):
        proposal = drafted(coordinator)

        outcomes = _at_once(*[lambda proposal=proposal: send_proposal(proposal=proposal, by=coordinator)] * 2)

        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NothingToSendError", "Proposal"]
        assert Message.objects.filter(cause_id=proposal.versions.get().pk, kind="opportunities.proposal").count() == 1


@ROUNDS
def test_two_tabs_begin_one_round(coordinator, rounds):
    for _round in range(rounds):
        proposal, _link = _sent(coordinator)

        _at_once(*[lambda proposal=proposal: start_round(proposal=proposal, by=coordinator)] * 2)

        assert list(proposal.versions.values_list("no", flat=True)) == [1, 2]


@ROUNDS
def test_the_last_place_is_given_once(coordinator, rounds):
    for _round in range(rounds):
        opening = OpeningFactory(places=1)
        students = [StudentFactory(programme=opening.programme) for _nth in range(3)]

        outcomes = _at_once(
            *(
                lambda student=student, opening=opening: plan_placement(
                    student=student,
                    opening=opening,
                    starts_on=opening.starts_on,
                    ends_on=opening.ends_on,
                    by=coordinator,
                )
                for student in students
            )
        )

        opening.refresh_from_db()
        assert sum(isinstance(outcome, Placement) for outcome in outcomes) == 1
        assert (opening.taken, opening.placements.count()) == (1, 1)


@ROUNDS
def test_a_student_gets_one_of_two_places_at_once(coordinator, rounds):
    for _round in range(rounds):
        first = OpeningFactory()
        second = OpeningFactory(programme=first.programme)
        student = StudentFactory(programme=first.programme)

        _at_once(
            *(
                lambda opening=opening, student=student: plan_placement(
                    student=student,
                    opening=opening,
                    starts_on=opening.starts_on,
                    ends_on=opening.ends_on,
                    by=coordinator,
                )
                for opening in (first, second)
            )
        )

        assert student.placements.count() == 1


def test_proposals_begun_at_once_have_numbers_of_their_own(coordinator):
    partners = [OrganisationFactory() for _n in range(6)]

    made = _at_once(
        *(
            lambda partner=partner: draft_proposal(organisation=partner, title="Places", by=coordinator)
            for partner in partners
        )
    )

    assert len({proposal.number for proposal in made}) == 6
