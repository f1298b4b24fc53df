"""Undo: the inverse of an act, behind a signed address of ten minutes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import Request
from accounts.models import User
from partnerships.enums import NeedStatus
from partnerships.models import Contact, Need, Organisation, StatusChange
from partnerships.services import (
    UndoRefusedError,
    give_back_ownership,
    reopen_need,
    restore_contact,
    restore_organisation,
    undo_move,
)
from partnerships.views.access import need_editor
from ui.undo import read_undo

Undo = Callable[[dict[str, Any], User], str]


def _move(what: dict[str, Any], by: User) -> str:
    change = StatusChange.objects.filter(pk=what["change"]).first()
    if change is None:
        raise UndoRefusedError
    organisation = undo_move(change=change, by=by)
    return _("%(name)s is back at %(status)s.") % {
        "name": organisation.name,
        "status": organisation.get_status_display(),
    }


def _archive(what: dict[str, Any], by: User) -> str:
    organisation = restore_organisation(organisation=get_object_or_404(Organisation, pk=what["pk"]), by=by)
    return _("%(name)s is back on the list.") % {"name": organisation.name}


def _take(what: dict[str, Any], by: User) -> str:
    organisation = give_back_ownership(organisation=get_object_or_404(Organisation, pk=what["pk"]), by=by)
    return _("Nobody looks after %(name)s now.") % {"name": organisation.name}


def _person(what: dict[str, Any], by: User) -> str:
    contact = restore_contact(contact=get_object_or_404(Contact, pk=what["pk"]), by=by)
    return _("%(name)s is back.") % {"name": contact.name}


def _need(what: dict[str, Any], by: User) -> str:
    need = reopen_need(need=get_object_or_404(Need, pk=what["pk"]), by=by, undone=NeedStatus(what["was"]))
    return _("Open again: “%(title)s”.") % {"title": need.title}


ACTS: dict[str, Undo] = {"move": _move, "archive": _archive, "take": _take, "person": _person, "need": _need}


@require_POST
def undo(request: Request, act: str, token: str) -> HttpResponse:
    need_editor(request)
    what = read_undo(f"partnerships.{act}", token) if act in ACTS else None
    if what is None:
        messages.warning(request, _("This can no longer be undone: ten minutes have passed."))
    else:
        _run(request, act, what)
    return redirect(_page_behind(request))


def _run(request: Request, act: str, what: dict[str, Any]) -> None:
    try:
        messages.success(request, ACTS[act](what, request.user))
    except UndoRefusedError:
        messages.warning(request, _("This can no longer be undone: somebody has changed it since."))


def _page_behind(request: Request) -> str:
    """Return the page with the toast, if it is one of ours."""
    page = request.headers.get("Referer", "")
    return page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else reverse("partnerships:list")
