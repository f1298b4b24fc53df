"""Who may open a page."""

from django.core.exceptions import PermissionDenied

from accounts.http import Request
from accounts.rules import can_edit


def need_editor(request: Request) -> None:
    if not can_edit(request.user):
        raise PermissionDenied
