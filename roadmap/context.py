"""What every page shows around its content: the sidebar, the phone bar, “Log or add”."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from roadmap import registry
from roadmap.counts import as_text, counts_for
from roadmap.slots import Action, NavGroup, Page, PublicPage, Stage, Words

GROUP_LABELS: dict[NavGroup, Words] = {
    NavGroup.TOP: "",
    NavGroup.PREPARE: _("Prepare"),
    NavGroup.WORK: _("Work together"),
    NavGroup.LEARN: _("Learn"),
    NavGroup.BOTTOM: "",
}
UNLABELLED: dict[NavGroup, Words] = {NavGroup.TOP: _("Every day"), NavGroup.BOTTOM: _("School")}


@dataclass(frozen=True)
class Entry:
    """A page as the sidebar shows it."""

    label: Words
    url: str
    icon: str
    stage: int | None
    phone: bool
    current: bool
    count: str
    counts: Words
    hot: bool
    letter: str


@dataclass(frozen=True)
class Group:
    """Entries under a heading; `title` is what a group without one is called where all need a name."""

    label: Words
    title: Words
    entries: list[Entry]

    @property
    def beyond_phone_bar(self) -> list[Entry]:
        """What a phone finds on the page “More”."""
        return [entry for entry in self.entries if not entry.phone]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give templates `nav` and `actions`; neither costs anything where a page shows no sidebar."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"nav": [], "actions": []}
    return {
        "nav": SimpleLazyObject(lambda: groups(user, request.path)),
        "actions": SimpleLazyObject(lambda: actions(user)),
    }


@cache
def _address(url_name: str) -> str:
    """Return where a page is: these stand on every page, and their addresses have no arguments."""
    return reverse(url_name)


def pages_for(user: User) -> list[Page]:
    """Return the pages that stages declare and this user may see, in the order of the sidebar."""
    of_stages = [page for stage in registry.of(Stage) for page in stage.pages]
    shown = [page for page in (*registry.of(Page), *of_stages) if page.shown_to is None or page.shown_to(user)]
    return sorted(shown, key=lambda page: page.order)


def groups(user: User, path: str) -> list[Group]:
    """Return the sidebar for a user who looks at `path`; groups without a page are left out."""
    pages = pages_for(user)
    current = _current(pages, path)
    counts = counts_for(user, pages)
    entries = {page: _entry(page, counts, is_current=page.url_name == current) for page in pages}
    made = [
        Group(label, label or UNLABELLED[key], [entries[page] for page in pages if page.group == key])
        for key, label in GROUP_LABELS.items()
    ]
    return [group for group in made if group.entries]


def _current(pages: Sequence[Page], path: str) -> str:
    """Return the page that the address lies in: the longest beginning wins, and “/” is only itself."""
    begins = {_address(name): page.url_name for page in pages for name in (page.url_name, *page.also)}
    inside = [url for url in begins if path == url or (url != "/" and path.startswith(url))]
    return begins[max(inside, key=len)] if inside else ""


def _entry(page: Page, counts: dict[str, int], *, is_current: bool) -> Entry:
    count = counts.get(page.url_name, 0)
    return Entry(
        label=page.label,
        url=_address(page.url_name),
        icon=page.icon,
        stage=page.stage,
        phone=page.phone,
        current=is_current,
        count=as_text(count),
        counts=page.counts,
        hot=page.urgent and count > 0,
        letter=page.letter,
    )


def actions(user: User) -> Sequence[dict[str, Any]]:
    """Return the entries of “Log or add” for this user."""
    return [
        {"label": action.label, "icon": action.icon, "url": _address(action.url_name)}
        for action in registry.of(Action)
        if action.shown_to(user)
    ]


def public_pages(request: HttpRequest) -> dict[str, Any]:
    """Give templates `public_pages`: what the sign-in page and the foot of every public page link to."""
    return {"public_pages": SimpleLazyObject(linked_pages)}


def linked_pages() -> list[dict[str, Any]]:
    pages = sorted(registry.of(PublicPage), key=lambda page: page.order)
    return [{"label": page.label, "url": _address(page.url_name)} for page in pages]
