"""The whole transition table of a lifecycle, allowed and refused; for the tests of every app that has one."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from roadmap.lifecycle import HasLifecycle, TransitionRefusedError, Transitions, may_move, move


def every_move(statuses: Iterable[str]) -> list[tuple[str, str]]:
    """Return all pairs of states, for `pytest.mark.parametrize("before, after", every_move(Status))`."""
    known = [str(status) for status in statuses]
    return [(before, after) for before in known for after in known]


def check_move(make: Callable[[str], HasLifecycle], transitions: Transitions, before: str, after: str) -> None:
    """Assert that a record in `before` goes to `after` exactly if the table says so, and else stays what it was."""
    record = make(before)

    if after in transitions.get(before, ()):
        assert may_move(record, to=after)
        move(record, to=after)
        assert record.status == after
    else:
        assert not may_move(record, to=after)
        with pytest.raises(TransitionRefusedError):
            move(record, to=after)
        assert record.status == before


def check_table(transitions: Transitions, statuses: Iterable[Any], *, start: Any) -> None:
    """Assert that the table names states that exist, all of them, and that each can be reached from the start."""
    known = set(statuses)
    named = set(transitions) | {after for row in transitions.values() for after in row}
    reached, seen = {start}, set[Any]()
    while reached - seen:
        here = (reached - seen).pop()
        seen.add(here)
        reached |= set(transitions.get(here, ()))

    assert named <= known
    assert reached == known
