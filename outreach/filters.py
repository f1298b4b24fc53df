"""The lists of follow-ups and of what was said: what they can be narrowed to, sorted by and exported with."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, ChoiceFilter, DateFromToRangeFilter, FilterSet, ModelChoiceFilter
from django_filters.widgets import RangeWidget

from accounts.models import User
from accounts.services import current_school
from outreach.enums import Channel, Direction, Door, EnquiryStatus, FollowUpStatus
from outreach.models import (
    Enquiry,
    EnquiryQuerySet,
    FollowUp,
    FollowUpQuerySet,
    Interaction,
    InteractionQuerySet,
)
from outreach.wording import headline
from roadmap.filters import WordsFilter
from ui.filters import ListFilterSet, StateFilter
from ui.lists import Column, ListSpec, Sort

LATE, CAME_DUE, ALL = "late", "came_due", "all"
PERIODS = [("7", _("Last 7 days")), ("30", _("Last 30 days")), ("90", _("Last 90 days")), ("365", _("Last year"))]


class FollowUpFilter(ListFilterSet):
    """Planned ones, unless another state is asked for."""

    state = StateFilter(
        label=_("State"),
        choices=[
            (LATE, _("Overdue")),
            *FollowUpStatus.choices[1:],
            (CAME_DUE, _("Came due in the last 90 days")),
            (ALL, _("All, whatever their state")),
        ],
        empty_label=_("Planned"),
        groups={
            "": FollowUpQuerySet.planned,
            LATE: lambda rows: rows.planned().filter(due_on__lt=current_school().today()),
            CAME_DUE: lambda rows: rows.came_due(current_school().today()),
            ALL: FollowUpQuerySet.all,
        },
    )
    due = DateFromToRangeFilter(label=_("Day"), field_name="due_on", widget=RangeWidget(attrs={"type": "date"}))

    class Meta:
        model = FollowUp
        fields: list[str] = []


class TeamFollowUpFilter(FollowUpFilter):
    owner = ModelChoiceFilter(
        label=_("Who does it"), queryset=User.objects.possible_owners(), empty_label=_("Everybody")
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


class InteractionFilter(FilterSet):
    period = ChoiceFilter(label=_("When"), choices=PERIODS, empty_label=_("Any time"), method="by_period")
    channel = ChoiceFilter(label=_("Channel"), choices=Channel, empty_label=_("Any channel"))
    direction = ChoiceFilter(label=_("Who got in touch"), choices=Direction, empty_label=_("Whoever"))
    by = ModelChoiceFilter(label=_("Colleague"), queryset=User.objects.possible_owners(), empty_label=_("Everybody"))
    in_touch = BooleanFilter(
        label=_("Without notes and mails that did not arrive"), widget=forms.CheckboxInput, method="leave_out"
    )

    class Meta:
        model = Interaction
        fields: list[str] = []

    def by_period(self, queryset: InteractionQuerySet, _name: str, value: str) -> QuerySet[Interaction]:
        now = timezone.now()
        return queryset.since(now - dt.timedelta(days=int(value)), now)

    def leave_out(self, queryset: InteractionQuerySet, _name: str, value: object) -> QuerySet[Interaction]:
        return queryset.in_touch() if value else queryset


def _headline(row: Interaction) -> str:
    return headline(row, list(row.contacts.all()))


SAID = ListSpec(
    key="outreach.said",
    filterset_class=InteractionFilter,
    sorts={"at": Sort(_("When"), "at", descending=True)},
    default_sort="at",
    search="",
    quick_filters=("period", "channel", "by"),
    columns=(
        Column(_("When"), lambda row: row.at),
        Column(_("What happened"), _headline),
        Column(_("Partner"), lambda row: row.organisation.name),
        Column(_("Colleague"), lambda row: row.by.name if row.by else ""),
        Column(_("What was said"), lambda row: row.summary),
    ),
)


class EnquiryFilter(ListFilterSet):
    """Those that wait for the school, unless another state is asked for."""

    q = WordsFilter(label=_("Text"))
    state = StateFilter(
        label=_("State"),
        choices=[
            (LATE, _("Overdue")),
            *EnquiryStatus.choices,
            (CAME_DUE, _("Promised for the last 90 days")),
            (ALL, _("All, whatever their state")),
        ],
        empty_label=_("Open"),
        groups={
            "": EnquiryQuerySet.open,
            LATE: lambda rows: rows.overdue(current_school().today()),
            CAME_DUE: lambda rows: rows.came_due(current_school().today()),
            ALL: EnquiryQuerySet.all,
        },
    )
    door = ChoiceFilter(label=_("Kind"), choices=Door, empty_label=_("Any kind"))
    assigned = ModelChoiceFilter(
        label=_("Who answers"),
        field_name="assigned_to",
        queryset=User.objects.possible_owners(),
        empty_label=_("Everybody"),
    )

    class Meta:
        model = Enquiry
        fields: list[str] = []


ENQUIRIES = ListSpec(
    key="outreach.enquiries",
    filterset_class=EnquiryFilter,
    sorts={
        "due": Sort(_("Answer promised by"), "due_on"),
        "received": Sort(_("Received"), "received_at", descending=True),
    },
    default_sort="due",
    quick_filters=("state", "door", "assigned"),
    columns=(
        Column(_("Reference"), lambda row: row.reference),
        Column(_("Received"), lambda row: row.received_at),
        Column(_("Kind"), lambda row: row.get_door_display()),
        Column(_("From"), lambda row: row.name),
        Column(_("Organisation"), lambda row: row.organisation_name),
        Column(_("E-mail"), lambda row: row.email),
        Column(_("Phone"), lambda row: row.phone),
        Column(_("Message"), lambda row: row.message),
        Column(_("State"), lambda row: row.get_status_display()),
        Column(_("Who answers"), lambda row: row.assigned_to.name if row.assigned_to else ""),
        Column(_("Answer promised by"), lambda row: row.due_on),
        Column(_("Answered on"), lambda row: row.answered_on),
    ),
)
