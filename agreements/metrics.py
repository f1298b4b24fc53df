"""Stage 7's figures. Each function returns exactly the rows counted, or the figure made from them."""

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from accounts.services import current_school
from agreements.enums import ContributionKind, Party
from agreements.models import Agreement, Contribution
from partnerships.enums import Status
from partnerships.models import Organisation
from roadmap.slots import Figure, Metric, Words, percent

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


def coverage(rows: QuerySet[Any]) -> Figure:
    """Active partners with a valid agreement ÷ active partners, in percent, half up to one decimal."""
    partners = rows.count()
    if not partners:
        return Figure(None, 0, _("There is no active partner yet."))
    covered = rows.filter(is_covered=True).count()
    return Figure(percent(covered, partners), partners)


def given(agreements: QuerySet[Any], party: Party, kind: ContributionKind | None = None) -> Figure:
    """What a side gives a year in these agreements, of one kind or altogether."""
    what = Contribution.objects.filter(agreement__in=agreements, party=party, **{"kind": kind} if kind else {})
    return Figure(what.aggregate(value=Sum("value"))["value"] or Decimal(0), agreements.count())


def _given(key: str, label: Words, definition: Words, party: Party, kind: ContributionKind | None = None) -> Metric:
    return Metric(
        key=key,
        label=label,
        definition=definition,
        unit="money",
        stage=7,
        records=in_force,
        compute=partial(given, party=party, kind=kind),
        records_url="/agreements/?state=active",
        counted=_("agreements"),
    )


METRICS = [
    Metric(
        key="mou_active",
        label=_("Agreements in force"),
        definition=_("Agreements signed by both sides whose first day has come and whose last day is not over."),
        unit="count",
        stage=7,
        records=in_force,
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
    _given(
        "partners_give",
        _("Partners give, a year"),
        _("What partners promise to give a year, in kind and in money, in the agreements in force."),
        Party.ORGANISATION,
    ),
    _given(
        "partners_give_money",
        _("Partners give in money, a year"),
        _("What partners promise to give a year in money, in the agreements in force."),
        Party.ORGANISATION,
        ContributionKind.FINANCIAL,
    ),
    _given(
        "school_gives",
        _("The college gives, a year"),
        _("What the college promises to give a year, in kind and in money, in the agreements in force."),
        Party.SCHOOL,
    ),
    _given(
        "school_gives_money",
        _("The college gives in money, a year"),
        _("What the college promises to give a year in money, in the agreements in force."),
        Party.SCHOOL,
        ContributionKind.FINANCIAL,
    ),
]
