"""What the school offers a partner, and the places that come of it."""

from opportunities.models.placements import Opening, OpeningQuerySet, Placement, PlacementQuerySet, Student
from opportunities.models.proposals import (
    ITEM_TERMS,
    SIDES,
    Proposal,
    ProposalAnswer,
    ProposalItem,
    ProposalLink,
    ProposalQuerySet,
    ProposalVersion,
)

__all__ = [
    "ITEM_TERMS",
    "SIDES",
    "Opening",
    "OpeningQuerySet",
    "Placement",
    "PlacementQuerySet",
    "Proposal",
    "ProposalAnswer",
    "ProposalItem",
    "ProposalLink",
    "ProposalQuerySet",
    "ProposalVersion",
    "Student",
]
