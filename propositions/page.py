"""What the page of a value sheet shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from accounts.models import User
from goals.models import Programme
from propositions import rules
from propositions.enums import PropositionStatus
from propositions.models import Proposition
from propositions.segments import chips_under, members_under, needs_of
from propositions.sheets import arguments_of, reading_of

ACTS = {
    "write": rules.can_write,
    "decide": rules.can_decide,
    "send_back": rules.can_send_back,
    "publish": rules.can_publish,
    "retire": rules.can_retire,
}


def sheet_page(sheet: Proposition, *, user: User, today: dt.date) -> dict[str, Any]:
    """Gather the editor: whom the sheet is for, what it says, what keeps a benefit off the page, what may be done."""
    arguments = arguments_of(sheet, on=today)
    return {
        "sheet": sheet,
        "segment": sheet.segment,
        "members": members_under(sheet.segment.query),
        "chips": chips_under(sheet.segment.query),
        "needs": needs_of(sheet.segment),
        "worries": [line for line in sheet.segment.pains.splitlines() if line.strip()],
        "arguments": arguments,
        "shown": sum(argument.is_shown for argument in arguments),
        "reading": reading_of(sheet, arguments),
        "successor": sheet.successors.exclude(status=PropositionStatus.RETIRED).first(),
        "is_late": bool(sheet.review_by and sheet.review_by < today and sheet.status == PropositionStatus.PUBLISHED),
        "may": {name: is_open(user, sheet) for name, is_open in ACTS.items()},
        "may_begin": rules.can_edit(user) and sheet.status in {PropositionStatus.PUBLISHED, PropositionStatus.RETIRED},
    }


def sheets_by_programme(programmes: Iterable[Programme]) -> dict[int, list[Proposition]]:
    """Return what is in use or on its way for each programme, the newest state first; one query."""
    rows = Proposition.objects.current().filter(programme__in=[programme.pk for programme in programmes])
    found: dict[int, list[Proposition]] = {}
    for sheet in rows.only("headline", "status", "edition", "programme_id").order_by("-status_since"):
        found.setdefault(sheet.programme_id or 0, []).append(sheet)
    return found
