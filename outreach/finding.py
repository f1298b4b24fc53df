"""The partners somebody was in touch with last, and enquiries by who wrote."""

from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from outreach.models import Enquiry, Interaction
from partnerships.models import Organisation
from roadmap.search import matching
from roadmap.slots import SearchHit

RECENT = 8


def partners_of_late(user: User) -> list[Organisation]:
    """Return the partners that a colleague was in touch with last, the latest first."""
    recent = _recent(user)
    rows = Organisation.objects.on_file().only("name", "town", "trade", "status").in_bulk(recent)
    return [rows[pk] for pk in recent if pk in rows]


def _recent(user: User) -> list[int]:
    """Return the partners of a colleague's last two hundred interactions, the latest first; one query."""
    mine = Interaction.objects.kept().filter(by=user).order_by("-at", "-id")
    return list(dict.fromkeys(mine.values_list("organisation_id", flat=True)[:200]))[:RECENT]


def find_enquiries(_user: User, words: list[str], limit: int) -> list[SearchHit]:
    """Return enquiries by number, name or firm, the newest first; reports of a problem are no enquiries."""
    rows = matching(Enquiry.objects.all(), " ".join(words)).order_by("-received_at", "-id").defer("message", "results")
    return [
        SearchHit(
            title=f"{row.reference}: {row.sender}",
            detail=str(row.get_status_display()),
            url=row.get_absolute_url(),
            icon="inbox",
            stage=4,
        )
        for row in rows[:limit]
    ]


def all_enquiries(query: str) -> str:
    return f"{reverse('outreach:enquiries')}?{urlencode({'q': query, 'state': 'all'})}"
