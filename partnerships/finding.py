"""What of partners the search page finds: firms and people, by half a word, part of an address, figures of a number."""

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from partnerships.enums import STAGE_OF_STATUS, Status
from partnerships.models import Contact, Organisation
from roadmap.search import fold, is_short, matching
from roadmap.slots import SearchHit


def find_organisations(user: User, words: list[str], limit: int) -> list[SearchHit]:
    """Those whose name begins with the first word come first; one query for them, one for the rest.

    One or two letters find only those: no index holds what is so short in the middle of a word.
    """
    found = matching(Organisation.objects.on_file(), " ".join(words)).for_list().order_by("name_folded", "pk")
    begins = Q(name_folded__startswith=fold(words[0]))
    rows = list(found.filter(begins)[:limit])
    if not is_short(words):
        rows += found.exclude(begins)[: limit - len(rows)]
    return [
        SearchHit(
            title=row.name,
            detail=" · ".join(str(part) for part in (row.trade_words, row.town) if part),
            url=row.get_absolute_url(),
            icon="building-store",
            stage=row.stage,
            chip=row.get_status_display(),
        )
        for row in rows
    ]


def find_people(user: User, words: list[str], limit: int) -> list[SearchHit]:
    """People who still work there, with the firm; from three letters on."""
    if is_short(words):
        return []
    found = matching(Contact.objects.here().filter(organisation__archived_at=None), " ".join(words))
    rows = found.select_related("organisation").order_by("name", "pk")[:limit]
    return [
        SearchHit(
            title=person.name,
            detail=", ".join(part for part in (person.organisation.name, person.job_title, person.phone) if part),
            url=person.get_absolute_url(),
            icon="user",
            stage=STAGE_OF_STATUS.get(Status(person.organisation.status)),
        )
        for person in rows
    ]


def all_organisations(query: str) -> str:
    return f"{reverse('partnerships:list')}?{urlencode({'q': query})}"
