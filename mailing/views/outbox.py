"""The outbox: what leaves, what did not arrive, and what to do about it."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from accounts.models import User
from mailing.filters import MESSAGES
from mailing.kept import readable_text
from mailing.models import Message
from mailing.overview import overview
from mailing.rules import can_read_outbox, can_steer_outbox
from mailing.services.outbox import call_off, note_arrival, send_again
from mailing.services.queueing import label_of
from roadmap.lifecycle import TransitionRefusedError
from ui.responses import list_response

Act = Callable[..., Message]
SHOWN = (
    *("id", "kind", "status", "to_email", "to_name", "subject", "created_at", "not_before"),
    *("finished_at", "attempts", "problem", "server_reply"),
)


@require_safe
def outbox(request: Request) -> HttpResponse | StreamingHttpResponse:
    if not can_read_outbox(request.user):
        raise PermissionDenied
    context = {
        "overview": overview(request.school),
        "may_steer": can_steer_outbox(request.user),
        "kept_here": settings.MAIL_KEPT_HERE,
    }
    return list_response(request, MESSAGES, Message.objects.only(*SHOWN), "mailing/outbox.html", context)


@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    if not can_read_outbox(request.user):
        raise PermissionDenied
    message = get_object_or_404(Message.objects.select_related("created_by"), pk=pk)
    context = {
        "message": message,
        "kind": label_of(message.kind),
        "may_steer": can_steer_outbox(request.user),
        "text": readable_text(message, request.user),
    }
    return render(request, "mailing/detail.html", context)


@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, send_again, _("It leaves in a moment."))


@require_POST
def off(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, call_off, _("Called off."))


@require_POST
def arrived(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, note_arrival, _("Noted that it arrived."))


def _act(request: Request, pk: int, act: Act, done: str) -> HttpResponse:
    message = get_object_or_404(Message, pk=pk)
    user: User = request.user
    try:
        act(message=message, by=user)
    except TransitionRefusedError:
        messages.warning(request, _("Its state has changed meanwhile; see below."))
        return redirect(message)
    messages.success(request, done)
    return redirect("mailing:outbox" if request.POST.get("back") == "outbox" else message)
