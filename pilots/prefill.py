"""What a new pilot starts from: an accepted proposal, or the pilot before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.utils.translation import gettext as _

from opportunities.enums import ProposalStatus
from opportunities.models import Proposal, ProposalItem
from partnerships.models import Organisation
from pilots.enums import PilotStatus
from pilots.models import CRITERION_FIELDS, Pilot

KEPT = ("kind", "programme", "contact", "hypothesis_if", "hypothesis_then", "hypothesis_because", "place", "students")
KEPT_FIGURES = ("hours_school_planned", "hours_business_planned", "budget_planned")
REPEATED = {PilotStatus.EXTENDED, PilotStatus.REVISED}


@dataclass(frozen=True)
class Start:
    """Whom a new pilot is with, and what its form shows already."""

    organisation: Organisation
    proposal: Proposal | None = None
    follows: Pilot | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    criteria: list[dict[str, Any]] = field(default_factory=list)


def from_proposal(proposal: Proposal) -> Start:
    """Take over title, programme, days, hours and money of what was accepted."""
    items = accepted_items(proposal)
    first = [item.starts_on for item in items if item.starts_on]
    last = [item.ends_on for item in items if item.ends_on]
    fields: dict[str, Any] = {
        "title": (_("Pilot: %(title)s") % {"title": proposal.title})[:160],
        "contact": proposal.contact_id,
        "programme": next((item.programme_id for item in items if item.programme_id), None),
        "starts_on": min(first, default=None),
        "ends_on": max(last, default=None),
        "hours_school_planned": _up(item.hours_school for item in items),
        "hours_business_planned": _up(item.hours_business for item in items),
        "budget_planned": sum((item.money_school for item in items), Decimal(0)),
    }
    return Start(proposal.organisation, proposal=proposal, fields=fields)


def accepted_items(proposal: Proposal) -> list[ProposalItem]:
    """Return the points of the round that was accepted: the last one sent."""
    if proposal.status != ProposalStatus.ACCEPTED:
        return []
    version = proposal.versions.exclude(sent_at=None).order_by("-no").first()
    return list(version.items.select_related("programme")) if version else []


def _up(hours: Iterable[Decimal]) -> int:
    return int(sum(hours, Decimal(0)).to_integral_value(ROUND_CEILING))


def next_round(pilot: Pilot) -> Start:
    """Take over the plan of a pilot that is extended or revised; the days and results are new."""
    fields = {name: getattr(pilot, name) for name in (*KEPT, *KEPT_FIGURES)}
    title = _("%(title)s, next round") % {"title": pilot.title}
    fields |= {"title": title[:160], "owner": pilot.owner_id}
    fields |= {"programme": pilot.programme_id, "contact": pilot.contact_id}
    criteria = [{name: getattr(row, name) for name in CRITERION_FIELDS} for row in pilot.criteria.all()]
    return Start(pilot.organisation, follows=pilot, fields=fields, criteria=criteria)
