"""One look at a page: what several parts of it ask for is worked out once.

A GET never writes, so what it has worked out holds until its answer stands.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

Found = TypeVar("Found")

_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("what this look has worked out", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Let `once` keep what it works out until the end of the block."""
    outer = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(outer)


def once(key: Hashable, work: Callable[[], Found]) -> Found:
    """Return what `work` finds; within one look it is asked once for each key, which begins with the app's name."""
    kept = _kept.get()
    if kept is None:
        return work()
    if key not in kept:
        kept[key] = work()
    return cast("Found", kept[key])
