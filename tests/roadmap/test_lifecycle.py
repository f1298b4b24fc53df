"""Moving between states."""

from dataclasses import dataclass

import pytest

from roadmap.lifecycle import TransitionRefusedError, Transitions, move
from tests.roadmap.lifecycles import check_move, check_table, every_move

TABLE: Transitions = {"draft": {"sent"}, "sent": {"signed", "draft"}}
STATES = ["draft", "sent", "signed"]


@dataclass
class Record:
    status: str
    transitions: Transitions


@pytest.mark.parametrize(("before", "after"), every_move(STATES))
def test_move_follows_the_table(before, after):
    check_move(lambda status: Record(status, TABLE), TABLE, before, after)


def test_refusal_names_the_record_and_both_states():
    record = Record("signed", TABLE)

    with pytest.raises(TransitionRefusedError) as refused:
        move(record, to="draft")

    assert str(refused.value) == "Record may not go from signed to draft"
    assert (refused.value.record, refused.value.to) == (record, "draft")


def test_table_with_a_state_out_of_reach_is_found():
    check_table(TABLE, STATES, start="draft")
    with pytest.raises(AssertionError):
        check_table(TABLE, STATES, start="signed")
