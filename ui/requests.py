"""What a request's address or form says, in the shape a view can use; what makes no sense is as good as nothing."""

import re

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

# No larger than a primary key may be.
WHOLE_NUMBER = re.compile(r"[0-9]{1,18}")


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form is bound to; an empty POST is a form too."""
    return request.POST if request.method == "POST" else None


def key_of(text: str) -> int:
    """Return the whole number that a text is, which may be a key; 0, no record's, for anything else."""
    return int(text) if WHOLE_NUMBER.fullmatch(text) else 0


def number_in(request: HttpRequest, name: str) -> int:
    """Return the number that a form or link names, or 0."""
    return key_of(request.POST.get(name) or request.GET.get(name) or "")


def numbers_in(request: HttpRequest, name: str) -> list[int]:
    """Return the numbers of the boxes that are ticked in a form."""
    return [key_of(text) for text in request.POST.getlist(name)]


def way_back(request: HttpRequest, default: str = "") -> str:
    """Return the page of ours that a form or link names in `next`, else the one given."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else default
