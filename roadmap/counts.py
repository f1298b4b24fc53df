"""The numbers beside the entries of the sidebar: counted at most once a minute and person, never beyond 10,000."""

from collections.abc import Iterable

from django.core.cache import cache
from django.utils.formats import number_format

from accounts.models import User
from roadmap.slots import Page

CAP = 10_000
KEPT_SECONDS = 60


def _key(user: User) -> str:
    return f"roadmap.counts.{user.pk}"


def counts_for(user: User, pages: Iterable[Page]) -> dict[str, int]:
    """Return the count of each page that has one, by the name of its URL; only what is not kept is counted."""
    kept: dict[str, int] = cache.get(_key(user), {})
    missing = {page.url_name: page.count(user) for page in pages if page.count and page.url_name not in kept}
    if missing:
        kept |= missing
        cache.set(_key(user), kept, KEPT_SECONDS)
    return kept


def forget_counts(user: User, *url_names: str) -> None:
    """Count these pages, or all, anew at the next look: the user has done something that the numbers show."""
    kept = cache.get(_key(user), {}) if url_names else {}
    left = {name: count for name, count in kept.items() if name not in url_names}
    cache.set(_key(user), left, KEPT_SECONDS)


def as_text(count: int) -> str:
    """Write a count; nothing for zero, “10,000+” from where counting stopped."""
    if not count:
        return ""
    shown = number_format(min(count, CAP), use_l10n=True, force_grouping=True)
    return f"{shown}+" if count > CAP else shown
