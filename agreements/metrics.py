"""Stage 7's figures. Each function returns exactly the rows counted, or the figure made from them."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.services import current_school
from agreements.models import Agreement
from partnerships.enums import Status
from partnerships.models import Organisation
from roadmap.slots import Figure, Metric

SOON_DAYS = 90


def in_force() -> QuerySet[Agreement]:
    return Agreement.objects.in_force(current_school().today())


def in_progress() -> QuerySet[Agreement]:
    return Agreement.objects.on_the_way()


def ending_soon() -> QuerySet[Agreement]:
    """In force today and over within 90 days."""
    today = current_school().today()
    return Agreement.objects.in_force(today).ending_by(today + dt.timedelta(days=SOON_DAYS))


def active_partners() -> QuerySet[Organisation]:
    """Organisations whose status is partner, each with `is_covered`: whether an agreement with it is in force."""
    valid = Agreement.objects.in_force(current_school().today()).filter(organisation=OuterRef("pk"))
    return Organisation.objects.on_file().filter(status=Status.PARTNER).annotate(is_covered=Exists(valid))


def count(rows: QuerySet[Any]) -> Figure:
    n = rows.count()
    return Figure(Decimal(n), n)


def coverage(rows: QuerySet[Any]) -> Figure:
    """Active partners with a valid agreement ÷ active partners, in percent, half up to one decimal."""
    partners = rows.count()
    if not partners:
        return Figure(None, 0, _("There is no active partner yet."))
    covered = rows.filter(is_covered=True).count()
    share = (Decimal(100 * covered) / partners).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Figure(share, partners)


METRICS = [
    Metric(
        key="mou_active",
        label=_("Agreements in force"),
        definition=_("Agreements signed by both sides whose first day has come and whose last day is not over."),
        unit="count",
        stage=7,
        records=in_force,
        compute=count,
        records_url="/agreements/?state=active",
        counted=_("agreements"),
        order=20,
    ),
    Metric(
        key="mou_in_progress",
        label=_("Agreements in progress"),
        definition=_("Agreements that were begun and are not in force yet: drafts, out for signature, or signed."),
        unit="count",
        stage=7,
        records=in_progress,
        compute=count,
        records_url="/agreements/?state=on_the_way",
        counted=_("agreements"),
    ),
    Metric(
        key="mou_expiring_90",
        label=_("Agreements ending within 90 days"),
        definition=_("Agreements in force whose last day comes within the next 90 days."),
        unit="count",
        stage=7,
        records=ending_soon,
        compute=count,
        records_url="/agreements/?ends=90",
        counted=_("agreements"),
    ),
    Metric(
        key="agreement_coverage",
        label=_("Active partners with an agreement"),
        definition=_(
            "Organisations with the status “Partner” that have an agreement in force, out of all with that status."
        ),
        unit="percent",
        stage=7,
        records=active_partners,
        compute=coverage,
        records_url="/partners/?status=partner",
        counted=_("partners"),
    ),
]
