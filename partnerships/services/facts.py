"""Facts on the organisation's row: the only writer, and the check that nothing drifted."""

from typing import Any

from partnerships.models import Organisation
from partnerships.slots import FactSource
from roadmap import registry


def facts_of(ids: list[int]) -> dict[int, dict[str, Any]]:
    """Return every fact of these organisations, worked out anew from the records of all stages."""
    facts: dict[int, dict[str, Any]] = {pk: {} for pk in ids}
    for source in registry.of(FactSource):
        for pk, values in source.facts(ids).items():
            facts[pk] |= values
    return facts


def refresh_facts(*organisation_ids: int) -> None:
    """Write the facts of these organisations, in the caller's transaction."""
    for pk, values in facts_of(list(organisation_ids)).items():
        if values:
            Organisation.objects.filter(pk=pk).update(**values)
