"""Figures of stage 8, all of the last twelve months.

Figures of firms read each firm's newest answer and count firms, never people. Figures of students count answers, and
leave out rounds of which too few are in: nobody can be worked out by taking one figure from another.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.services import current_school
from evaluation.models import AdaptationAction, Finding, Response, Wave
from evaluation.results import rounded
from roadmap.slots import Figure, Metric, Words, percent

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
    return Figure(percent(found["good"], found["n"], step=Decimal(1)), found["n"])


def net_promoter_score(responses: QuerySet[Any]) -> Figure:
    """Share of firms answering 9 or 10 less the share answering 0 to 6, in points from −100 to 100."""
    found = responses.aggregate(
        n=Count("pk"),
        promoters=Count("pk", filter=Q(recommend__gte=9)),
        detractors=Count("pk", filter=Q(recommend__lte=6)),
    )
    if found["n"] < max(1, current_school().min_group_size_organisations):
        return _too_few(found["n"])
    return Figure(percent(found["promoters"] - found["detractors"], found["n"], step=Decimal(1)), found["n"])


def student_satisfaction(responses: QuerySet[Any]) -> Figure:
    """Mean of “overall” (1 to 5) over students' answers, to a tenth; at least `min_group_size_students` of them."""
    found = responses.aggregate(n=Count("pk"), rated=Count("overall"), mean=Avg("overall"))
    least = current_school().min_group_size_students
    if found["rated"] < least:
        return Figure(None, found["n"], _("Too few students have answered"))
    return Figure(rounded(Decimal(str(found["mean"]))), found["n"])


def _of_students() -> QuerySet[Response]:
    return Response.objects.submitted().of_students(
        timezone.now() - PERIOD, least=current_school().min_group_size_students
    )


def answered_share(waves: QuerySet[Any]) -> Figure:
    """Answers that came in ÷ people asked (of a class: its size), in percent, over the rounds."""
    asked, came = (total(waves, of) for of in ("invited", "answered"))
    if not asked.value or came.value is None:
        return Figure(None, asked.n, _("Nobody has been asked in the last twelve months"))
    return Figure(rounded(100 * came.value / asked.value, Decimal(1)), asked.n)


def total(waves: QuerySet[Any], of: str) -> Figure:
    """How many were invited, or have answered, over the rounds."""
    found = waves.with_counts().aggregate(n=Count("pk"), all=Sum(of))  # type: ignore[attr-defined] # waves
    return Figure(Decimal(found["all"] or 0), found["n"])


def _of_rounds(
    key: str, label: Words, definition: Words, unit: str, compute: Callable[[QuerySet[Any]], Figure]
) -> Metric:
    return Metric(
        key=key,
        label=label,
        definition=definition,
        unit=unit,
        stage=8,
        records=lambda: Wave.objects.opened_since(timezone.now() - PERIOD),
        compute=compute,
        records_url="/feedback/?opened=year",
        counted=_("rounds"),
    )


METRICS = [
    Metric(
        key="answers_this_year",
        label=_("Answers of twelve months"),
        definition=_("Answers that firms and students have sent in the last twelve months."),
        unit="count",
        stage=8,
        records=lambda: Response.objects.filter(submitted_at__gte=timezone.now() - PERIOD),
        records_url="/feedback/answers/?counted=year",
        counted=_("answers"),
    ),
    _of_rounds(
        "response_rate",
        _("Answered, of those asked"),
        _(
            "Answers that came in, out of all who were asked, over the rounds opened in the last twelve months. Of a "
            "class that answers by a sheet its size is counted."
        ),
        "percent",
        answered_share,
    ),
    _of_rounds(
        "people_asked",
        _("People asked"),
        _(
            "All who were asked in the rounds opened in the last twelve months. Of a class that answers by a sheet its "
            "size is counted."
        ),
        "count",
        partial(total, of="invited"),
    ),
    _of_rounds(
        "people_answered",
        _("People who answered"),
        _("Answers that came in, over the rounds opened in the last twelve months."),
        "count",
        partial(total, of="answered"),
    ),
    Metric(
        key="student_csat",
        label=_("Student satisfaction"),
        definition=_(
            "The mean of “Overall, how satisfied are you?” on a scale of 1 to 5, over students’ answers in rounds "
            "opened in the last twelve months. Rounds with too few answers to be shown are left out, so that nobody "
            "can be worked out from two figures."
        ),
        unit="score",
        stage=8,
        records=_of_students,
        compute=student_satisfaction,
        records_url="/feedback/answers/?counted=students",
        out_of=Decimal(5),
        counted=_("students"),
    ),
    Metric(
        key="findings_open",
        label=_("Findings to decide"),
        definition=_("Findings that nobody has accepted or declined yet."),
        unit="count",
        stage=8,
        records=Finding.objects.to_decide,
        records_url="/feedback/findings/",
        counted=_("findings"),
    ),
    Metric(
        key="actions_overdue",
        label=_("Changes that are late"),
        definition=_("Changes that are not done although the day they were due on has passed."),
        unit="count",
        stage=8,
        records=lambda: AdaptationAction.objects.overdue(current_school().today()),
        records_url="/feedback/changes/list/?is_overdue=on",
        counted=_("changes"),
    ),
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
        counted=_("firms"),
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
        counted=_("firms"),
    ),
]
