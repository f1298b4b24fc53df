"""Moves between the states of a record. Each status enum has a TRANSITIONS table beside it; services call `move`."""

from collections.abc import Collection, Mapping
from typing import Protocol

Transitions = Mapping[str, Collection[str]]


class HasLifecycle(Protocol):
    status: str

    @property
    def transitions(self) -> Transitions: ...


class TransitionRefusedError(Exception):
    """The record may not go from where it is to where it should."""

    def __init__(self, record: HasLifecycle, to: str) -> None:
        super().__init__(f"{type(record).__name__} may not go from {record.status} to {to}")
        self.record = record
        self.to = to


def may_move(record: HasLifecycle, *, to: str) -> bool:
    return to in record.transitions.get(record.status, ())


def move(record: HasLifecycle, *, to: str) -> None:
    """Set the status if its table allows; the caller holds the row lock and saves. Raises TransitionRefusedError."""
    if not may_move(record, to=to):
        raise TransitionRefusedError(record, to)
    record.status = to
