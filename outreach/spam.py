"""What speaks for spam in a message. It is held back for a person to look at, never thrown away."""

import re

from outreach.enums import Suspicion

LINK = re.compile(r"https?://|\bwww\.|\[url|<a\s|&lt;a\s", re.IGNORECASE)
MOST_LINKS = 2
# So many from everybody within an hour is no ordinary day.
FLOOD = 60


def suspicion_of(text: str, *, is_trapped: bool, in_last_hour: int) -> Suspicion | None:
    """Return why a message is held back, or None for one that reads like a person’s."""
    if is_trapped:
        return Suspicion.TRAP
    if len(LINK.findall(text)) > MOST_LINKS:
        return Suspicion.LINKS
    return Suspicion.FLOOD if in_last_hour >= FLOOD else None
