"""The one way to make a list: a filter set, a closed set of sorts, keyset pages, everything in the URL.

A ListSpec says what a list can do; `build_list` turns a query string into a ListPage for the template. A parameter that
makes no sense never fails: it is left out and the page says so in a sentence.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_filters import FilterSet

from ui.chips import Chip, chips_of, parts

Words = str | Promise
Row = Model | dict[str, Any]

COUNT_CAP = 10_000
# Rows that hold a common word are found one by one: counting them all would cost more than the page.
TEXT_COUNT_CAP = 1_000
PAGING = ("after", "before")
RESERVED = {"sort", "export", *PAGING}


@dataclass(frozen=True)
class Sort:
    """An order of a list: a NOT NULL column with an index (column, id), or an annotation of the queryset."""

    label: Words
    field: str
    descending: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the export: `value` gets a row of the queryset and makes no query."""

    label: Words
    value: Callable[[Any], object]


@dataclass(frozen=True)
class ListSpec:
    """What a list can do. `key` names it in saved views; `search` is the filter that the search box feeds."""

    key: str
    filterset_class: type[FilterSet]
    sorts: Mapping[str, Sort]
    default_sort: str
    per_page: int = 50
    search: str = "q"
    quick_filters: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True)
class SortLink:
    """A way to sort; `direction` is “ascending” or “descending” for the order in force, else empty."""

    name: str
    label: Words
    url: str
    direction: str


@dataclass(frozen=True)
class Order:
    """The order in force."""

    name: str
    field: str
    descending: bool

    @property
    def parameter(self) -> str:
        return f"-{self.name}" if self.descending else self.name


@dataclass
class ListPage:
    """One page of a list, as its template needs it. `query` is what is asked for, `address` that and the page."""

    spec: ListSpec
    filter: FilterSet
    order: Order
    rows: list[Row]
    count: int
    query: str
    address: str
    notes: list[str] = field(default_factory=list)
    next_url: str = ""
    previous_url: str = ""
    views: list[Any] = field(default_factory=list)

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in force, each with the URL of the list without it."""
        return chips_of(self.filter, QueryDict(self.query), leave_out={self.spec.search})

    @property
    def count_text(self) -> str:
        cap = _cap(self.search_text)
        shown = number_format(min(self.count, cap), 0, use_l10n=True, force_grouping=True)
        return f"{shown}+" if self.count > cap else shown

    @property
    def search_text(self) -> str:
        return QueryDict(self.query).get(self.spec.search, "")

    @property
    def is_filtered(self) -> bool:
        return any(name not in RESERVED for name in QueryDict(self.query))

    @property
    def quick_fields(self) -> list[Any]:
        return [self.filter.form[name] for name in self.spec.quick_filters]

    @property
    def more_fields(self) -> list[Any]:
        hidden = {self.spec.search, *self.spec.quick_filters}
        return [bound for bound in self.filter.form if bound.name not in hidden]

    @cached_property
    def sort_links(self) -> list[SortLink]:
        return [self._sort_link(name, sort) for name, sort in self.spec.sorts.items()]

    def _sort_link(self, name: str, sort: Sort) -> SortLink:
        current = name == self.order.name
        descending = not self.order.descending if current else sort.descending
        params = QueryDict(self.query, mutable=True)
        params["sort"] = f"-{name}" if descending else name
        in_force = ("descending" if self.order.descending else "ascending") if current else ""
        return SortLink(name, sort.label, f"?{params.urlencode()}", in_force)


def build_list(spec: ListSpec, queryset: QuerySet[Any], params: QueryDict) -> ListPage:
    """Filter, sort, count and page `queryset` as the query string `params` asks.

    Three queries whatever the number of rows: the rows, the count, and what the filter's own choices need.
    """
    notes: list[str] = []
    order = _order(spec, params, notes)
    filterset = _filter(spec, queryset, params, notes)
    found = filterset.qs
    page = ListPage(
        spec=spec,
        filter=filterset,
        order=order,
        rows=[],
        count=found.order_by().values("pk")[: _cap(params.get(spec.search, "")) + 1].count(),
        query=_clean_query(params, leave_out=PAGING),
        address=_clean_query(params, leave_out=()),
        notes=notes,
    )
    _fill(page, found, params)
    return page


def _cap(search_text: str) -> int:
    return TEXT_COUNT_CAP if search_text else COUNT_CAP


def filtered(spec: ListSpec, queryset: QuerySet[Any], params: QueryDict) -> QuerySet[Any]:
    """Return the whole of what a list shows under `params`, in its order: for exports and bulk acts."""
    order = _order(spec, params, [])
    return _ordered(_filter(spec, queryset, params, []).qs, order, backwards=False)


def _order(spec: ListSpec, params: QueryDict, notes: list[str]) -> Order:
    asked = params.get("sort", "")
    name = asked.removeprefix("-")
    if name in spec.sorts:
        return Order(name, spec.sorts[name].field, asked.startswith("-"))
    if asked:
        notes.append(_("This list cannot be sorted by “%(name)s”; it is sorted as usual.") % {"name": asked[:40]})
    default = spec.sorts[spec.default_sort]
    return Order(spec.default_sort, default.field, default.descending)


def _filter(spec: ListSpec, queryset: QuerySet[Any], params: QueryDict, notes: list[str]) -> FilterSet:
    """Apply every filter that makes sense; name the ones that do not."""
    filterset = spec.filterset_class(params, queryset=queryset)
    for name in filterset.errors:
        label = filterset.filters[name].label or name
        notes.append(_("“%(filter)s” was left out: its value makes no sense here.") % {"filter": label})
    fields = filterset.form.fields
    known = {*RESERVED, *fields, *(part for name in fields for part in parts(name))}
    notes.extend(
        _("“%(filter)s” is not a filter of this list and was left out.") % {"filter": name[:40]}
        for name in params
        if name not in known
    )
    return filterset


def _clean_query(params: QueryDict, *, leave_out: Iterable[str]) -> str:
    """Return the query string without empty values and without `leave_out`, in a fixed order."""
    kept = QueryDict(mutable=True)
    for name in sorted(params):
        values = [value for value in params.getlist(name) if value]
        if values and name not in leave_out:
            kept.setlist(name, values)
    return kept.urlencode()


def _fill(page: ListPage, found: QuerySet[Any], params: QueryDict) -> None:
    """Put one page of rows on `page`, with the URLs of the pages before and after."""
    size = page.spec.per_page
    before, after = (
        _cursor(page, found, params, "before"),
        _cursor(page, found, params, "after"),
    )
    if before:
        rows = _slice(found, page.order, before, size, backwards=True)
        if len(rows) > size:
            page.rows = rows[:size][::-1]
            page.previous_url = _page_url(page, "before", page.rows[0])
            page.next_url = _page_url(page, "after", page.rows[-1])
            return
        after = None  # too few rows before the mark: this is the first page
    rows = _slice(found, page.order, after, size, backwards=False)
    page.rows = rows[:size]
    if len(rows) > size:
        page.next_url = _page_url(page, "after", page.rows[-1])
    if after and page.rows:
        page.previous_url = _page_url(page, "before", page.rows[0])


Mark = tuple[Any, int]


def _slice(found: QuerySet[Any], order: Order, mark: Mark | None, size: int, *, backwards: bool) -> list[Row]:
    rows = _ordered(found, order, backwards=backwards)
    if mark:
        rows = rows.filter(_beyond(order, mark, backwards=backwards))
    return list(rows[: size + 1])


def _ordered(found: QuerySet[Any], order: Order, *, backwards: bool) -> QuerySet[Any]:
    down = order.descending != backwards
    return found.order_by(*(F(name).desc() if down else F(name).asc() for name in (order.field, "pk")))


def _beyond(order: Order, mark: Mark, *, backwards: bool) -> Q:
    """Say which rows come after `mark`; the first condition lets the database enter its index at the mark."""
    value, pk = mark
    way = "lt" if order.descending != backwards else "gt"
    reached = Q(**{f"{order.field}__{way}e": value})
    return reached & (Q(**{f"{order.field}__{way}": value}) | Q(**{f"pk__{way}": pk}))


def _page_url(page: ListPage, way: str, row: Row) -> str:
    read = row.get if isinstance(row, dict) else lambda name: getattr(row, name)
    pk = row["id"] if isinstance(row, dict) else row.pk
    mark = [page.order.parameter, _as_text(read(page.order.field)), pk]
    params = QueryDict(page.query, mutable=True)
    params[way] = signing.Signer(salt=page.spec.key).sign_object(mark)
    return f"?{params.urlencode()}"


def _as_text(value: object) -> object:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _cursor(page: ListPage, found: QuerySet[Any], params: QueryDict, way: str) -> Mark | None:
    """Read a mark that `_page_url` made; one for another order, or made up, leads to the first page."""
    signed = params.get(way)
    if not signed:
        return None
    try:
        parameter, value, pk = signing.Signer(salt=page.spec.key).unsign_object(signed)
        if parameter != page.order.parameter:
            return None
        return _column(found, page.order.field).to_python(value), pk
    except (signing.BadSignature, ValidationError, ValueError):
        page.notes.append(_("That page of the list no longer exists; this is the first one."))
        return None


def _column(found: QuerySet[Any], name: str) -> Any:
    annotation = found.query.annotations.get(name)
    return annotation.output_field if annotation else found.model._meta.get_field(name)
