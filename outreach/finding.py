"""Finding the partner that something is about."""

from accounts.models import User
from outreach.models import Interaction
from partnerships.models import Organisation
from roadmap.search import matching

FOUND = 20
RECENT = 8


def partners_for(user: User, query: str) -> list[Organisation]:
    """Return the partners that a query names; without one, those this colleague was in touch with last."""
    on_file = Organisation.objects.on_file().only("name", "town", "trade", "status")
    if query:
        return list(matching(on_file, query).order_by("name", "id")[:FOUND])
    recent = _recent(user)
    rows = on_file.in_bulk(recent)
    return [rows[pk] for pk in recent if pk in rows]


def _recent(user: User) -> list[int]:
    """Return the partners of a colleague's last two hundred interactions, the latest first; one query."""
    mine = Interaction.objects.kept().filter(by=user).order_by("-at", "-id")
    return list(dict.fromkeys(mine.values_list("organisation_id", flat=True)[:200]))[:RECENT]
