"""How many of the places that programmes need are secured, as the app that knows says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goals.models import Programme
from goals.slots import PlacesSecured
from roadmap import registry
from roadmap.slots import Words

LOW = 0.4


@dataclass(frozen=True)
class Places:
    """A programme's places: how many it needs and how many are secured."""

    needed: int
    secured: int

    @property
    def missing(self) -> int:
        return max(self.needed - self.secured, 0)

    @property
    def css(self) -> str:
        return "is-warn" if self.needed and self.secured < LOW * self.needed else ""


@dataclass(frozen=True)
class PlacesOf:
    """The places of some programmes, under the name that the app that counts them gives."""

    label: Words
    by_programme: dict[int, Places]


def places_of(programmes: Sequence[Programme]) -> PlacesOf | None:
    """Return the places of these programmes in one query; None where no app counts them."""
    for slot in registry.of(PlacesSecured):
        counts = slot.counts([programme.pk for programme in programmes])
        found = {one.pk: Places(one.places_needed, counts.get(one.pk, 0)) for one in programmes}
        return PlacesOf(slot.label, found)
    return None
