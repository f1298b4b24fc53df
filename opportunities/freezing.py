"""What a round says, as data with a fingerprint: so that one can prove what was sent."""

import hashlib
import json
from typing import Any

from opportunities.models import ITEM_TERMS, SIDES, ProposalItem, ProposalVersion


def contents_of(version: ProposalVersion) -> dict[str, Any]:
    """Return all that a partner reads of a round; two queries at most."""
    proposal = version.proposal
    return {
        "number": proposal.number,
        "round": version.no,
        "partner": proposal.organisation.name,
        "title": version.title,
        "intro": version.intro,
        "changes": version.changes,
        "valid_until": version.valid_until,
        "currency": proposal.currency,
        "items": [_item(item) for item in version.items.select_related("offer_type", "programme")],
    }


def _item(item: ProposalItem) -> dict[str, Any]:
    values = {name: getattr(item, name) for name in ("line", *ITEM_TERMS)}
    for name in SIDES:
        values[name] = f"{values[name]:.2f}"
    return values | {"programme": str(item.programme or "")}


def fingerprint_of(version: ProposalVersion) -> str:
    """Return the SHA-256 of a round's contents, written the same way each time."""
    text = json.dumps(contents_of(version), default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_untouched(version: ProposalVersion) -> bool:
    """Whether a sent round still says what it said when it was sent."""
    return version.is_sent and fingerprint_of(version) == version.sha256
