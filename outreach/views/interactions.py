"""One record of what was said: reading, correcting, taking back."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from mailing.rules import can_read_outbox
from outreach.filters import SAID
from outreach.forms import InteractionForm
from outreach.models import Interaction
from outreach.rules import can_change_interaction, can_log
from outreach.services import change_interaction, delete_interaction, restore_interaction
from outreach.views.access import need_logger, page_behind
from outreach.wording import headline
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.responses import conflict_response, list_response
from ui.services import act_once
from ui.undo import read_undo, undo_token


def _kept(pk: int) -> Interaction:
    rows = Interaction.objects.kept().select_related("organisation", "by", "message").defer("message__body")
    return get_object_or_404(rows.prefetch_related("contacts"), pk=pk)


def _own(request: Request, pk: int) -> Interaction:
    interaction = _kept(pk)
    if not can_change_interaction(request.user, interaction):
        raise PermissionDenied
    return interaction


@require_safe
def interaction_list(request: Request) -> HttpResponseBase:
    rows = Interaction.objects.kept().for_rows()
    return list_response(request, SAID, rows, "outreach/said.html", {"can_log": can_log(request.user)})


@require_safe
def interaction(request: Request, pk: int) -> HttpResponse:
    record = _kept(pk)
    people = list(record.contacts.all())
    context = {
        "interaction": record,
        "people": people,
        "headline": headline(record, people),
        "can_see_outbox": can_read_outbox(request.user),
        "can_change": can_change_interaction(request.user, record),
    }
    return render(request, "outreach/interaction.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def interaction_edit(request: Request, pk: int) -> HttpResponse:
    record = _own(request, pk)
    form = InteractionForm(
        request.POST if request.method == "POST" else None, interaction=record, cancel_url=record.get_absolute_url()
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(
                act_once(submission=submission_key(request.POST), act=lambda: _change(request, record, form))
            )
        except StaleRecordError:
            return conflict_response(request, form=form, record=_kept(pk), back_url=record.get_absolute_url())
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "outreach/interaction_form.html", {"form": form, "interaction": record}, status=status)


def _change(request: Request, record: Interaction, form: InteractionForm) -> str:
    change_interaction(interaction=record, version=form.cleaned_data["version"], said=form.said(), by=request.user)
    messages.success(request, _("Record changed."))
    return record.get_absolute_url()


@require_POST
def interaction_delete(request: Request, pk: int) -> HttpResponse:
    record = _own(request, pk)

    def once() -> str:
        delete_interaction(interaction=record, by=request.user)
        undo = reverse("outreach:interaction_undo", args=[undo_token("outreach.interaction", pk=pk)])
        messages.success(request, _("Record deleted."), extra_tags=undo)
        return record.organisation.get_absolute_url()

    return redirect(act_once(submission=submission_key(request.POST), act=once))


@require_POST
def interaction_undo(request: Request, token: str) -> HttpResponse:
    need_logger(request)
    what = read_undo("outreach.interaction", token)
    if what is None:
        messages.warning(request, _("This can no longer be undone: ten minutes have passed."))
    else:
        restore_interaction(interaction=get_object_or_404(Interaction, pk=what["pk"]), by=request.user)
        messages.success(request, _("The record is back."))
    return redirect(page_behind(request))
