"""How the lists of feedback narrow."""

from typing import Any

import django_filters as filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import current_school
from evaluation.enums import ActionStatus, Asked, FindingKind, FindingStatus, WaveStatus
from evaluation.metrics import PERIOD
from evaluation.models import (
    HIGHEST,
    LOWEST,
    AdaptationAction,
    Finding,
    Response,
    ResponseQuerySet,
    Wave,
    WaveQuerySet,
)
from goals.models import Programme
from roadmap.filters import WordsFilter
from ui.filters import ListFilterSet, StateFilter, TickFilter
from ui.lists import Column, ListSpec, Sort


class WaveFilter(filters.FilterSet):
    q = filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Title"))
    status = filters.ChoiceFilter(choices=WaveStatus.choices, label=_("Status"))
    asked = filters.ChoiceFilter(choices=Asked.choices, label=_("Who is asked"))
    opened = filters.ChoiceFilter(
        choices=[("year", _("In the last twelve months"))], method="by_opening", label=_("Opened")
    )

    class Meta:
        model = Wave
        fields = ("q", "status", "asked", "opened")

    def by_opening(self, queryset: WaveQuerySet, _name: str, _value: str) -> WaveQuerySet:
        return queryset.opened_since(timezone.now() - PERIOD)


WAVES = ListSpec(
    key="evaluation.waves",
    filterset_class=WaveFilter,
    sorts={
        "newest": Sort(_("Newest"), "created_at", descending=True),
        "closes": Sort(_("Open until"), "closes_on", descending=True),
    },
    default_sort="newest",
    quick_filters=("status", "asked"),
)


class ResponseFilter(filters.FilterSet):
    """Answers that came in. `counted` keeps exactly those a figure counts: each firm's newest of twelve months."""

    q = WordsFilter(field_name="organisation__search_text", label=_("Partner"))
    wave = filters.ModelChoiceFilter(queryset=Wave.objects.order_by("-created_at"), label=_("Round"))
    is_new = filters.BooleanFilter(method="by_new", label=_("New"))
    counted = filters.ChoiceFilter(
        choices=[
            ("year", _("Answers of twelve months")),
            ("overall", _("Partner satisfaction")),
            ("recommend", _("Recommendation")),
            ("students", _("Student satisfaction")),
        ],
        method="by_counted",
        label=_("Counted for"),
    )

    class Meta:
        model = Response
        fields = ("q", "wave", "is_new", "counted")

    def by_new(self, queryset: ResponseQuerySet, _name: str, value: Any) -> ResponseQuerySet:
        """What nobody has read; students' answers are read together, never one by one."""
        return queryset.of_firms().filter(read_at__isnull=bool(value))

    def by_counted(self, queryset: ResponseQuerySet, _name: str, value: str) -> ResponseQuerySet:
        since = timezone.now() - PERIOD
        if value == "year":
            return queryset.filter(submitted_at__gte=since)
        if value == "students":
            return queryset.of_students(since, least=current_school().min_group_size_students)
        return queryset.latest_a_firm(since, value)


RESPONSES = ListSpec(
    key="evaluation.answers",
    filterset_class=ResponseFilter,
    sorts={"newest": Sort(_("Newest"), "submitted_at", descending=True)},
    default_sort="newest",
    quick_filters=("is_new",),
    columns=(
        Column(_("Partner"), lambda row: row.organisation.name if row.organisation else _("A student")),
        Column(_("Person"), lambda row: row.invitation.contact.name if row.invitation else ""),
        Column(_("Round"), lambda row: row.wave.title),
        Column(_("Answered"), lambda row: row.submitted_at if row.organisation else ""),
        # What one student said is nobody's to see.
        Column(_("Overall, 1 to 5"), lambda row: row.overall if row.organisation else ""),
        Column(_("Recommends, 0 to 10"), lambda row: row.recommend if row.organisation else ""),
    ),
)


ALL = "all"
GRADES = [(str(grade), str(grade)) for grade in range(LOWEST, HIGHEST + 1)]


class FindingFilter(ListFilterSet):
    """Without a status the list shows what is still to be decided."""

    q = WordsFilter(label=_("Finding"))
    status = StateFilter(
        choices=[(ALL, _("All")), *FindingStatus.choices[1:]],
        label=_("Status"),
        empty_label=_("To decide"),
        groups={"": lambda findings: findings.to_decide(), ALL: lambda findings: findings},
    )
    kind = filters.ChoiceFilter(choices=FindingKind.choices, label=_("Kind"))
    severity = filters.ChoiceFilter(choices=GRADES, label=_("Impact"))
    effort = filters.ChoiceFilter(choices=GRADES, label=_("Effort"))
    programme = filters.ModelChoiceFilter(queryset=Programme.objects.all(), label=_("Programme"))

    chip_labels = {"severity": _("Impact %(value)s"), "effort": _("Effort %(value)s")}

    class Meta:
        model = Finding
        fields = ("q", "status", "kind", "severity", "effort", "programme")


FINDINGS = ListSpec(
    key="evaluation.findings",
    filterset_class=FindingFilter,
    sorts={
        "weight": Sort(_("Much for little"), "weight", descending=True),
        "newest": Sort(_("Newest"), "created_at", descending=True),
    },
    default_sort="weight",
    quick_filters=("status", "kind"),
    columns=(
        Column(_("Finding"), lambda row: row.statement),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("Impact, 1 to 4"), lambda row: row.severity),
        Column(_("Effort, 1 to 4"), lambda row: row.effort),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Why not"), lambda row: row.declined_reason),
        Column(_("Programme"), lambda row: row.programme.title if row.programme else ""),
        Column(_("Added"), lambda row: row.created_at),
    ),
)


class ChangeFilter(filters.FilterSet):
    q = WordsFilter(label=_("Change"))
    status = filters.ChoiceFilter(choices=ActionStatus.choices, label=_("Status"))
    owner = filters.ModelChoiceFilter(queryset=User.objects.working_with_partners(), label=_("Owner"))
    is_overdue = TickFilter(method="by_overdue", label=_("Late"))

    class Meta:
        model = AdaptationAction
        fields = ("q", "status", "owner", "is_overdue")

    def by_overdue(self, queryset: Any, _name: str, _value: Any) -> Any:
        return queryset.overdue(current_school().today())


CHANGES = ListSpec(
    key="evaluation.changes",
    filterset_class=ChangeFilter,
    sorts={
        "due": Sort(_("Due"), "due_on"),
        "newest": Sort(_("Newest"), "created_at", descending=True),
    },
    default_sort="due",
    quick_filters=("status", "owner", "is_overdue"),
    columns=(
        Column(_("Change"), lambda row: row.title),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Owner"), lambda row: row.owner.name if row.owner else ""),
        Column(_("Due"), lambda row: row.due_on),
        Column(_("Should move"), lambda row: row.expected),
        Column(_("Did move"), lambda row: row.result),
        Column(_("Told them on"), lambda row: row.told_on),
    ),
)
