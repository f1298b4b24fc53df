"""Testimonials: the list, asking for one, its page, where it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from accounts.rules import can_edit
from partnerships.models import Organisation
from partnerships.views.access import need_editor
from partnerships.views.choosing import asked_partner, choose_partner
from propositions.enums import CONSENTED_STATES, Channel, TestimonialStatus
from propositions.filters import TESTIMONIALS
from propositions.forms import RequestForm
from propositions.models import Testimonial
from propositions.rules import can_ask_again
from propositions.services import (
    ask_again,
    mark_seen,
    publish_testimonial,
    request_testimonial,
    send_link,
    take_back_request,
    unpublish_testimonial,
)
from propositions.services.testimonials import (
    AlreadyAskedError,
    AnsweredAlreadyError,
    NoConsentError,
    NotReachableError,
)
from propositions.views.answers import page_status
from roadmap.lifecycle import TransitionRefusedError
from ui.drafts import submission_key
from ui.requests import posted
from ui.responses import list_response
from ui.services import act_once

WHY_NOT: dict[type[Exception], Any] = {
    NotReachableError: gettext_lazy("They cannot be written to: no address, no longer on file, or they asked not to."),
    AnsweredAlreadyError: gettext_lazy("They have answered already, or nobody waits for an answer any more."),
    NoConsentError: gettext_lazy("Nobody has agreed to have these words shown there."),
    TransitionRefusedError: gettext_lazy("This was done already."),
}


@require_safe
def testimonial_list(request: Request) -> HttpResponseBase:
    rows = Testimonial.objects.select_related("organisation").prefetch_related("consents")
    context = {"can_edit": can_edit(request.user)}
    return list_response(request, TESTIMONIALS, rows, "propositions/testimonials.html", context)


def testimonial_add(request: Request) -> HttpResponse:
    """Choose a partner, then whom to ask about which words."""
    need_editor(request)
    partner = asked_partner(request)
    if partner is None:
        return _choose_partner(request)
    form = RequestForm(
        posted(request),
        organisation=partner,
        initial={"quote": request.GET.get("quote", "")[:600], "source": request.GET.get("source", "")[:120]},
        cancel_url=reverse("propositions:testimonials"),
        today=request.school.today(),
    )
    if form.is_valid():
        try:
            return redirect(act_once(submission=submission_key(request.POST), act=lambda: _ask(request, partner, form)))
        except NotReachableError as refused:
            form.add_error("contact", WHY_NOT[type(refused)])
        except AlreadyAskedError as there:
            messages.info(request, _("They were asked about these words already. This is how it stands."))
            return redirect(there.testimonial)
    context = {"form": form, "partner": partner}
    return render(request, "propositions/testimonial_form.html", context, status=page_status(form))


def _choose_partner(request: Request) -> HttpResponse:
    return choose_partner(
        request,
        heading=_("Ask for a testimonial"),
        lead=_("First the firm, then the person and the words."),
        up=(reverse("propositions:testimonials"), _("Testimonials")),
    )


def _ask(request: Request, partner: Organisation, form: RequestForm) -> str:
    testimonial = request_testimonial(organisation=partner, **form.cleaned_data, by=request.user)
    words = _("Asked %(name)s. Nothing is shown before they agree.")
    messages.success(request, words % {"name": testimonial.person_name})
    return testimonial.get_absolute_url()


def _testimonial(pk: int) -> Testimonial:
    return get_object_or_404(Testimonial.objects.select_related("organisation", "contact", "created_by"), pk=pk)


@require_safe
def testimonial_detail(request: Request, pk: int) -> HttpResponse:
    testimonial = _testimonial(pk)
    consents = {consent.channel: consent for consent in testimonial.consents.order_by("given_at", "pk")}
    is_editor = can_edit(request.user)
    context = {
        "testimonial": testimonial,
        "places": [(channel, consents.get(channel)) for channel in Channel],
        "used_in": testimonial.benefits.select_related("proposition__segment").order_by("pk")[:20],
        "can_edit": is_editor,
        "may_ask_again": can_ask_again(request.user, testimonial),
        "is_open": testimonial.status in {TestimonialStatus.REQUESTED, *CONSENTED_STATES},
        "is_new": is_editor and testimonial.answered_at is not None and testimonial.seen_at is None,
    }
    return render(request, "propositions/testimonial.html", context)


def _act(request: Request, pk: int, act: Callable[..., object], done: str, **what: Any) -> HttpResponse:
    testimonial = _testimonial(pk)
    try:
        act(testimonial=testimonial, by=request.user, **what)
    except tuple(WHY_NOT) as refused:
        messages.warning(request, WHY_NOT[type(refused)])
    else:
        messages.success(request, done)
    return redirect(testimonial)


@require_POST
def testimonial_again(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, ask_again, _("Asked again."))


@require_POST
def testimonial_link(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, send_link, _("A new link leaves now; the one before no longer opens."))


@require_POST
def testimonial_take_back(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, take_back_request, _("Taken back. It is shown nowhere."))


@require_POST
def testimonial_seen(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, mark_seen, _("Marked as read."))


def _channel(request: Request) -> Channel | None:
    name = request.POST.get("channel", "")
    return Channel(name) if name in Channel.values else None


@require_POST
def testimonial_show(request: Request, pk: int) -> HttpResponse:
    channel = _channel(request)
    if channel is None:
        messages.warning(request, WHY_NOT[NoConsentError])
        return redirect(_testimonial(pk))
    return _act(request, pk, publish_testimonial, _("It may be used there now."), channel=channel)


@require_POST
def testimonial_hide(request: Request, pk: int) -> HttpResponse:
    channel = _channel(request)
    if channel is None:
        messages.warning(request, WHY_NOT[NoConsentError])
        return redirect(_testimonial(pk))
    return _act(request, pk, unpublish_testimonial, _("It is no longer shown there."), channel=channel)
