"""The list of agreements: filters, orders, columns."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from accounts.models import User
from accounts.services import current_school
from agreements.enums import AgreementStatus
from agreements.models import NEVER, Agreement, AgreementQuerySet
from partnerships.models import Organisation
from roadmap.search import matching
from ui.lists import Column, ListSpec, Sort

STATES = [
    ("on_the_way", _("On the way")),
    *AgreementStatus.choices,
]
ENDS = [("30", _("Within 30 days")), ("90", _("Within 90 days")), ("180", _("Within 180 days"))]
OVER = [AgreementStatus.EXPIRED, AgreementStatus.WITHDRAWN]


class AgreementFilter(FilterSet):
    """Without a state the list shows what is current: neither ended nor withdrawn."""

    q = CharFilter(label=_("Search"), method="search")
    state = ChoiceFilter(label=_("State"), choices=STATES, method="in_state", empty_label=_("All current"))
    ends = ChoiceFilter(label=_("Ends"), choices=ENDS, method="ending", empty_label=_("At any time"))
    owner = ModelChoiceFilter(
        label=_("Owner"),
        queryset=User.objects.working_with_partners(),
        empty_label=_("Everybody’s"),
    )

    class Meta:
        model = Agreement
        fields = ("q", "state", "ends", "owner")

    def filter_queryset(self, queryset: QuerySet[Agreement]) -> QuerySet[Agreement]:
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.exclude(status__in=OVER)
        return super().filter_queryset(queryset)

    def search(self, queryset: QuerySet[Agreement], _name: str, words: str) -> QuerySet[Agreement]:
        partners = matching(Organisation.objects.all(), words).values("pk")
        own = matching(Agreement.objects.all(), words).values("pk")
        return queryset.filter(Q(pk__in=own) | Q(organisation__in=partners))

    def in_state(self, queryset: AgreementQuerySet, _name: str, state: str) -> QuerySet[Agreement]:
        if state == AgreementStatus.ACTIVE:
            return queryset.in_force(current_school().today())
        return queryset.on_the_way() if state == "on_the_way" else queryset.filter(status=state)

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
