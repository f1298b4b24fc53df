"""What a later stage may show on a pilot's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import School, User
from pilots.models import Pilot


@dataclass(frozen=True)
class PilotPanel:
    """A card beside a pilot: its feedback, its MOU. Stands in stage order, then by `order`.

    `context` returns None where there is nothing to show; a constant number of queries. The template sees the names of
    its context, the same as `panel`, and `pilot`, `user` and `school`.
    """

    key: str
    template: str
    context: Callable[[Pilot, User, School], dict[str, Any] | None]
    order: int = 0
