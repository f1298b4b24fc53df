"""The lists of proposals, openings, placements and students: filters, orders, columns."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from accounts.models import User
from accounts.services import current_school
from goals.models import Programme
from opportunities.enums import OpeningStatus, PlacementStatus, ProposalStatus
from opportunities.models import Opening, Placement, Proposal, Student
from opportunities.models.placements import OpeningQuerySet, PlacementQuerySet
from opportunities.models.proposals import ProposalQuerySet
from opportunities.years import LOOK_BACK, year_of
from partnerships.filters import WordsOrPartnerFilter
from partnerships.models import Organisation
from roadmap.filters import WordsFilter
from roadmap.search import matching
from ui.filters import ListFilterSet, StateFilter, TickFilter
from ui.lists import Column, ListSpec, Sort

PROPOSAL_STATES = [
    ("all", _("All, whatever their state")),
    ("decided", _("Accepted or declined")),
    ("settled", _("Accepted, declined or run out")),
    *ProposalStatus.choices,
]
OPENING_STATES = [("free", _("Open with free places")), ("offered", _("Not taken back")), *OpeningStatus.choices]
PLACEMENT_STATES = [("secured", _("Confirmed, under way or completed")), *PlacementStatus.choices]
HERE = [("present", _("At the college")), ("left", _("Have left"))]


class ProposalFilter(ListFilterSet):
    """Without a state the list shows what is open: being written, or neither accepted nor refused yet."""

    q = WordsOrPartnerFilter(label=_("Search"))
    state = StateFilter(
        label=_("State"),
        choices=PROPOSAL_STATES,
        empty_label=_("Open"),
        groups={
            "": ProposalQuerySet.open,
            "all": ProposalQuerySet.all,
            "decided": ProposalQuerySet.decided,
            "settled": ProposalQuerySet.settled,
        },
    )
    later = TickFilter(label=_("Second round or later"), method="in_later_round")
    recent = TickFilter(label=_("Moved within the last 365 days"), method="moved_recently")
    owner = ModelChoiceFilter(
        label=_("Owner"), queryset=User.objects.working_with_partners(), empty_label=_("Everybody’s")
    )

    class Meta:
        model = Proposal
        fields = ("q", "state", "later", "recent", "owner")

    def in_later_round(self, queryset: QuerySet[Proposal], _name: str, _ticked: object) -> QuerySet[Proposal]:
        return queryset.filter(round__gte=2)

    def moved_recently(self, queryset: QuerySet[Proposal], _name: str, _ticked: object) -> QuerySet[Proposal]:
        return queryset.filter(status_since__gte=timezone.now() - LOOK_BACK)


PROPOSALS = ListSpec(
    key="opportunities.proposals",
    filterset_class=ProposalFilter,
    sorts={
        "number": Sort(_("Proposal"), "number", descending=True),
        "moved": Sort(_("Last moved"), "status_since", descending=True),
    },
    default_sort="moved",
    quick_filters=("state", "owner"),
    columns=(
        Column(_("Reference"), lambda row: row.number),
        Column(_("Partner"), lambda row: row.organisation.name),
        Column(_("Title"), lambda row: row.title),
        Column(_("State"), lambda row: row.get_status_display()),
        Column(_("Round"), lambda row: row.round),
        Column(_("Sent first on"), lambda row: row.first_sent_on or ""),
        Column(_("Sent last on"), lambda row: row.sent_on or ""),
        Column(_("Open for an answer until"), lambda row: row.valid_until or ""),
        Column(_("Decided on"), lambda row: row.decided_on or ""),
        Column(_("Reason"), lambda row: row.get_decision_reason_display() if row.decision_reason else ""),
        Column(_("Owner"), lambda row: row.owner.name if row.owner else ""),
    ),
)


def in_running_year(queryset: Any, _name: str, _ticked: object) -> Any:
    year = year_of(current_school().today())
    return queryset.within(year.start, year.end)


class OpeningFilter(ListFilterSet):
    q = WordsOrPartnerFilter(label=_("Search"))
    state = StateFilter(
        label=_("State"),
        choices=OPENING_STATES,
        empty_label=_("Any"),
        groups={"free": OpeningQuerySet.with_free_places, "offered": OpeningQuerySet.offered},
    )
    programme = ModelChoiceFilter(label=_("Programme"), queryset=Programme.objects.all(), empty_label=_("Any"))
    year = TickFilter(label=_("Begins in the running school year"), method=in_running_year)

    class Meta:
        model = Opening
        fields = ("q", "state", "programme", "year")


OPENINGS = ListSpec(
    key="opportunities.openings",
    filterset_class=OpeningFilter,
    sorts={
        "starts": Sort(_("From"), "starts_on", descending=True),
        "new": Sort(_("Newest"), "status_since", descending=True),
    },
    default_sort="starts",
    quick_filters=("state", "programme"),
    columns=(
        Column(_("Partner"), lambda row: row.organisation.name),
        Column(_("Programme"), lambda row: row.programme.title),
        Column(_("Opening"), lambda row: row.title),
        Column(_("Places"), lambda row: row.places),
        Column(_("Taken"), lambda row: row.taken),
        Column(_("From"), lambda row: row.starts_on),
        Column(_("Until"), lambda row: row.ends_on),
        Column(_("State"), lambda row: row.get_status_display()),
    ),
)


class PlacementFilter(ListFilterSet):
    q = CharFilter(label=_("Search"), method="search")
    state = StateFilter(
        label=_("State"), choices=PLACEMENT_STATES, empty_label=_("Any"), groups={"secured": PlacementQuerySet.secured}
    )
    programme = ModelChoiceFilter(label=_("Programme"), queryset=Programme.objects.all(), empty_label=_("Any"))
    year = TickFilter(label=_("Begins in the running school year"), method=in_running_year)

    class Meta:
        model = Placement
        fields = ("q", "state", "programme", "year")

    def search(self, queryset: QuerySet[Placement], _name: str, words: str) -> QuerySet[Placement]:
        partners = matching(Organisation.objects.all(), words).values("pk")
        openings = Opening.objects.filter(organisation__in=partners).values("pk")
        students = matching(Student.objects.all(), words).values("pk")
        return queryset.filter(Q(student__in=students) | Q(opening__in=openings))


PLACEMENTS = ListSpec(
    key="opportunities.placements",
    filterset_class=PlacementFilter,
    sorts={
        "starts": Sort(_("From"), "starts_on", descending=True),
        "moved": Sort(_("Last moved"), "status_since", descending=True),
    },
    default_sort="starts",
    quick_filters=("state", "programme"),
    columns=(
        Column(_("Student"), lambda row: row.student.reference),
        Column(_("Partner"), lambda row: row.opening.organisation.name),
        Column(_("Opening"), lambda row: row.opening.title),
        Column(_("Programme"), lambda row: row.programme.title),
        Column(_("From"), lambda row: row.starts_on),
        Column(_("Until"), lambda row: row.ends_on),
        Column(_("State"), lambda row: row.get_status_display()),
    ),
)


class StudentFilter(FilterSet):
    q = WordsFilter(label=_("Search"))
    here = ChoiceFilter(label=_("At the college"), choices=HERE, method="at_college", empty_label=_("Any"))
    programme = ModelChoiceFilter(label=_("Programme"), queryset=Programme.objects.all(), empty_label=_("Any"))

    class Meta:
        model = Student
        fields = ("q", "here", "programme")

    def at_college(self, queryset: QuerySet[Student], _name: str, which: str) -> QuerySet[Student]:
        return queryset.filter(left_on__isnull=which == "present")


# Without an export: what is known of students leaves through their own system.
STUDENTS = ListSpec(
    key="opportunities.students",
    filterset_class=StudentFilter,
    sorts={"reference": Sort(_("Reference"), "reference")},
    default_sort="reference",
    quick_filters=("here", "programme"),
)
