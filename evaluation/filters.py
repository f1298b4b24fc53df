"""How the lists of feedback narrow."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.enums import WaveStatus
from evaluation.metrics import PERIOD
from evaluation.models import Response, ResponseQuerySet, Wave
from roadmap.search import matching
from ui.lists import Column, ListSpec, Sort


class WaveFilter(filters.FilterSet):
    q = filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Title"))
    status = filters.ChoiceFilter(choices=WaveStatus.choices, label=_("Status"))

    class Meta:
        model = Wave
        fields = ("q", "status")


WAVES = ListSpec(
    key="evaluation.waves",
    filterset_class=WaveFilter,
    sorts={
        "newest": Sort(_("Newest"), "created_at", descending=True),
        "closes": Sort(_("Open until"), "closes_on", descending=True),
    },
    default_sort="newest",
    quick_filters=("status",),
)


class ResponseFilter(filters.FilterSet):
    """Answers that came in. `counted` keeps exactly those a figure counts: each firm's newest of twelve months."""

    q = filters.CharFilter(method="by_firm", label=_("Partner"))
    wave = filters.ModelChoiceFilter(queryset=Wave.objects.order_by("-created_at"), label=_("Round"))
    is_new = filters.BooleanFilter(method="by_new", label=_("New"))
    counted = filters.ChoiceFilter(
        choices=[("overall", _("Satisfaction")), ("recommend", _("Recommendation"))],
        method="by_counted",
        label=_("Counted for"),
    )

    class Meta:
        model = Response
        fields = ("q", "wave", "is_new", "counted")

    def by_firm(self, queryset: QuerySet[Response], _name: str, value: str) -> QuerySet[Response]:
        return matching(queryset, value, field="organisation__search_text")

    def by_new(self, queryset: QuerySet[Response], _name: str, value: Any) -> QuerySet[Response]:
        return queryset.filter(read_at__isnull=bool(value))

    def by_counted(self, queryset: ResponseQuerySet, _name: str, value: str) -> ResponseQuerySet:
        return queryset.latest_a_firm(timezone.now() - PERIOD, value)


RESPONSES = ListSpec(
    key="evaluation.answers",
    filterset_class=ResponseFilter,
    sorts={"newest": Sort(_("Newest"), "submitted_at", descending=True)},
    default_sort="newest",
    quick_filters=("is_new",),
    columns=(
        Column(_("Partner"), lambda row: row.organisation.name),
        Column(_("Person"), lambda row: row.invitation.contact.name),
        Column(_("Round"), lambda row: row.wave.title),
        Column(_("Answered"), lambda row: row.submitted_at),
        Column(_("Overall, 1 to 5"), lambda row: row.overall),
        Column(_("Recommends, 0 to 10"), lambda row: row.recommend),
    ),
)
