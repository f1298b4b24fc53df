"""The board and the moves made on it."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import Request
from accounts.rules import can_edit
from partnerships.beginning import has_no_partners
from partnerships.board import Sight, board_of
from partnerships.enums import Status
from partnerships.filters import owner_choices
from partnerships.forms import MoveForm
from partnerships.models import Organisation
from partnerships.services import MovedMeanwhileError, move_status
from partnerships.views.access import need_editor
from roadmap.counts import as_text
from roadmap.lifecycle import TransitionRefusedError
from ui.requests import posted, way_back
from ui.undo import undo_token

ASKS_MORE = {Status.PAUSED, Status.ENDED}


@require_safe
def board(request: Request) -> HttpResponse:
    sight = Sight.of(request.GET.dict())
    columns = board_of(sight, request.user, request.school)
    total = sum(column.count for column in columns)
    owners = [("", _("everyone")), *owner_choices()]
    context = {
        "columns": columns,
        "sight": sight,
        "is_first_use": total == 0 and has_no_partners(),
        "total": total,
        "total_text": as_text(total) or "0",
        "owners": [(label, sight.query(owner=key), key == sight.owner) for key, label in owners],
        "stages": [(column, sight.query(column=column.status)) for column in columns],
        "fold": sight.query(open="", column="") if sight.is_open else sight.query(open=Status.PROSPECT),
        "can_edit": can_edit(request.user),
        "address": request.get_full_path(),
    }
    return render(request, "partnerships/board.html", context)


def move(request: Request, pk: int) -> HttpResponse:
    """Ask where to and why; a card of the board sends only where to."""
    need_editor(request)
    organisation = get_object_or_404(Organisation.objects.select_related("owner"), pk=pk)
    back = way_back(request, organisation.get_absolute_url())
    if "card" in request.POST and request.POST.get("to") in ASKS_MORE:
        return redirect(f"{request.path}?{_query(to=request.POST['to'], next=back)}")
    initial = {"to": request.GET.get("to", "")}
    form = MoveForm(posted(request), organisation=organisation, initial=initial)
    if form.is_valid():
        _move(request, organisation, form)
        return redirect(back)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"form": form, "organisation": organisation, "next": back}
    return render(request, "partnerships/move.html", context, status=status)


def _query(**parameters: str) -> str:
    query = QueryDict(mutable=True)
    query.update(parameters)
    return query.urlencode(safe="/")


def _move(request: Request, organisation: Organisation, form: MoveForm) -> None:
    """Move, and say what came of it in words."""
    said = form.cleaned_data
    name = organisation.name
    seen = Status(said["seen"]) if said["seen"] else None
    to = Status(said["to"])
    try:
        change = move_status(
            organisation=organisation,
            to=to,
            by=request.user,
            why=said["why"],
            ended_reason=said["ended_reason"],
            revisit_on=said["revisit_on"],
            seen=seen,
        )
    except MovedMeanwhileError as error:
        now_at = error.organisation.get_status_display()
        words = _("A colleague has moved %(name)s to %(status)s meanwhile. Nothing was changed.")
        messages.warning(request, words % {"name": name, "status": now_at})
    except TransitionRefusedError:
        messages.warning(request, _("%(name)s stands at %(status)s already.") % {"name": name, "status": to.label})
    else:
        undo = reverse("partnerships:undo", args=["move", undo_token("partnerships.move", change=change.pk)])
        messages.success(
            request, _("%(name)s moved to %(status)s.") % {"name": name, "status": to.label}, extra_tags=undo
        )
