"""Who may open a page, and where an undo leads back to."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.http import Request
from outreach.rules import can_log
from outreach.services import Change
from ui.undo import undo_token


def need_logger(request: Request) -> None:
    if not can_log(request.user):
        raise PermissionDenied


def page_behind(request: Request) -> str:
    """Return the page from which a toast's undo was pressed, if it is one of ours; else Today."""
    page = request.headers.get("Referer", "")
    return page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else reverse("roadmap:today")


def say_with_undo(request: Request, words: str, change: Change) -> None:
    """Show a toast that takes the act back."""
    token = undo_token("outreach.follow_up", **change.undo)
    messages.success(request, words, extra_tags=reverse("outreach:follow_up_undo", args=[token]))
