"""Strengths and offers: lists of cards, forms, checks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from accounts.rules import can_edit
from partnerships.views.access import need_editor
from propositions.enums import PropositionStatus
from propositions.filters import OFFERS, STRENGTHS
from propositions.forms import OfferForm, StrengthForm
from propositions.models import OfferType, Strength
from propositions.services import (
    add_offer,
    add_strength,
    archive_strength,
    change_offer,
    change_strength,
    check_strength,
    restore_strength,
)
from propositions.views.answers import page_status
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.requests import posted, way_back
from ui.responses import conflict_response, list_response
from ui.services import act_once
from ui.undo import read_undo, undo_token

LIVE = ~Q(benefits__proposition__status=PropositionStatus.RETIRED)


@require_safe
def strength_list(request: Request) -> HttpResponseBase:
    today = request.school.today()
    rows = Strength.objects.select_related("owner").annotate(
        sheets=Count("benefits__proposition", filter=LIVE, distinct=True)
    )
    context = {
        "can_edit": can_edit(request.user),
        "today": today,
        "to_check": Strength.objects.to_check(today).count(),
        "total": Strength.objects.on_file().count(),
    }
    return list_response(request, STRENGTHS, rows, "propositions/strengths.html", context)


def strength_add(request: Request) -> HttpResponse:
    need_editor(request)
    form = _strength_form(request)
    if form.is_valid():
        return redirect(act_once(submission=submission_key(request.POST), act=lambda: _add_strength(request, form)))
    return render(request, "propositions/strength_form.html", {"form": form}, status=page_status(form))


def _strength_form(request: Request, strength: Strength | None = None) -> StrengthForm:
    return StrengthForm(
        posted(request),
        instance=strength,
        initial=None if strength else {"owner": request.user},
        cancel_url=reverse("propositions:strengths"),
        today=request.school.today(),
    )


def _add_strength(request: Request, form: StrengthForm) -> str:
    strength = add_strength(changes=form.own_changes, programmes=list(form.cleaned_data["programmes"]), by=request.user)
    messages.success(request, _("Strength added: “%(title)s”.") % {"title": strength.title})
    return reverse("propositions:strengths")


def strength_change(request: Request, pk: int) -> HttpResponse:
    need_editor(request)
    strength = get_object_or_404(Strength.objects.select_related("owner"), pk=pk)
    form = _strength_form(request, strength)
    if not form.is_valid():
        context = {"form": form, "strength": Strength.objects.get(pk=pk)}
        return render(request, "propositions/strength_form.html", context, status=page_status(form))
    try:
        change_strength(
            strength=strength,
            changes=form.own_changes,
            programmes=list(form.cleaned_data["programmes"]),
            opened=form.cleaned_data["version"] or 0,
            by=request.user,
        )
    except StaleRecordError:
        fresh = Strength.objects.select_related("owner").get(pk=pk)
        return conflict_response(request, form=form, record=fresh, back_url=reverse("propositions:strengths"))
    messages.success(request, _("Strength saved."))
    return redirect("propositions:strengths")


@require_POST
def strength_check(request: Request, pk: int) -> HttpResponse:
    strength = get_object_or_404(Strength, pk=pk)
    check_strength(strength=strength, on=request.school.today(), by=request.user)
    messages.success(request, _("Checked today: “%(title)s”.") % {"title": strength.title})
    return redirect(way_back(request, reverse("propositions:strengths")))


@require_POST
def strength_archive(request: Request, pk: int) -> HttpResponse:
    strength = get_object_or_404(Strength, pk=pk)
    archive_strength(strength=strength, by=request.user)
    undo = reverse("propositions:strength_restore", args=[undo_token("strength", pk=pk)])
    messages.success(request, _("Put away: “%(title)s”.") % {"title": strength.title}, extra_tags=undo)
    return redirect("propositions:strengths")


@require_POST
def strength_restore(request: Request, signed: str) -> HttpResponse:
    what = read_undo("strength", signed)
    if what is None:
        messages.warning(request, _("It is too late to undo that."))
    else:
        restore_strength(strength=get_object_or_404(Strength, pk=what["pk"]), by=request.user)
    return redirect("propositions:strengths")


@require_safe
def offer_list(request: Request) -> HttpResponseBase:
    context = {"can_edit": can_edit(request.user), "in_use": OfferType.objects.filter(is_active=True).count()}
    return list_response(request, OFFERS, OfferType.objects.all(), "propositions/offers.html", context)


def offer_add(request: Request) -> HttpResponse:
    need_editor(request)
    form = OfferForm(posted(request), cancel_url=reverse("propositions:offers"))
    if form.is_valid():
        return redirect(act_once(submission=submission_key(request.POST), act=lambda: _add_offer(request, form)))
    return render(request, "propositions/offer_form.html", {"form": form}, status=page_status(form))


def _add_offer(request: Request, form: OfferForm) -> str:
    offer = add_offer(changes=form.changes, by=request.user)
    messages.success(request, _("Offer added: “%(name)s”.") % {"name": offer.name})
    return reverse("propositions:offers")


def offer_change(request: Request, pk: int) -> HttpResponse:
    need_editor(request)
    offer = get_object_or_404(OfferType, pk=pk)
    back = reverse("propositions:offers")
    form = OfferForm(posted(request), instance=offer, cancel_url=back)
    context: dict[str, Any] = {"form": form, "offer": OfferType.objects.get(pk=pk)}
    if not form.is_valid():
        return render(request, "propositions/offer_form.html", context, status=page_status(form))
    try:
        opened = form.cleaned_data["version"] or 0
        change_offer(offer=offer, changes=form.changes, opened=opened, by=request.user)
    except StaleRecordError:
        return conflict_response(request, form=form, record=OfferType.objects.get(pk=pk), back_url=back)
    messages.success(request, _("Offer saved."))
    return redirect(back)
