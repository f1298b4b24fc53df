"""The list of follow-ups: what it can be narrowed to, sorted by and exported with."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, DateFromToRangeFilter, FilterSet, ModelChoiceFilter
from django_filters.widgets import RangeWidget

from accounts.services import current_school
from outreach.enums import FollowUpStatus
from outreach.models import FollowUp, FollowUpQuerySet
from outreach.rules import possible_owners
from ui.lists import Column, ListSpec, Sort

LATE, ALL = "late", "all"


class FollowUpFilter(FilterSet):
    """Planned ones, unless another state is asked for."""

    state = ChoiceFilter(
        label=_("State"),
        choices=[(LATE, _("Overdue")), *FollowUpStatus.choices[1:], (ALL, _("All, whatever their state"))],
        empty_label=_("Planned"),
        method="by_state",
    )
    due = DateFromToRangeFilter(label=_("Day"), field_name="due_on", widget=RangeWidget(attrs={"type": "date"}))

    class Meta:
        model = FollowUp
        fields: list[str] = []

    def filter_queryset(self, queryset: FollowUpQuerySet) -> QuerySet[FollowUp]:
        is_asked = bool(self.form.cleaned_data.get("state"))
        return super().filter_queryset(queryset if is_asked else queryset.planned())

    def by_state(self, queryset: FollowUpQuerySet, _name: str, value: str) -> QuerySet[FollowUp]:
        if value == LATE:
            return queryset.planned().filter(due_on__lt=current_school().today())
        return queryset if value == ALL else queryset.filter(status=value)


class TeamFollowUpFilter(FollowUpFilter):
    owner = ModelChoiceFilter(
        label=_("Who does it"), queryset=lambda _request: possible_owners(), empty_label=_("Everybody")
    )


def _owner(row: FollowUp) -> str:
    return row.owner.name if row.owner else ""


COLUMNS = (
    Column(_("Day"), lambda row: row.due_on),
    Column(_("What to do"), lambda row: row.title),
    Column(_("Partner"), lambda row: row.organisation.name),
    Column(_("Person"), lambda row: row.contact.name if row.contact else ""),
    Column(_("Who does it"), _owner),
    Column(_("State"), lambda row: row.get_status_display()),
    Column(_("Note"), lambda row: row.note),
)
SHARED: dict[str, Any] = {
    "sorts": {"due": Sort(_("Day"), "due_on")},
    "default_sort": "due",
    "search": "",
    "columns": COLUMNS,
}
MINE = ListSpec(key="outreach.my_follow_ups", filterset_class=FollowUpFilter, quick_filters=("state",), **SHARED)
TEAM = ListSpec(
    key="outreach.team_follow_ups", filterset_class=TeamFollowUpFilter, quick_filters=("state", "owner"), **SHARED
)
