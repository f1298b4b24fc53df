"""Stage 5's figures. Each function returns exactly the rows counted, or the figure made from them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.services import current_school
from goals.models import Programme
from opportunities.enums import ProposalStatus
from opportunities.models import Opening, Placement, Proposal
from opportunities.years import LOOK_BACK, SchoolYear, year_of
from partnerships.metrics import FIELDS_OF_PARTNER
from roadmap.scope import EVERYTHING, Scope, Timespan
from roadmap.slots import Figure, Metric, percent


def running_year() -> SchoolYear:
    return year_of(current_school().today())


def open_proposals() -> QuerySet[Proposal]:
    return Proposal.objects.open()


def in_later_rounds() -> QuerySet[Proposal]:
    return Proposal.objects.later_rounds()


def decided_lately() -> QuerySet[Proposal]:
    """Accepted or declined within the last 365 days."""
    return Proposal.objects.decided().filter(status_since__gte=timezone.now() - LOOK_BACK)


def settled_lately() -> QuerySet[Proposal]:
    """Accepted, declined or run out within the last 365 days."""
    return Proposal.objects.settled().filter(status_since__gte=timezone.now() - LOOK_BACK)


def offered_openings() -> QuerySet[Opening]:
    """Openings that begin in the running school year and were not taken back."""
    year = running_year()
    return Opening.objects.offered().within(year.start, year.end)


def secured_placements() -> QuerySet[Placement]:
    """Placements that begin in the running school year and are confirmed, under way or completed."""
    year = running_year()
    return Placement.objects.secured().within(year.start, year.end)


def days_to_decision(rows: QuerySet[Any]) -> Figure:
    """Median of the days from the first sending to the decision, half up to a whole day."""
    spans = [(end - start).days for start, end in rows.order_by().values_list("first_sent_on", "decided_on")]
    if not spans:
        return Figure(None, 0, _("Nothing has been decided within a year."))
    return Figure(Decimal(median(spans)).quantize(Decimal(1), ROUND_HALF_UP), len(spans))


def share_won(rows: QuerySet[Any]) -> Figure:
    """Accepted ÷ (accepted + declined + run out), in percent, half up to one decimal."""
    n = rows.count()
    if not n:
        return Figure(None, 0, _("Nothing has been accepted, declined or run out within a year."))
    won = rows.filter(status=ProposalStatus.ACCEPTED).count()
    return Figure(percent(won, n), n)


def sum_of_places(rows: QuerySet[Any]) -> Figure:
    """Places of all openings together; `n` is how many openings that is."""
    return Figure(Decimal(rows.aggregate(total=Sum("places"))["total"] or 0), rows.count())


def coverage(rows: QuerySet[Any], scope: Scope = EVERYTHING) -> Figure:
    """Secured placements ÷ places needed by the programmes offered, in percent; `n` is the placements."""
    n, needed = rows.count(), places_needed(scope)
    if not needed:
        return Figure(None, n, _("No programme says how many places it needs."))
    return Figure(percent(n, needed), n)


def places_needed(scope: Scope = EVERYTHING) -> int:
    """Places that the programmes offered at present need, of one programme or of all."""
    programme = dict(scope.parts).get("programme")
    needing = Programme.objects.active().filter(**{"pk": programme} if programme else {})
    return needing.aggregate(total=Sum("places_needed"))["total"] or 0


OFFERED = {"programme": "programme", **FIELDS_OF_PARTNER}
PLACED = {"programme": "programme", **{kind: f"opening__{path}" for kind, path in FIELDS_OF_PARTNER.items()}}


METRICS = [
    Metric(
        key="proposals_open",
        label=_("Open proposals"),
        definition=_("Proposals being written, with the partner, or being changed at their wish."),
        unit="count",
        stage=5,
        records=open_proposals,
        records_url="/proposals/",
        counted=_("proposals"),
        formula=_("Count of open proposals"),
        narrows=FIELDS_OF_PARTNER,
    ),
    Metric(
        key="proposals_in_round_2",
        label=_("Proposals in round 2 or later"),
        definition=_("Open proposals whose second or a later round has been begun or sent."),
        unit="count",
        stage=5,
        records=in_later_rounds,
        records_url="/proposals/?later=on",
        counted=_("proposals"),
        formula=_("Count of open proposals in round 2 or later"),
        narrows=FIELDS_OF_PARTNER,
    ),
    Metric(
        key="proposal_days",
        label=_("Days from proposal to decision"),
        definition=_(
            "The median of the days from the first sending to the partner’s yes or no, over proposals decided within "
            "the last 365 days."
        ),
        unit="days",
        stage=5,
        records=decided_lately,
        compute=days_to_decision,
        records_url="/proposals/?state=decided&recent=on",
        counted=_("proposals"),
        formula=_("Median of (day of decision − day first sent)"),
        span=Timespan.YEAR,
        narrows=FIELDS_OF_PARTNER,
    ),
    Metric(
        key="win_rate",
        label=_("Proposals accepted"),
        definition=_(
            "Proposals accepted, out of those accepted, declined or run out within the last 365 days. Withdrawn ones "
            "do not count."
        ),
        unit="percent",
        stage=5,
        records=settled_lately,
        compute=share_won,
        records_url="/proposals/?state=settled&recent=on",
        counted=_("proposals"),
        formula=_("Accepted ÷ (accepted + declined + run out) × 100"),
        span=Timespan.YEAR,
        narrows=FIELDS_OF_PARTNER,
    ),
    Metric(
        key="places_offered",
        label=_("Places offered by firms"),
        definition=_("Places of all openings that begin in the running school year and were not taken back."),
        unit="count",
        stage=5,
        records=offered_openings,
        compute=sum_of_places,
        records_url="/openings/?state=offered&year=on",
        counted=_("openings"),
        formula=_("Sum of the places of openings"),
        span=Timespan.SCHOOL_YEAR,
        eqavet=(10,),
        narrows=OFFERED,
    ),
    Metric(
        key="places_confirmed",
        label=_("Student places confirmed"),
        definition=_(
            "Placements that begin in the running school year and are confirmed, under way or completed. Planned, "
            "cancelled and broken-off ones do not count."
        ),
        unit="count",
        stage=5,
        records=secured_placements,
        records_url="/placements/?state=secured&year=on",
        counted=_("placements"),
        formula=_("Count of placements confirmed, under way or completed"),
        span=Timespan.SCHOOL_YEAR,
        eqavet=(4,),
        narrows=PLACED,
    ),
    Metric(
        key="placement_coverage",
        label=_("Places confirmed of those needed"),
        definition=_(
            "Placements that count as confirmed, out of the places that the programmes offered at present need this "
            "school year."
        ),
        unit="percent",
        stage=5,
        records=secured_placements,
        records_url="/placements/?state=secured&year=on",
        counted=_("placements"),
        formula=_("Placements confirmed ÷ places needed × 100"),
        span=Timespan.SCHOOL_YEAR,
        eqavet=(4,),
        narrows={"programme": "programme"},
        within=coverage,
    ),
]
