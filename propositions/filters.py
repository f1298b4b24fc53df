"""How the lists of stage 3 narrow and sort."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals.models import Programme
from partnerships.filters import WordsOrPartnerFilter
from propositions.coverage import with_sheet, without_sheet
from propositions.enums import PropositionStatus, StrengthKind, TestimonialStatus
from propositions.models import (
    OfferType,
    Proposition,
    PropositionQuerySet,
    Segment,
    Strength,
    StrengthQuerySet,
    Testimonial,
    TestimonialQuerySet,
)
from roadmap.filters import WordsFilter
from ui.filters import AsideFilter, ListFilterSet, StateFilter, TickFilter
from ui.lists import Column, ListSpec, Sort

Rows = QuerySet[Any]


class StrengthFilter(filters.FilterSet):
    """Put away strengths are shown alone or not at all."""

    q = WordsFilter(label=_("Text"))
    kind = filters.ChoiceFilter(choices=StrengthKind.choices, label=_("Kind"))
    programme = filters.ModelChoiceFilter(
        queryset=Programme.objects.all(), field_name="programmes", label=_("Programme"), distinct=False
    )
    checked = filters.ChoiceFilter(
        choices=[("yes", _("In time")), ("no", _("To check again"))], method="by_check", label=_("Checked")
    )
    shown = TickFilter(field_name="is_shareable", label=_("May be shown to firms"))
    archived = AsideFilter(on_file=Q(archived_at=None), label=_("Put away"))

    class Meta:
        model = Strength
        fields: tuple[str, ...] = ()

    def by_check(self, queryset: StrengthQuerySet, _name: str, value: str) -> Rows:
        today = timezone.localdate()
        return queryset.to_check(today) if value == "no" else queryset.filter(check_by__gte=today)


STRENGTHS = ListSpec(
    key="propositions.strengths",
    filterset_class=StrengthFilter,
    sorts={"title": Sort(_("Strength"), "title"), "check": Sort(_("Check by"), "check_by")},
    default_sort="title",
    per_page=24,
    quick_filters=("kind", "checked"),
    columns=(
        Column(_("Strength"), lambda row: row.title),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("In a few words"), lambda row: row.description),
        Column(_("What proves it"), lambda row: row.evidence),
        Column(_("Keeper"), lambda row: row.owner.name if row.owner else ""),
        Column(_("Last checked"), lambda row: row.verified_on),
        Column(_("May be shown"), lambda row: row.is_shareable),
    ),
)


class OfferFilter(filters.FilterSet):
    """Offers no longer in use are shown alone or not at all."""

    q = filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Name"))
    free = TickFilter(method="by_price", label=_("No cost to the firm"))
    soon = TickFilter(method="by_notice", label=_("Ready in two weeks"))
    simple = TickFilter(method="by_agreement", label=_("No agreement needed"))
    unused = AsideFilter(on_file=Q(is_active=True), label=_("Not in use"))

    class Meta:
        model = OfferType
        fields: tuple[str, ...] = ()

    def by_price(self, queryset: Rows, _name: str, value: Any) -> Rows:
        return queryset.filter(price="free")

    def by_notice(self, queryset: Rows, _name: str, value: Any) -> Rows:
        return queryset.filter(lead_time_days__lte=14)

    def by_agreement(self, queryset: Rows, _name: str, value: Any) -> Rows:
        return queryset.filter(needs_agreement=False)


OFFERS = ListSpec(
    key="propositions.offers",
    filterset_class=OfferFilter,
    sorts={"name": Sort(_("Offer"), "name"), "notice": Sort(_("Notice"), "lead_time_days")},
    default_sort="name",
    per_page=24,
)


class SegmentFilter(filters.FilterSet):
    q = filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Name"))

    class Meta:
        model = Segment
        fields: tuple[str, ...] = ()


SEGMENTS = ListSpec(
    key="propositions.segments",
    filterset_class=SegmentFilter,
    sorts={"name": Sort(_("Segment"), "name")},
    default_sort="name",
    per_page=20,
)


class SheetFilter(ListFilterSet):
    """Versions put away are shown when asked for by their state."""

    q = WordsFilter(label=_("Text"))
    status = StateFilter(choices=PropositionStatus.choices, label=_("State"), groups={"": PropositionQuerySet.current})
    programme = filters.ModelChoiceFilter(queryset=Programme.objects.all(), label=_("Programme"))
    segment = filters.ModelChoiceFilter(queryset=Segment.objects.filter(archived_at=None), label=_("Segment"))
    late = TickFilter(method="by_review", label=_("To be looked at again"))

    class Meta:
        model = Proposition
        fields: tuple[str, ...] = ()

    def by_review(self, queryset: PropositionQuerySet, _name: str, value: Any) -> Rows:
        return queryset.to_review(timezone.localdate())


SHEETS = ListSpec(
    key="propositions.sheets",
    filterset_class=SheetFilter,
    sorts={
        "headline": Sort(_("Value sheet"), "headline"),
        "moved": Sort(_("In this state since"), "status_since", descending=True),
    },
    default_sort="headline",
    quick_filters=("status", "programme"),
    columns=(
        Column(_("Value sheet"), lambda row: row.headline),
        Column(_("Segment"), lambda row: row.segment.name),
        Column(_("Programme"), lambda row: row.programme.title if row.programme else ""),
        Column(_("Version"), lambda row: row.edition),
        Column(_("State"), lambda row: row.get_status_display()),
        Column(_("Look at it again by"), lambda row: row.review_by),
    ),
)


class CoverageFilter(filters.FilterSet):
    q = WordsFilter(label=_("Programme"))
    sheet = filters.ChoiceFilter(
        choices=[("there", _("There")), ("missing", _("Missing"))], method="by_sheet", label=_("Value sheet")
    )

    class Meta:
        model = Programme
        fields: tuple[str, ...] = ()

    def by_sheet(self, queryset: QuerySet[Programme], _name: str, value: str) -> Rows:
        return without_sheet(queryset) if value == "missing" else with_sheet(queryset)


COVERAGE = ListSpec(
    key="propositions.coverage",
    filterset_class=CoverageFilter,
    sorts={
        "title": Sort(_("Programme"), "title"),
        "places": Sort(_("Places needed"), "places_needed", descending=True),
    },
    default_sort="title",
    quick_filters=("sheet",),
)


class TestimonialFilter(filters.FilterSet):
    q = WordsOrPartnerFilter(label=_("Text, person or partner"))
    status = filters.ChoiceFilter(choices=TestimonialStatus.choices, label=_("State"))
    consented = TickFilter(method="by_consent", label=_("May be shown somewhere"))
    programme = filters.ModelChoiceFilter(queryset=Programme.objects.all(), label=_("Programme"))

    class Meta:
        model = Testimonial
        fields: tuple[str, ...] = ()

    def by_consent(self, queryset: TestimonialQuerySet, _name: str, value: Any) -> Rows:
        return queryset.consented()


TESTIMONIALS = ListSpec(
    key="propositions.testimonials",
    filterset_class=TestimonialFilter,
    sorts={"newest": Sort(_("Asked"), "asked_at", descending=True)},
    default_sort="newest",
    quick_filters=("status",),
)
