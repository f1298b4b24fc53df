"""The list of pilots: filters, orders, columns."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from accounts.models import User
from accounts.services import current_school
from goals.models import Programme
from partnerships.models import Organisation
from pilots.enums import OPEN, Kind, PilotStatus
from pilots.models import Pilot, PilotQuerySet
from roadmap.search import matching
from ui.lists import Column, ListSpec, Sort

STATES = [
    ("under_way", _("Under way")),
    ("undecided", _("To be decided")),
    ("late", _("Decision is late")),
    ("no_feedback", _("Without feedback")),
    ("all", _("All")),
    *PilotStatus.choices,
]


class PilotFilter(FilterSet):
    """Without a state the list shows what is open: neither decided nor called off."""

    q = CharFilter(label=_("Search"), method="search")
    state = ChoiceFilter(label=_("State"), choices=STATES, method="in_state", empty_label=_("All open"))
    kind = ChoiceFilter(label=_("Kind"), choices=Kind.choices, empty_label=_("Every kind"))
    programme = ModelChoiceFilter(
        label=_("Programme"), queryset=Programme.objects.all(), empty_label=_("Every programme")
    )
    owner = ModelChoiceFilter(
        label=_("Owner"),
        queryset=User.objects.working_with_partners(),
        empty_label=_("Everybody’s"),
    )

    class Meta:
        model = Pilot
        fields = ("q", "state", "kind", "programme", "owner")

    def filter_queryset(self, queryset: QuerySet[Pilot]) -> QuerySet[Pilot]:
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.filter(status__in=OPEN)
        return super().filter_queryset(queryset)

    def search(self, queryset: QuerySet[Pilot], _name: str, words: str) -> QuerySet[Pilot]:
        partners = matching(Organisation.objects.all(), words).values("pk")
        own = matching(Pilot.objects.all(), words).values("pk")
        return queryset.filter(Q(pk__in=own) | Q(organisation__in=partners))

    def in_state(self, queryset: PilotQuerySet, _name: str, state: str) -> QuerySet[Pilot]:
        groups = {
            "under_way": queryset.under_way,
            "undecided": queryset.undecided,
            "late": lambda: queryset.late(current_school().today()),
            "no_feedback": queryset.without_feedback,
            "all": queryset.all,
        }
        return groups[state]() if state in groups else queryset.filter(status=state)


PILOTS = ListSpec(
    key="pilots.pilots",
    filterset_class=PilotFilter,
    sorts={
        "ends": Sort(_("When"), "ends_on"),
        "title": Sort(_("Pilot"), "title"),
        "moved": Sort(_("Last moved"), "status_since", descending=True),
    },
    default_sort="ends",
    quick_filters=("state", "programme", "owner"),
    columns=(
        Column(_("Pilot"), lambda row: row.title),
        Column(_("Partner"), lambda row: row.organisation.name),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("State"), lambda row: row.get_status_display()),
        Column(_("First day"), lambda row: row.starts_on),
        Column(_("Last day"), lambda row: row.ends_on),
        Column(_("Programme"), lambda row: row.programme.title if row.programme else ""),
        Column(_("Students"), lambda row: row.students),
        Column(_("Answers about it"), lambda row: row.feedback_count),
        Column(_("Owner"), lambda row: row.owner.name if row.owner else ""),
    ),
)
