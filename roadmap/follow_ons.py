"""What may grow out of a record, as the apps above it offer."""

from dataclasses import dataclass

from django.db.models import Model

from accounts.models import User
from roadmap import registry
from roadmap.slots import FollowOn, Words


@dataclass(frozen=True)
class Offer:
    label: Words
    icon: str
    url: str


def follow_ons(user: User, record: Model) -> list[Offer]:
    """Return what this user may begin from this record, in order."""
    open_to = [
        slot for slot in registry.of(FollowOn) if isinstance(record, slot.source) and slot.shown_to(user, record)
    ]
    return [Offer(slot.label, slot.icon, slot.url(record)) for slot in sorted(open_to, key=lambda slot: slot.order)]
