"""The half-hour in which a year's goals are found, as its pages show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import School, User
from goals.cycles import goals_of
from goals.enums import AssessmentStep, ItemKind
from goals.measuring import unit_of
from goals.models import Assessment, AssessmentItem, Goal, Measure, PlanningCycle, ProposedGoal
from goals.rules import can_agree, can_assess, can_remove_wish, can_wish
from goals.slots import AssessmentEntry, AssessmentInput
from goals.suggesting import figures_looked_at, metric_of, suggested, weightiest_first
from goals.wording import written
from roadmap import registry
from roadmap.figures import Shown
from roadmap.models import MetricReading
from roadmap.slots import Words

MOST_ENTRIES = 12
READ_WITHIN = dt.timedelta(days=14)
TICKED_AT_FIRST = 5
FEWEST, MOST = 3, 7
FIGURES = "goals.figures"
MINUTES = {
    AssessmentStep.STRENGTHS: 6,
    AssessmentStep.FIGURES: 6,
    AssessmentStep.ASKED: 8,
    AssessmentStep.GOALS: 8,
    AssessmentStep.AGREE: 2,
}
URL_NAMES = {
    AssessmentStep.STRENGTHS: "goals:assessment_strengths",
    AssessmentStep.FIGURES: "goals:assessment_figures",
    AssessmentStep.ASKED: "goals:assessment_asked",
    AssessmentStep.GOALS: "goals:assessment_goals",
    AssessmentStep.AGREE: "goals:assessment_agree",
}
QUESTIONS: dict[AssessmentStep, Words] = {
    AssessmentStep.STRENGTHS: gettext_lazy("What are we good at?"),
    AssessmentStep.FIGURES: gettext_lazy("What did last year’s figures say?"),
    AssessmentStep.ASKED: gettext_lazy("What did firms and teachers ask for?"),
    AssessmentStep.GOALS: gettext_lazy("Which goals do we set ourselves?"),
    AssessmentStep.AGREE: gettext_lazy("Is this what we want?"),
}
KINDS = {
    AssessmentStep.STRENGTHS: (ItemKind.STRENGTH,),
    AssessmentStep.FIGURES: (ItemKind.FIGURE,),
    AssessmentStep.ASKED: (ItemKind.NEED, ItemKind.FINDING),
}
Found = tuple[AssessmentInput, list[AssessmentEntry]]
WISHES = (ItemKind.WISH, ItemKind.STRATEGY, ItemKind.INSPECTION)


@dataclass(frozen=True)
class Stood:
    """A line of the steps above a page."""

    step: AssessmentStep
    cycle_id: int
    state: str
    detail: str

    @property
    def label(self) -> str:
        return str(self.step.label)

    @property
    def url(self) -> str:
        return step_url(self.step, self.cycle_id)


@dataclass(frozen=True)
class Entry:
    """Something on record, and whether a goal should answer it."""

    shown: AssessmentEntry
    is_ticked: bool


@dataclass(frozen=True)
class Section:
    """What one app, or stage 1 itself, has on record."""

    source: AssessmentInput
    entries: list[Entry]


def step_url(step: AssessmentStep, cycle_id: int) -> str:
    return reverse(URL_NAMES[step], args=[cycle_id])


def on_record(
    step: AssessmentStep, cycle: PlanningCycle, school: School
) -> list[tuple[AssessmentInput, list[AssessmentEntry]]]:
    """Return what there is to tick at a step, each entry under a name that is its own across all inputs."""
    kinds = KINDS.get(step, ())
    sources = sorted((one for one in registry.of(AssessmentInput) if one.kind in kinds), key=lambda one: one.order)
    if step == AssessmentStep.FIGURES:
        sources = [_figures_of(cycle)]
    found = []
    for source in sources:
        entries = source.entries(school, MOST_ENTRIES)
        found.append((source, [replace(entry, key=f"{source.key}:{entry.key}") for entry in entries]))
    return found


def _figures_of(cycle: PlanningCycle) -> AssessmentInput:
    return AssessmentInput(
        key=FIGURES,
        kind=ItemKind.FIGURE,
        label=gettext_lazy("What Tandem counts"),
        hint=gettext_lazy("Tick the figures that should move, or stay as good as they are."),
        entries=lambda school, _limit: _figure_entries(cycle, school),
        empty=gettext_lazy(
            "Nothing has been counted yet. A first year starts from nought: the next steps suggest goals all the same, "
            "and Tandem counts from the first entry on."
        ),
        counted=gettext_lazy("now"),
    )


def year_before(cycle: PlanningCycle, today: dt.date) -> PlanningCycle | None:
    """Return the last year that is over and lies before this one."""
    over = PlanningCycle.objects.filter(starts_on__lt=cycle.starts_on, ends_on__lt=today)
    return over.order_by("-starts_on", "-id").first()


def _figure_entries(cycle: PlanningCycle, school: School) -> list[AssessmentEntry]:
    """Return what each figure was when the year before ended, and what it is now; five queries beside the figures."""
    shown = {key: one for key, one in figures_looked_at().items() if one.figure.value is not None and one.figure.n}
    before = year_before(cycle, school.today())
    then = _closed_with(shown, before) | _readings(shown, before.ends_on) if before else {}
    year = before.name if before else ""
    return [_figure_entry(one, then.get(key, ""), year, school) for key, one in shown.items()]


def _closed_with(shown: Mapping[str, Shown], cycle: PlanningCycle) -> dict[str, str]:
    """Return what figures were when the goals that followed them were closed, in words."""
    closed = Measure.objects.filter(goal__cycle=cycle, metric_key__in=shown).exclude(final_value=None)
    found = closed.values_list("metric_key", "final_value")
    return {key: written(value, unit_of(shown[key].metric)) for key, value in found}


def _readings(shown: Mapping[str, Shown], day: dt.date) -> dict[str, str]:
    """Return the last reading of each figure in the fortnight up to a day, in words."""
    rows = MetricReading.objects.filter(metric__in=shown, scope="", on__lte=day, on__gt=day - READ_WITHIN).order_by(
        "on"
    )
    return {
        key: written(value, unit_of(shown[key].metric))
        for key, value in rows.values_list("metric", "value")
        if value is not None
    }


def _figure_entry(shown: Shown, then: str, year: str, school: School) -> AssessmentEntry:
    metric = shown.metric
    detail = _("%(then)s at the end of %(year)s") % {"then": then, "year": year} if then else ""
    counted = _("from %(n)s %(counted)s") % {"n": shown.figure.n, "counted": metric.counted} if metric.counted else ""
    return AssessmentEntry(
        key=metric.key,
        title=str(metric.label),
        detail=" · ".join(filter(None, [detail, counted])),
        figure=written(shown.figure.value, unit_of(metric), school.currency),
        url=metric.records_url,
    )


@dataclass(frozen=True)
class AssessmentPage:
    """One step of an assessment, as one person may see and fill it in."""

    assessment: Assessment
    here: AssessmentStep
    user: User
    school: School

    @property
    def cycle(self) -> PlanningCycle:
        return self.assessment.cycle

    @property
    def question(self) -> Words:
        return QUESTIONS[self.here]

    @property
    def minutes_left(self) -> int:
        return sum(minutes for step, minutes in MINUTES.items() if step >= self.here)

    @property
    def may_assess(self) -> bool:
        return can_assess(self.user, self.cycle) and not self.assessment.is_finished

    @property
    def may_wish(self) -> bool:
        return can_wish(self.user, self.cycle) and not self.assessment.is_finished

    @property
    def previous_url(self) -> str:
        return step_url(AssessmentStep(self.here - 1), self.cycle.pk) if self.here > AssessmentStep.STRENGTHS else ""

    @property
    def following(self) -> AssessmentStep | None:
        return AssessmentStep(self.here + 1) if self.here < AssessmentStep.AGREE else None

    @property
    def next_url(self) -> str:
        return step_url(self.following, self.cycle.pk) if self.following else ""

    @cached_property
    def items(self) -> list[AssessmentItem]:
        return items_of(self.assessment)

    @cached_property
    def steps(self) -> list[Stood]:
        return [Stood(step, self.cycle.pk, self._state(step), self._detail(step)) for step in AssessmentStep]

    def _state(self, step: AssessmentStep) -> str:
        if step == self.here:
            return "current"
        return "done" if step < self.assessment.reached else "todo"

    def _detail(self, step: AssessmentStep) -> str:
        if step > self.assessment.reached:
            return ""
        if step == AssessmentStep.GOALS:
            n = len(self.chosen)
            return ngettext("%(n)s chosen", "%(n)s chosen", n) % {"n": n} if n else ""
        kinds = (*KINDS.get(step, ()), *(WISHES if step == AssessmentStep.ASKED else ()))
        n = sum(item.kind in kinds for item in self.items)
        return ngettext("%(n)s noted", "%(n)s noted", n) % {"n": n} if n else ""

    @cached_property
    def sections(self) -> list[Section]:
        """Return what is on record, with what is ticked; what was ticked and is gone from the records still stands."""
        ticked = {item.source: item for item in self.items if item.source}
        found = []
        for source, entries in on_record(self.here, self.cycle, self.school):
            known = {entry.key for entry in entries}
            kept = [_as_entry(item) for key, item in ticked.items() if key not in known and _belongs(key, source)]
            found.append(Section(source, [Entry(entry, entry.key in ticked) for entry in [*entries, *kept]]))
        return found

    @property
    def wishes(self) -> list[tuple[AssessmentItem, bool]]:
        """Return what colleagues have noted, each with whether this person may take it away."""
        noted = [item for item in self.items if item.kind in WISHES]
        for item in noted:
            item.assessment = self.assessment
        return [(item, self.may_wish and can_remove_wish(self.user, item)) for item in noted]

    @cached_property
    def proposals(self) -> list[ProposedGoal]:
        return proposals_for(self.assessment, self.items, self.school)

    @property
    def taking_shape(self) -> list[ProposedGoal]:
        """Return the first suggestions, for the side of the steps that come before choosing."""
        return self.proposals[:TICKED_AT_FIRST]

    @cached_property
    def chosen(self) -> list[ProposedGoal]:
        return list(self.assessment.proposed.filter(is_chosen=True).select_related("owner"))

    @cached_property
    def written_down(self) -> list[Goal]:
        """Return the goals that the year has already, apart from these suggestions."""
        return list(goals_of(self.cycle).filter(proposed=None).select_related("owner"))

    @property
    def how_many(self) -> Words:
        return said_of(len(self.chosen) + len(self.written_down))

    @property
    def recap(self) -> list[tuple[str, list[AssessmentItem]]]:
        """Return what earlier steps brought, by kind."""
        return by_kind(item for item in self.items if _step_of(item) < self.here)


def items_of(assessment: Assessment) -> list[AssessmentItem]:
    return list(assessment.items.select_related("by"))


def by_kind(items: Iterable[AssessmentItem]) -> list[tuple[str, list[AssessmentItem]]]:
    """Return items under the name of their kind, in the order of the kinds."""
    found: dict[str, list[AssessmentItem]] = {}
    for item in items:
        found.setdefault(item.kind, []).append(item)
    return [(str(kind.label), found[kind]) for kind in ItemKind if kind in found]


def _step_of(item: AssessmentItem) -> AssessmentStep:
    return next((step for step, kinds in KINDS.items() if item.kind in kinds), AssessmentStep.ASKED)


def _belongs(key: str, source: AssessmentInput) -> bool:
    return key.rpartition(":")[0] == source.key


def _as_entry(item: AssessmentItem) -> AssessmentEntry:
    return AssessmentEntry(item.source, item.title, item.detail, item.figure, category=item.category)


def proposals_for(assessment: Assessment, items: Collection[AssessmentItem], school: School) -> list[ProposedGoal]:
    """Return the suggestions as people left them and the newer ones; at first the first few are chosen."""
    kept = {proposal.rule: proposal for proposal in assessment.proposed.select_related("owner")}
    fresh = suggested(assessment.cycle, school, figures_looked_at())
    merged = [kept.pop(proposal.rule, proposal) for proposal in fresh]
    metrics = [item.source.rpartition(":")[2] for item in items if item.kind == ItemKind.FIGURE]
    ordered = weightiest_first([*merged, *kept.values()], metrics=metrics, categories=[item.category for item in items])
    if not any(proposal.pk for proposal in ordered):
        for proposal in ordered[:TICKED_AT_FIRST]:
            proposal.is_chosen = True
    return ordered


def said_of(goals: int) -> str:
    """Say whether so many goals are a good number for a year."""
    if goals == 0:
        return _("No goal is chosen yet. Three to seven are a good number for a year.")
    if goals < FEWEST:
        sentence = ngettext(
            "%(n)s goal. Three to seven are a good number; fewer leave much of the work without a direction.",
            "%(n)s goals. Three to seven are a good number; fewer leave much of the work without a direction.",
            goals,
        )
    elif goals > MOST:
        sentence = _("%(n)s goals. Three to seven are a good number; of more than seven nobody knows all by heart.")
    else:
        sentence = _("%(n)s goals: a good number for a year.")
    return sentence % {"n": goals}


def figures_in_words(proposal: ProposedGoal, school: School) -> tuple[str, str]:
    """Return the start and the target of a proposal in its unit."""
    metric = metric_of(proposal)
    unit = unit_of(metric) if metric else "count"
    return written(proposal.baseline, unit, school.currency), written(proposal.target, unit, school.currency)


@dataclass(frozen=True)
class Summary:
    """What was considered and what came of it, to read and to print."""

    assessment: Assessment
    user: User

    @property
    def cycle(self) -> PlanningCycle:
        return self.assessment.cycle

    @cached_property
    def items(self) -> list[tuple[str, list[AssessmentItem]]]:
        return by_kind(items_of(self.assessment))

    @cached_property
    def goals(self) -> list[Goal]:
        return list(goals_of(self.cycle).select_related("owner").prefetch_related("measures"))

    @property
    def contributors(self) -> list[str]:
        """Return who took part, by name."""
        people = {item.by.name for _kind, items in self.items for item in items if item.by}
        if self.assessment.finished_by:
            people.add(self.assessment.finished_by.name)
        return sorted(people)

    @property
    def may_agree(self) -> bool:
        return self.cycle.is_draft and bool(self.goals) and can_agree(self.user)
