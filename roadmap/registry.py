"""What the stages contribute to one another.

Each app may have a `stage.py` with a list `slots` of frozen dataclasses; `of(Kind)` returns all of one kind in
stage order. A lower app thus shows what a higher one offers without knowing it.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TypeVar

from django.conf import settings

T = TypeVar("T")


@cache
def contributions() -> tuple[object, ...]:
    """Return every slot of every app, lowest app first."""
    modules = [f"{app}.stage" for app in settings.TANDEM_APPS if find_spec(f"{app}.stage")]
    return tuple(slot for module in modules for slot in import_module(module).slots)


@cache
def of(kind: type[T]) -> tuple[T, ...]:
    """Return the slots of one kind in stage order."""
    return tuple(slot for slot in contributions() if isinstance(slot, kind))
