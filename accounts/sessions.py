"""How long a session lasts: an hour without use, twelve hours in any case."""

import datetime as dt

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from accounts.http import Request

STARTED_KEY = "signed_in_at"
SEEN_KEY = "seen_at"
SEEN_EVERY = 60  # seconds: a session is written at most this often for having been used


def signed_in_at(request: Request) -> dt.datetime | None:
    started = request.session.get(STARTED_KEY)
    return dt.datetime.fromtimestamp(started, dt.UTC) if started else None


def note_use(session: SessionBase, now: dt.datetime) -> bool:
    """Note that a signed-in session is used; return whether it may be used any longer."""
    moment = now.timestamp()
    started = session.setdefault(STARTED_KEY, moment)
    seen = session.setdefault(SEEN_KEY, moment)
    if moment - started > settings.SESSION_ABSOLUTE_AGE or moment - seen > settings.SESSION_COOKIE_AGE:
        return False
    if moment - seen >= SEEN_EVERY:
        session[SEEN_KEY] = moment
    return True


def was_lost(request: Request) -> bool:
    """Whether the browser believes in a session that is over."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.session_key is None
