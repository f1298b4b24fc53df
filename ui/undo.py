"""Undo is an act of its own behind a signed address that works for ten minutes."""

from typing import Any

from django.core import signing

LASTS = 600


def undo_token(act: str, **what: Any) -> str:
    """Sign what an undo needs to know, such as the record's key and its state before."""
    return signing.dumps(what, salt=f"ui.undo.{act}", compress=True)


def read_undo(act: str, token: str) -> dict[str, Any] | None:
    """Return what `undo_token` was given, or None when the address is too old or not ours."""
    try:
        return signing.loads(token, salt=f"ui.undo.{act}", max_age=LASTS)
    except signing.BadSignature:
        return None
