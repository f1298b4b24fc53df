"""Who may open a page, what its address or form names, and where it leads back to."""

import re

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.http import Request
from accounts.rules import can_edit

# No larger than a primary key may be.
WHOLE_NUMBER = re.compile(r"[0-9]{1,18}")


def need_editor(request: Request) -> None:
    if not can_edit(request.user):
        raise PermissionDenied


def posted(request: Request) -> QueryDict | None:
    """Return what a form is bound to; an empty POST is a form too."""
    return request.POST if request.method == "POST" else None


def number_in(request: Request, name: str) -> int:
    """Return the whole number that a form or link names, which may be a key; 0, no record's, for anything else."""
    text = request.POST.get(name) or request.GET.get(name) or ""
    return int(text) if WHOLE_NUMBER.fullmatch(text) else 0


def way_back(request: Request, default: str = "") -> str:
    """Return the page of ours that a form or link names in `next`, else the one given."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else default
