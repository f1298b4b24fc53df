"""The moment a public form was shown, signed: who answers within seconds, or a day later, is asked to send it again."""

import time
from dataclasses import dataclass
from enum import StrEnum

from django.core import signing
from django.utils.crypto import get_random_string

SALT = "outreach.contact"
TOO_FAST_SECONDS, TOO_OLD_SECONDS = 3, 24 * 3600


class Pace(StrEnum):
    """How long somebody took to fill a form in."""

    RIGHT = "right"
    TOO_FAST = "too_fast"
    TOO_OLD = "too_old"


@dataclass(frozen=True)
class Stamp:
    """When a copy of a form was shown, and the key by which that copy is acted on once."""

    text: str
    key: str
    at: float

    @property
    def pace(self) -> Pace:
        age = time.time() - self.at
        if age < TOO_FAST_SECONDS:
            return Pace.TOO_FAST
        return Pace.RIGHT if age <= TOO_OLD_SECONDS else Pace.TOO_OLD


def new_stamp(form: str) -> Stamp:
    key, at = get_random_string(22), time.time()
    return Stamp(signing.dumps({"key": key, "at": at}, salt=f"{SALT}.{form}"), key, at)


def read_stamp(form: str, text: str) -> Stamp | None:
    """Return the stamp that a form carries; None for one that is not ours or belongs to another form."""
    try:
        read = signing.loads(text, salt=f"{SALT}.{form}")
    except signing.BadSignature:
        return None
    return Stamp(text, read["key"], read["at"])
