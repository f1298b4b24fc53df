"""The list of partners: what it can be narrowed to, sorted by and exported with."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict  # noqa: TID251 - a query string, as saved and exported
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, MultipleChoiceFilter, NumberFilter

from accounts.enums import Role
from accounts.models import User
from partnerships.enums import NeedKind, NeedStatus, SizeBand, Status, Urgency
from partnerships.models import Need, NeedQuerySet, Organisation, OrganisationQuerySet, has_open_need
from partnerships.nace import DIVISIONS, SECTIONS
from partnerships.slots import PartnerSelection
from roadmap import registry
from roadmap.filters import WordsFilter
from roadmap.search import matching
from ui.exports import export_rows
from ui.filters import AsideFilter, ListFilterSet, StateFilter, TickFilter
from ui.lists import Column, ListSpec, Sort, filtered

NEXT_STEPS = [("late", _("Late")), ("week", _("Due within a week")), ("none", _("None planned"))]
CONTACT = [
    ("last_30", _("In the last 30 days")),
    ("last_365", _("In the last 365 days")),
    ("10", _("More than 10 days ago")),
    ("14", _("Two weeks ago or longer")),
    ("30", _("30 days ago or longer")),
    ("90", _("90 days ago or longer")),
    ("180", _("Half a year ago or longer")),
    ("never", _("Never")),
]
AGREEMENTS = [("in_force", _("In force")), ("90", _("Ends within 90 days")), ("none", _("None in force"))]
Partners = QuerySet[Organisation]


class WordsOrPartnerFilter(WordsFilter):
    """Keeps the rows that hold every word themselves, and those of the organisations that do."""

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        if not value:
            return qs
        partners = matching(Organisation.objects.all(), value).values("pk")
        own = matching(qs.model.objects.all(), value, field=self.field_name).values("pk")
        return qs.filter(Q(pk__in=own) | Q(organisation__in=partners))


def sector_choices() -> list[tuple[Any, Any]]:
    """Return sections as groups, each with itself and its divisions; a choice is “C” or “C25”."""
    return _sector_choices(get_language())


@lru_cache(maxsize=16)
def _sector_choices(_language: str | None) -> list[tuple[Any, Any]]:
    groups = {letter: [(letter, _("%(letter)s, all of it") % {"letter": letter})] for letter in SECTIONS}
    for number, (letter, title) in DIVISIONS.items():
        groups[letter].append((f"{letter}{number}", f"{number} {title}"))
    return [(f"{letter} {title}", groups[letter]) for letter, title in SECTIONS.items()]


def owner_choices() -> list[tuple[str, Any]]:
    colleagues = User.objects.filter(role=Role.COORDINATOR, is_active=True).order_by("name", "pk")
    named = [(str(pk), name) for pk, name in colleagues.values_list("pk", "name")]
    return [("me", _("Me")), ("nobody", _("Nobody")), *named]


class OrganisationFilter(FilterSet):
    """Archived organisations are shown alone or not at all."""

    chip_labels = {
        "within": _("Within %(value)s km"),
        "active": _("Active partners"),
        "needs": _("Has an open need"),
        "unasked": _("Nothing known of their needs"),
    }

    q = WordsFilter(label=_("Text"))
    status = MultipleChoiceFilter(label=_("Stage"), choices=Status, widget=forms.CheckboxSelectMultiple, distinct=False)
    owner = ChoiceFilter(label=_("Owner"), method="by_owner")
    sector = ChoiceFilter(label=_("Sector"), choices=sector_choices, method="by_sector")
    size = ChoiceFilter(label=_("Staff"), field_name="size_band", choices=SizeBand)
    town = CharFilter(label=_("Town"), lookup_expr="iexact")
    within = NumberFilter(label=_("Distance in km, at most"), field_name="distance_km", lookup_expr="lte", min_value=0)
    next_step = ChoiceFilter(label=_("Next step"), choices=NEXT_STEPS, method="by_next_step")
    quiet = ChoiceFilter(label=_("Last contact"), choices=CONTACT, method="by_last_contact")
    agreement = ChoiceFilter(label=_("Agreement"), choices=AGREEMENTS, method="by_agreement")
    active = TickFilter(label=_("Active partners: status Partner or an agreement in force"), method="by_partnership")
    needs = TickFilter(label=_("Has an open need"), method="by_need")
    unasked = TickFilter(label=_("Nobody has written down what they need"), method="by_silence")
    counted = ChoiceFilter(label=_("Counted for"), method="by_figure")
    archived = AsideFilter(label=_("Archived"), on_file=Q(archived_at=None))

    class Meta:
        model = Organisation
        fields: list[str] = []

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.filters["owner"].extra["choices"] = owner_choices()
        self.filters["counted"].extra["choices"] = [(slot.key, slot.label) for slot in registry.of(PartnerSelection)]

    def by_owner(self, queryset: OrganisationQuerySet, name: str, value: str) -> Partners:
        if value == "nobody":
            return queryset.without_owner()
        if value == "me":
            return queryset.filter(owner=self.user)
        return queryset.filter(owner=int(value))

    def by_sector(self, queryset: Partners, name: str, value: str) -> Partners:
        narrowed = queryset.filter(nace_section=value[0])
        return narrowed.filter(nace_division=value[1:]) if value[1:] else narrowed

    def by_next_step(self, queryset: OrganisationQuerySet, name: str, value: str) -> Partners:
        now = timezone.now()
        if value == "late":
            return queryset.overdue(now)
        if value == "week":
            return queryset.filter(next_step_at__range=(now, now + dt.timedelta(days=7)))
        return queryset.without_next_step()

    def by_last_contact(self, queryset: OrganisationQuerySet, name: str, value: str) -> Partners:
        if value == "never":
            return queryset.never_contacted()
        if value.startswith("last_"):
            return queryset.contacted_since(timezone.now() - dt.timedelta(days=int(value.removeprefix("last_"))))
        return queryset.quiet_since(timezone.now() - dt.timedelta(days=int(value)))

    def by_partnership(self, queryset: OrganisationQuerySet, name: str, value: bool) -> Partners:  # noqa: FBT001 - django-filter's signature
        return queryset.in_partnership(timezone.localdate()) if value else queryset

    def by_need(self, queryset: OrganisationQuerySet, name: str, value: bool) -> Partners:  # noqa: FBT001 - django-filter's signature
        return queryset.filter(has_open_need()) if value else queryset

    def by_silence(self, queryset: OrganisationQuerySet, name: str, value: bool) -> Partners:  # noqa: FBT001 - django-filter's signature
        return queryset.exclude(has_open_need()) if value else queryset

    def by_figure(self, queryset: Partners, name: str, value: str) -> Partners:
        selection = next(slot for slot in registry.of(PartnerSelection) if slot.key == value)
        return selection.narrow(queryset)

    def by_agreement(self, queryset: OrganisationQuerySet, name: str, value: str) -> Partners:
        today = timezone.localdate()
        if value == "in_force":
            return queryset.with_agreement(today)
        if value == "none":
            return queryset.without_agreement(today)
        return queryset.filter(agreement_ends_on__range=(today, today + dt.timedelta(days=int(value))))


ORGANISATIONS = ListSpec(
    key="partnerships.organisations",
    filterset_class=OrganisationFilter,
    sorts={
        "name": Sort(_("Partner"), "name_folded"),
        "status": Sort(_("Stage"), "status_rank"),
        "last_contact": Sort(_("Last contact"), "last_contact_at", descending=True),
        "next_step": Sort(_("Next step"), "next_step_at"),
        "added": Sort(_("Added"), "created_at", descending=True),
    },
    default_sort="name",
    quick_filters=("status", "owner", "sector"),
    columns=(
        Column(_("Partner"), lambda row: row.name),
        Column(_("Legal name"), lambda row: row.legal_name),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("Stage"), lambda row: row.get_status_display()),
        Column(_("Owner"), lambda row: row.owner.name if row.owner else ""),
        Column(_("Sector (NACE 2.1)"), lambda row: f"{row.nace_section}{row.nace_division}"),
        Column(_("Trade"), lambda row: row.trade_words),
        Column(_("Staff"), lambda row: row.get_size_band_display()),
        Column(_("Street"), lambda row: row.street),
        Column(_("Postcode"), lambda row: row.postcode),
        Column(_("Town"), lambda row: row.town),
        Column(_("Distance in km"), lambda row: row.distance_km),
        Column(_("Website"), lambda row: row.website),
        Column(_("E-mail"), lambda row: row.email),
        Column(_("Phone"), lambda row: row.phone),
        Column(_("Registration number"), lambda row: row.registration_number),
        Column(_("Students at the same time"), lambda row: row.capacity),
        Column(_("Found through"), lambda row: row.get_source_display()),
        Column(_("Last contact"), lambda row: row.last_contact_on),
        Column(_("Next step"), lambda row: row.next_step_text),
        Column(_("Next step on"), lambda row: row.next_step_on),
        Column(_("Agreement ends"), lambda row: row.agreement_ends_on),
        Column(_("Do not contact"), lambda row: row.do_not_contact_reason),
        Column(_("Added"), lambda row: timezone.localdate(row.created_at)),
    ),
)


def list_for(user: User | None) -> ListSpec:
    """Return the list as this user has it: “me” among the owners is whoever looks."""
    return replace(ORGANISATIONS, filterset_class=partial(OrganisationFilter, user=user))  # type: ignore[arg-type]


def exported(query: str, *, user: User | None) -> tuple[Iterator[list[object]], int]:
    """Return the lines of an export of what the list shows under a query string, and how many partners that is."""
    spec = list_for(user)
    rows = filtered(spec, Organisation.objects.select_related("owner"), QueryDict(query))
    return export_rows(spec, rows), rows.order_by().count()


class NeedFilter(ListFilterSet):
    """Open ones, unless another state is asked for."""

    q = WordsFilter(label=_("Text"))
    status = StateFilter(
        label=_("State"),
        choices=[*NeedStatus.choices[1:], ("all", _("All, whatever their state"))],
        empty_label=_("Open"),
        groups={"": NeedQuerySet.open, "all": NeedQuerySet.all},
    )
    kind = ChoiceFilter(label=_("Kind"), choices=NeedKind, empty_label=_("Any kind"))
    urgency = ChoiceFilter(label=_("When"), choices=Urgency, empty_label=_("Whenever"))

    class Meta:
        model = Need
        fields: list[str] = []


NEEDS = ListSpec(
    key="partnerships.needs",
    filterset_class=NeedFilter,
    sorts={
        "urgency": Sort(_("When"), "urgency_rank"),
        "stated": Sort(_("Who said it"), "stated_on", descending=True),
    },
    default_sort="urgency",
    quick_filters=("status", "kind", "urgency"),
    columns=(
        Column(_("Need"), lambda row: row.title),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("Partner"), lambda row: row.organisation.name),
        Column(_("People"), lambda row: row.headcount),
        Column(_("When"), lambda row: row.get_urgency_display()),
        Column(_("Who said it"), lambda row: row.stated_by.name if row.stated_by else ""),
        Column(_("Said on"), lambda row: row.stated_on),
        Column(_("State"), lambda row: row.get_status_display()),
        Column(_("Details"), lambda row: row.detail),
    ),
)
