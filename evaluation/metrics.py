"""Figures of stage 8. All read each firm's newest answer of the last twelve months; all count firms, never people."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.services import current_school
from evaluation.models import Response
from evaluation.results import rounded
from roadmap.slots import Figure, Metric

PERIOD = dt.timedelta(days=365)


def _newest(field: str) -> QuerySet[Response]:
    return Response.objects.latest_a_firm(timezone.now() - PERIOD, field)


def _too_few(n: int) -> Figure:
    least = current_school().min_group_size_organisations
    reason = (
        _g("No firm has answered in the last twelve months")
        if not n
        else _g("%(n)s of %(least)s answers needed are in")
    )
    return Figure(None, n, reason % {"n": n, "least": least} if n else reason)


def satisfaction(responses: QuerySet[Any]) -> Figure:
    """Mean of “overall” (1 to 5) over the firms, to a tenth; at least `min_group_size_organisations` of them."""
    found = responses.aggregate(n=Count("pk"), mean=Avg("overall"))
    if found["n"] < max(1, current_school().min_group_size_organisations):
        return _too_few(found["n"])
    return Figure(rounded(Decimal(str(found["mean"]))), found["n"])


def top_two(responses: QuerySet[Any]) -> Figure:
    """Share of firms whose “overall” is 4 or 5, in percent."""
    found = responses.aggregate(n=Count("pk"), good=Count("pk", filter=Q(overall__gte=4)))
    if found["n"] < max(1, current_school().min_group_size_organisations):
        return _too_few(found["n"])
    return Figure(rounded(Decimal(100 * found["good"]) / found["n"], Decimal(1)), found["n"])


def net_promoter_score(responses: QuerySet[Any]) -> Figure:
    """Share of firms answering 9 or 10 less the share answering 0 to 6, in points from −100 to 100."""
    found = responses.aggregate(
        n=Count("pk"),
        promoters=Count("pk", filter=Q(recommend__gte=9)),
        detractors=Count("pk", filter=Q(recommend__lte=6)),
    )
    if found["n"] < max(1, current_school().min_group_size_organisations):
        return _too_few(found["n"])
    return Figure(
        rounded(Decimal(100 * (found["promoters"] - found["detractors"])) / found["n"], Decimal(1)), found["n"]
    )


METRICS = [
    Metric(
        key="partner_satisfaction",
        label=_("Partner satisfaction"),
        definition=_(
            "The mean of “Overall, how satisfied are you?” on a scale of 1 to 5: each firm’s newest answer of the last "
            "twelve months counts once."
        ),
        unit="score",
        stage=8,
        order=40,
        records=lambda: _newest("overall"),
        compute=satisfaction,
        records_url="/feedback/answers/?counted=overall",
        out_of=Decimal(5),
        counted=_("firms"),
    ),
    Metric(
        key="business_csat",
        label=_("Firms satisfied, 4 or 5 of 5"),
        definition=_("The share of firms whose newest overall answer of the last twelve months is 4 or 5 of 5."),
        unit="percent",
        stage=8,
        records=lambda: _newest("overall"),
        compute=top_two,
        records_url="/feedback/answers/?counted=overall",
    ),
    Metric(
        key="business_nps",
        label=_("Firms recommend us, net"),
        definition=_(
            "“Would you recommend working with us?” from 0 to 10: the share of firms answering 9 or 10, less the share "
            "answering 0 to 6. Each firm’s newest answer of the last twelve months counts once."
        ),
        unit="score",
        stage=8,
        records=lambda: _newest("recommend"),
        compute=net_promoter_score,
        records_url="/feedback/answers/?counted=recommend",
    ),
]
