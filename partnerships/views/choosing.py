"""Choosing the partner that something new is about, where the address names none."""

from collections.abc import Callable, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.http import Request
from accounts.models import User
from partnerships.beginning import has_no_partners
from partnerships.models import Organisation
from roadmap.search import matching
from ui.requests import number_in

Words = str | Promise

FOUND = 20
LONGEST_QUERY = 200


def asked_partner(request: Request) -> Organisation | None:
    """Return the partner on file that a form or link names in `partner`."""
    return Organisation.objects.on_file().filter(pk=number_in(request, "partner")).first()


def _here(partner: Organisation) -> str:
    return f"?partner={partner.pk}"


def _nobody(_user: User) -> Sequence[Organisation]:
    return ()


def choose_partner(
    request: Request,
    *,
    heading: Words,
    lead: Words | None = None,
    up: tuple[str, Words] | None = None,
    recent: Callable[[User], Sequence[Organisation]] = _nobody,
    address: Callable[[Organisation], str] = _here,
) -> HttpResponse:
    """Find a partner by half a name; before anything is typed, offer the `recent` ones.

    `up` is the address and name of the page this one stands below, `address` where a partner leads.
    """
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    found = _found(query) if query else recent(request.user)
    context = {
        "heading": heading,
        "lead": lead or _("With which partner?"),
        "up": up,
        "query": query,
        "found": [(partner, address(partner)) for partner in found],
        "is_first_use": not (query or found) and has_no_partners(),
    }
    return render(request, "partnerships/choose.html", context)


def _found(query: str) -> list[Organisation]:
    on_file = Organisation.objects.on_file().only("name", "town", "trade", "status")
    return list(matching(on_file, query).order_by("name", "id")[:FOUND])
