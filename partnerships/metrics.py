"""Figures of stage 2: how many firms the school works with, and how many it is in touch with."""

import datetime as dt

from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts.services import current_school
from partnerships.models import Need, Organisation, has_open_need

YEAR = dt.timedelta(days=365)


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
