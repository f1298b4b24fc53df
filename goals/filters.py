"""The list of programmes: filters, orders, columns."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from goals.isced import BROAD
from goals.models import HIGHEST_EQF, LOWEST_EQF, Programme
from roadmap.filters import WordsFilter
from ui.filters import ListFilterSet, StateFilter
from ui.lists import Column, ListSpec, Sort

OFFERED = [("all", _("All, also former ones")), ("no", _("Only former ones"))]
LEVELS = [(str(level), str(level)) for level in range(LOWEST_EQF, HIGHEST_EQF + 1)]


class ProgrammeFilter(ListFilterSet):
    """Without `offered` the list shows what is offered at present."""

    q = WordsFilter(label=_("Search"))
    offered = StateFilter(
        label=_("Offered"),
        choices=OFFERED,
        empty_label=_("At present"),
        groups={
            "": lambda programmes: programmes.active(),
            "no": lambda programmes: programmes.filter(is_active=False),
            "all": lambda programmes: programmes,
        },
    )
    field = ChoiceFilter(label=_("Field"), choices=list(BROAD.items()), field_name="isced_f", lookup_expr="startswith")
    level = ChoiceFilter(label=_("EQF level"), choices=LEVELS, field_name="eqf")

    class Meta:
        model = Programme
        fields = ("q", "offered", "field", "level")


def _head(row: Any) -> str:
    return row.head.name if row.head else ""


PROGRAMMES = ListSpec(
    key="goals.programmes",
    filterset_class=ProgrammeFilter,
    sorts={
        "title": Sort(_("Programme"), "title"),
        "needed": Sort(_("Places needed"), "places_needed", descending=True),
        "level": Sort(_("EQF level"), "eqf"),
    },
    default_sort="title",
    quick_filters=("field", "level"),
    columns=(
        Column(_("Code"), lambda row: row.code),
        Column(_("Programme"), lambda row: row.title),
        Column(_("ISCED-F 2013"), lambda row: row.isced_f),
        Column(_("EQF level"), lambda row: row.eqf),
        Column(_("Hours in a firm"), lambda row: row.workplace_hours),
        Column(_("Places needed"), lambda row: row.places_needed),
        Column(_("Head"), _head),
    ),
)
