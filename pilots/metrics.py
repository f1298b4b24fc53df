"""Stage 6's figures. Each function returns exactly the rows counted, or the figure made from them."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from accounts.services import current_school
from pilots.models import Pilot
from roadmap.slots import Figure, Metric


def under_way() -> QuerySet[Pilot]:
    return Pilot.objects.under_way()


def without_feedback() -> QuerySet[Pilot]:
    return Pilot.objects.without_feedback()


def late() -> QuerySet[Pilot]:
    return Pilot.objects.late(current_school().today())


def students(rows: QuerySet[Any]) -> Figure:
    """The students of all these pilots together; `n` is the number of pilots."""
    sums = rows.aggregate(n=Count("pk"), students=Sum("students"))
    return Figure(Decimal(sums["students"] or 0), sums["n"])


METRICS = [
    Metric(
        key="pilots_run",
        label=_("Pilots under way"),
        definition=_("Pilots that have begun and about which nobody has decided yet."),
        unit="count",
        stage=6,
        records=under_way,
        records_url="/pilots/?state=under_way",
        counted=_("pilots"),
    ),
    Metric(
        key="pilot_students",
        label=_("Students in pilots"),
        definition=_("Students who take part, or took part, in the pilots under way."),
        unit="count",
        stage=6,
        records=under_way,
        compute=students,
        records_url="/pilots/?state=under_way",
        counted=_("pilots"),
    ),
    Metric(
        key="pilots_without_feedback",
        label=_("Pilots without feedback"),
        definition=_("Pilots that are over and not decided, and about which nobody has answered yet."),
        unit="count",
        stage=6,
        records=without_feedback,
        records_url="/pilots/?state=no_feedback",
        counted=_("pilots"),
    ),
    Metric(
        key="pilots_late",
        label=_("Decisions that are late"),
        definition=_("Pilots that have been over for more than 30 days and about which nobody has decided yet."),
        unit="count",
        stage=6,
        records=late,
        records_url="/pilots/?state=late",
        counted=_("pilots"),
    ),
]
