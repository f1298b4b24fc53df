"""Figures of stage 3."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from goals.models import Programme
from propositions.coverage import without_sheet
from propositions.models import Proposition, Strength, Testimonial
from roadmap.slots import Figure, Metric, percent


def freshness(strengths: QuerySet[Any]) -> Figure:
    """Share of the strengths that may be shown which were checked in time, in percent."""
    n = strengths.order_by().count()
    if not n:
        return Figure(None, 0, _g("No strength may be shown to firms yet"))
    fresh = strengths.filter(check_by__gte=timezone.localdate()).order_by().count()
    return Figure(percent(fresh, n, step=Decimal(1)), n)


METRICS = [
    Metric(
        key="programmes_offered",
        label=_("Programmes on offer"),
        definition=_("Programmes that are offered at present."),
        unit="count",
        stage=3,
        records=Programme.objects.active,
        records_url="/value/programmes/",
    ),
    Metric(
        key="programmes_without_proposition",
        label=_("Programmes without a value sheet"),
        definition=_("Programmes on offer for which no value sheet is in use."),
        unit="count",
        stage=3,
        records=lambda: without_sheet(Programme.objects.active()),
        records_url="/value/programmes/?sheet=missing",
    ),
    Metric(
        key="propositions_published",
        label=_("Value sheets in use"),
        definition=_("Value sheets that a director has approved and that are in use."),
        unit="count",
        stage=3,
        records=Proposition.objects.published,
        records_url="/value/?status=published",
    ),
    Metric(
        key="strengths_fresh",
        label=_("Strengths checked in time"),
        definition=_("Of the strengths that may be shown to firms: the share checked within their own interval."),
        unit="percent",
        stage=3,
        records=lambda: Strength.objects.on_file().filter(is_shareable=True),
        compute=freshness,
        records_url="/value/strengths/?shown=on",
        counted=_("strengths"),
    ),
    Metric(
        key="strengths_to_check",
        label=_("Strengths to check again"),
        definition=_("Strengths whose last check is longer ago than their interval, or that were never checked."),
        unit="count",
        stage=3,
        records=lambda: Strength.objects.to_check(timezone.localdate()),
        records_url="/value/strengths/?checked=no",
    ),
    Metric(
        key="testimonials_approved",
        label=_("Testimonials with consent"),
        definition=_("Words whose author has agreed to at least one place and has not taken that back."),
        unit="count",
        stage=3,
        records=Testimonial.objects.consented,
        records_url="/value/testimonials/?consented=on",
    ),
]
