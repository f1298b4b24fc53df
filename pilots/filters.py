"""The list of pilots: filters, orders, columns."""

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from accounts.models import User
from accounts.services import current_school
from goals.models import Programme
from partnerships.filters import WordsOrPartnerFilter
from pilots.enums import Kind, PilotStatus
from pilots.models import Pilot, PilotQuerySet
from ui.filters import ListFilterSet, StateFilter
from ui.lists import Column, ListSpec, Sort

STATES = [
    ("under_way", _("Under way")),
    ("undecided", _("To be decided")),
    ("late", _("Decision is late")),
    ("no_feedback", _("Without feedback")),
    ("all", _("All")),
    *PilotStatus.choices,
]


class PilotFilter(ListFilterSet):
    """Without a state the list shows what is open: neither decided nor called off."""

    q = WordsOrPartnerFilter(label=_("Search"))
    state = StateFilter(
        label=_("State"),
        choices=STATES,
        empty_label=_("All open"),
        groups={
            "": PilotQuerySet.open,
            "under_way": PilotQuerySet.under_way,
            "undecided": PilotQuerySet.undecided,
            "late": lambda pilots: pilots.late(current_school().today()),
            "no_feedback": PilotQuerySet.without_feedback,
            "all": PilotQuerySet.all,
        },
    )
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
