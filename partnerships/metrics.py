"""Figures of stage 2: how many firms the school works with, and how many it is in touch with."""

import datetime as dt

from django.db.models import Count, Model, QuerySet
from django.utils import timezone

from accounts.services import current_school
from partnerships.models import Need, Organisation, has_open_need
from roadmap.scope import Words

YEAR = dt.timedelta(days=365)
TOWNS_OFFERED = 100
OWN_FIELDS = {"sector": "nace_section", "region": "town__iexact"}
FIELDS_OF_PARTNER = {kind: f"organisation__{path}" for kind, path in OWN_FIELDS.items()}


def active_partners() -> QuerySet[Model]:
    """Organisations on file that are partners, or whose agreement is in force today."""
    return Organisation.objects.in_partnership(current_school().today())


def contacted_organisations() -> QuerySet[Model]:
    """Organisations on file that the school was in touch with, either way, in the last 365 days."""
    return Organisation.objects.on_file().contacted_since(timezone.now() - YEAR)


def open_needs() -> QuerySet[Model]:
    """Needs of firms that nobody has answered yet."""
    return Need.objects.open()


def prospects() -> QuerySet[Model]:
    """Organisations on file that nobody has contacted yet."""
    return Organisation.objects.prospects()


def prospects_known() -> QuerySet[Model]:
    """Prospects with a need that somebody has written down and that is still open."""
    return Organisation.objects.prospects().filter(has_open_need())


def prospects_unknown() -> QuerySet[Model]:
    """Prospects of whom nobody has written down what they need."""
    return Organisation.objects.prospects().exclude(has_open_need())


def towns() -> list[tuple[str, Words]]:
    """Return the towns where most partners are, in the order of the alphabet."""
    partners = Organisation.objects.in_partnership(current_school().today()).exclude(town="")
    most = partners.order_by().values_list("town").annotate(n=Count("pk")).order_by("-n")[:TOWNS_OFFERED]
    return [(town, town) for town, _n in sorted(most)]


def town_name(value: str) -> str:
    found = Organisation.objects.on_file().filter(town__iexact=value).values_list("town", flat=True)
    return found.order_by("pk").first() or "" if value else ""
