"""The signed document's words: what was signed, by whom, and the record of how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

from accounts.services import current_school
from agreements.document import Contents
from agreements.enums import EvidenceKind
from agreements.models import EvidenceEntry, IssuedDocument, Signatory


def signed_contents(
    document: IssuedDocument, signatories: Iterable[Signatory], entries: Iterable[EvidenceEntry]
) -> Contents:
    """Return the contents that were signed, with signatures and record behind them."""
    people = list(signatories)
    return {
        **document.contents,
        "signatures": [_signature(person) for person in people],
        "signed_state": _state(people),
        "record": {
            "fingerprint": document.sha256,
            "entries": [_line(entry) for entry in entries],
        },
    }


def local(at: dt.datetime) -> str:
    return dateformat.format(timezone.localtime(at, current_school().zone), "j F Y, H:i")


def _state(people: list[Signatory]) -> str:
    zone = current_school().zone
    days = sorted({timezone.localtime(person.signed_at, zone).date() for person in people if person.signed_at})
    words = [dateformat.format(day, "j F Y") for day in days]
    if len(words) == 1:
        return _("Signed by both sides on %(day)s") % {"day": words[0]}
    return _("Signed by both sides between %(first)s and %(last)s") % {"first": words[0], "last": words[-1]}


def _signature(person: Signatory) -> dict[str, Any]:
    return {
        "party": person.party,
        "invited": person.name if person.has_other_name else "",
        "name": person.signed_name,
        "capacity": person.signed_capacity,
        "at": local(person.signed_at) if person.signed_at else "",
    }


def _line(entry: EvidenceEntry) -> dict[str, str]:
    return {
        "at": local(entry.at),
        "utc": f"{entry.at.astimezone(dt.UTC):%H:%M:%S}",
        "what": str(EvidenceKind(entry.kind).label),
        "who": ", ".join(filter(None, [entry.who, entry.detail])),
        "ip": entry.ip or "",
    }
