"""The list of agreements: filters, orders, columns."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from accounts.models import User
from accounts.services import current_school
from agreements.enums import AgreementStatus
from agreements.models import NEVER, Agreement, AgreementQuerySet
from partnerships.filters import WordsOrPartnerFilter
from ui.filters import ListFilterSet, StateFilter
from ui.lists import Column, ListSpec, Sort

STATES = [
    ("on_the_way", _("On the way")),
    *AgreementStatus.choices,
]
ENDS = [("30", _("Within 30 days")), ("90", _("Within 90 days")), ("180", _("Within 180 days"))]
OVER = [AgreementStatus.EXPIRED, AgreementStatus.WITHDRAWN]


class AgreementFilter(ListFilterSet):
    """Without a state the list shows what is current: neither ended nor withdrawn."""

    q = WordsOrPartnerFilter(label=_("Search"))
    state = StateFilter(
        label=_("State"),
        choices=STATES,
        empty_label=_("All current"),
        groups={
            "": lambda agreements: agreements.exclude(status__in=OVER),
            "on_the_way": AgreementQuerySet.on_the_way,
            AgreementStatus.ACTIVE: lambda agreements: agreements.in_force(current_school().today()),
        },
    )
    ends = ChoiceFilter(label=_("Ends"), choices=ENDS, method="ending", empty_label=_("At any time"))
    owner = ModelChoiceFilter(
        label=_("Owner"),
        queryset=User.objects.working_with_partners(),
        empty_label=_("Everybody’s"),
    )

    class Meta:
        model = Agreement
        fields = ("q", "state", "ends", "owner")

    def ending(self, queryset: AgreementQuerySet, _name: str, days: str) -> QuerySet[Agreement]:
        today = current_school().today()
        return queryset.in_force(today).ending_by(today + dt.timedelta(days=int(days)))


def _shown_end(row: Any) -> Any:
    return "" if row.ends_on == NEVER else row.ends_on


AGREEMENTS = ListSpec(
    key="agreements.agreements",
    filterset_class=AgreementFilter,
    sorts={
        "ends": Sort(_("Ends"), "ends_on"),
        "number": Sort(_("Agreement"), "number"),
        "moved": Sort(_("Last moved"), "status_since", descending=True),
    },
    default_sort="ends",
    quick_filters=("state", "ends", "owner"),
    columns=(
        Column(_("Reference"), lambda row: row.number),
        Column(_("Partner"), lambda row: row.organisation.name),
        Column(_("Title"), lambda row: row.title),
        Column(_("State"), lambda row: row.get_status_display()),
        Column(_("Starts on"), lambda row: row.starts_on),
        Column(_("Ends on"), _shown_end),
        Column(_("They give a year"), lambda row: row.organisation_value),
        Column(_("We give a year"), lambda row: row.school_value),
        Column(_("Owner"), lambda row: row.owner.name if row.owner else ""),
    ),
)
