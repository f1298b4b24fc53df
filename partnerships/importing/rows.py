"""The list of an import's rows."""

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from partnerships.enums import Fate
from partnerships.models import ImportRow
from ui.lists import ListSpec, Sort


class ImportRowFilter(FilterSet):
    fate = ChoiceFilter(label=_("What happens"), choices=Fate)

    class Meta:
        model = ImportRow
        fields: list[str] = []


IMPORT_ROWS = ListSpec(
    key="partnerships.import_rows",
    filterset_class=ImportRowFilter,
    sorts={"number": Sort(_("Row"), "number")},
    default_sort="number",
    per_page=100,
    search="",
)
