"""Facts on the organisation's row: the only writer, and the check that nothing drifted."""

import logging
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction

from partnerships.models import Organisation
from partnerships.slots import FactSource
from roadmap import registry

SLICE = 500

logger = logging.getLogger(__name__)


def facts_of(ids: list[int]) -> dict[int, dict[str, Any]]:
    """Return every fact of these organisations, worked out anew from the records of all stages."""
    facts: dict[int, dict[str, Any]] = {pk: {} for pk in ids}
    for source in registry.of(FactSource):
        for pk, values in source.facts(ids).items():
            facts[pk] |= values
    return facts


def fact_fields() -> list[str]:
    """Return the columns that some stage fills."""
    return sorted({name for source in registry.of(FactSource) for name in source.fields})


@transaction.atomic
def refresh_facts(*organisation_ids: int) -> None:
    """Write the facts of these organisations, in the caller's transaction; thousands at once are read in slices."""
    for ids in _slices(sorted(set(organisation_ids))):
        _repair(ids)


def check_facts() -> int:
    """Compare the facts of every organisation with the records behind them, report what drifted and repair it.

    Returns how many rows were wrong. Each slice is a short transaction of its own, so nobody waits for the whole.
    """
    if not fact_fields():
        return 0
    wrong = 0
    everyone = Organisation.objects.order_by("pk").values_list("pk", flat=True)
    for ids in _slices(everyone.iterator(chunk_size=SLICE)):
        with transaction.atomic():
            drifted = _repair(ids)
        wrong += len(drifted)
        for pk, fields in drifted.items():
            logger.warning("Facts of organisation %s had drifted: %s", pk, ", ".join(fields))
    return wrong


def _repair(ids: list[int]) -> dict[int, list[str]]:
    """Lock these rows, write the facts that differ, and return their fields by row."""
    fields = fact_fields()
    rows = Organisation.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").only("pk", *fields)
    locked = {row.pk: row for row in rows}
    drifted = {}
    for pk, facts in facts_of(list(locked)).items():
        differing = [name for name, value in facts.items() if getattr(locked[pk], name) != value]
        if differing:
            drifted[pk] = differing
            Organisation.objects.filter(pk=pk).update(**{name: facts[name] for name in differing})
    return drifted


def _slices(ids: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(ids)
    while taken := list(islice(remaining, SLICE)):
        yield taken
