"""Who may open a page, and where a form leads back to."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.http import Request
from outreach.rules import can_log
from outreach.services import Change
from ui.undo import undo_token

# No larger than a primary key may be.
WHOLE_NUMBER = re.compile(r"[0-9]{1,18}")


def need_logger(request: Request) -> None:
    if not can_log(request.user):
        raise PermissionDenied


def way_back(request: Request, default: str = "") -> str:
    """Return the page of ours that a form or link names in `next`, else the one given."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else default


def page_behind(request: Request) -> str:
    """Return the page from which a toast's undo was pressed, if it is one of ours; else Today."""
    page = request.headers.get("Referer", "")
    return page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else reverse("roadmap:today")


def number_in(request: Request, name: str) -> int | None:
    """Return a whole number that a form or link names; anything else is as good as nothing."""
    text = request.POST.get(name) or request.GET.get(name) or ""
    return int(text) if WHOLE_NUMBER.fullmatch(text) else None


def say_with_undo(request: Request, words: str, change: Change) -> None:
    """Show a toast that takes the act back."""
    token = undo_token("outreach.follow_up", **change.undo)
    messages.success(request, words, extra_tags=reverse("outreach:follow_up_undo", args=[token]))
