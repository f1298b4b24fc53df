"""The record of an agreement: an append-only chain in which each line holds the hash of the one before.

The database refuses changes to lines (see the migration `evidence_guard`); `first_broken` finds one that somebody
changed behind its back.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from agreements.enums import EvidenceKind
from agreements.models import Agreement, EvidenceEntry

HASHED = ("position", "kind", "who", "detail", "ip", "user_agent", "document_sha256", "previous_hash")


@dataclass(frozen=True)
class Visitor:
    """Where a request came from, as far as anybody can tell."""

    ip: str | None = None
    user_agent: str = ""


NOBODY = Visitor()


def note(
    agreement: Agreement,
    kind: EvidenceKind,
    *,
    who: str,
    detail: str = "",
    document_sha256: str = "",
    visitor: Visitor = NOBODY,
    at: dt.datetime | None = None,
) -> EvidenceEntry:
    """Append a line; the caller holds the lock on the agreement, so that lines never share a position."""
    last = agreement.evidence.order_by("-position").first()
    entry = EvidenceEntry(
        agreement=agreement,
        position=last.position + 1 if last else 1,
        kind=kind,
        at=at or timezone.now(),
        who=who[:200],
        detail=detail,
        ip=visitor.ip,
        user_agent=visitor.user_agent[:300],
        document_sha256=document_sha256,
        previous_hash=last.hash if last else "",
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    return entry


def hash_of(entry: EvidenceEntry) -> str:
    """Return the SHA-256 over everything the line says and the hash of the line before it."""
    said = {name: getattr(entry, name) for name in HASHED}
    said |= {"agreement": entry.agreement_id, "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def first_broken(agreement: Agreement) -> EvidenceEntry | None:
    """Return the first line that is not as it was written, or does not follow on the line before; None if all are."""
    return broken_in(agreement.evidence.order_by("position"))


def broken_in(entries: Iterable[EvidenceEntry]) -> EvidenceEntry | None:
    """Check the lines of one agreement, in their order."""
    previous = ""
    for position, entry in enumerate(entries, start=1):
        if entry.hash != hash_of(entry) or entry.previous_hash != previous or entry.position != position:
            return entry
        previous = entry.hash
    return None
