"""Who may open a page, and where it leads back to."""

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.http import Request
from accounts.rules import can_edit


def need_editor(request: Request) -> None:
    if not can_edit(request.user):
        raise PermissionDenied


def posted(request: Request) -> QueryDict | None:
    """Return what a form is bound to; an empty POST is a form too."""
    return request.POST if request.method == "POST" else None


def way_back(request: Request, default: str) -> str:
    """Return the page of ours that a form names in `next`, else the one given."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else default
