"""Which goals a school might set itself, and why: a list of rules, each about one figure that Tandem counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import School
from goals.enums import Category, Direction
from goals.measuring import unit_of
from goals.models import PlanningCycle, Programme, ProposedGoal
from goals.places import Places, places_of
from goals.wording import written
from roadmap import registry
from roadmap.figures import Shown, current
from roadmap.slots import Metric, Words

PLACES = "places_confirmed"
FEW_PLACES = Decimal(20)
MOST_NAMED = 2
NONE = Decimal(0)


def grown(value: Decimal) -> Decimal:
    """A fifth more, and at least three more."""
    return max((value * Decimal("1.2")).to_integral_value(ROUND_CEILING), value + 3)


def points_more(points: int) -> Callable[[Decimal], Decimal]:
    """So many percentage points more, up to the next five."""

    def more(value: Decimal) -> Decimal:
        fives = ((value + points) / 5).to_integral_value(ROUND_CEILING)
        return min(fives * 5, Decimal(100))

    return more


def better(value: Decimal) -> Decimal:
    """Two tenths better, on a scale that ends at 5."""
    return min(value + Decimal("0.2"), Decimal(5))


def to(target: int) -> Callable[[Decimal], Decimal]:
    return lambda _value: Decimal(target)


def below(limit: float) -> Callable[[Decimal], bool]:
    return lambda value: value < Decimal(str(limit))


def above(limit: int) -> Callable[[Decimal], bool]:
    return lambda value: value > limit


@dataclass(frozen=True)
class Rule:
    """A goal worth setting while a figure `fits`. `target` says how far to go from what the figure is.

    `why` gets the figure as `now`. A figure that nobody knows yet starts at 0 where `anew` has words for that; without
    them the goal waits until there is a figure.
    """

    metric: str
    category: Category
    title: Words
    why: Words
    target: Callable[[Decimal], Decimal]
    fits: Callable[[Decimal], bool]
    anew: Words = ""
    direction: Direction = Direction.INCREASE


RULES = [
    Rule(
        "agreement_coverage",
        Category.WORKFORCE_SOLUTIONS,
        gettext_lazy("%(target)s of active partners have an agreement"),
        gettext_lazy("Now it is %(now)s. What is written down outlasts the people who arranged it."),
        points_more(20),
        below(80),
    ),
    Rule(
        "needs_open",
        Category.WORKFORCE_SOLUTIONS,
        gettext_lazy("Firms’ open needs: %(target)s or fewer"),
        gettext_lazy("%(now)s needs of firms are open, and nobody has made an offer for them."),
        lambda value: (value / 2).to_integral_value(),
        above(3),
        direction=Direction.DECREASE,
    ),
    Rule(
        "mou_active",
        Category.WORKFORCE_SOLUTIONS,
        gettext_lazy("%(target)s agreements in force"),
        gettext_lazy("%(now)s are in force. What is written down outlasts the people who arranged it."),
        to(5),
        below(5),
        anew=gettext_lazy("None is in force yet. What is written down outlasts the people who arranged it."),
    ),
    Rule(
        "student_csat",
        Category.STUDENT_LEARNING,
        gettext_lazy("Students rate us %(target)s or better"),
        gettext_lazy("Students rate us %(now)s of 5. What they say names what to change first."),
        better,
        below(4.6),
    ),
    Rule(
        "partner_satisfaction",
        Category.VISIBILITY,
        gettext_lazy("Partners rate us %(target)s or better"),
        gettext_lazy("Partners rate us %(now)s of 5. Firms that are content come back and bring others."),
        better,
        below(4.6),
    ),
    Rule(
        "answers_this_year",
        Category.STUDENT_LEARNING,
        gettext_lazy("%(target)s answers from students and firms"),
        gettext_lazy("%(now)s answers came in within twelve months: too few to steer by."),
        to(20),
        below(20),
        anew=gettext_lazy("Nobody has been asked yet. Their answers are the figures of the year after."),
    ),
    Rule(
        "response_rate",
        Category.STUDENT_LEARNING,
        gettext_lazy("%(target)s of those asked give an answer"),
        gettext_lazy("%(now)s of those asked have answered; the rest may think otherwise."),
        points_more(15),
        below(60),
    ),
    Rule(
        "reply_rate",
        Category.VISIBILITY,
        gettext_lazy("%(target)s of new firms reply to us"),
        gettext_lazy("%(now)s of the firms contacted for the first time have replied within thirty days."),
        points_more(10),
        below(40),
    ),
    Rule(
        "orgs_contacted",
        Category.VISIBILITY,
        gettext_lazy("%(target)s firms in touch with us"),
        gettext_lazy("We were in touch with %(now)s firms within a year; places come from knowing more of them."),
        to(30),
        below(20),
        anew=gettext_lazy("Places and offers come from knowing firms; a first year begins with talking to them."),
    ),
    Rule(
        "pilots_run",
        Category.INNOVATION,
        gettext_lazy("%(target)s pilots under way"),
        gettext_lazy("%(now)s are under way. A small trial shows what works before anybody signs for years."),
        to(3),
        below(3),
        anew=gettext_lazy("None is under way. A small trial shows what works before anybody signs for years."),
    ),
    Rule(
        "findings_open",
        Category.CURRICULUM_RELEVANCE,
        gettext_lazy("Every finding decided"),
        gettext_lazy("%(now)s findings wait for a decision. Those who told us should hear what became of it."),
        to(0),
        above(0),
        direction=Direction.DECREASE,
    ),
    Rule(
        "partners_give",
        Category.RESOURCES_INCOME,
        gettext_lazy("Partners give %(target)s a year"),
        gettext_lazy("Partners promise %(now)s a year, in kind and in money."),
        lambda value: (value * Decimal("1.1") / 1000).to_integral_value(ROUND_CEILING) * 1000,
        above(0),
    ),
    Rule(
        "programmes_without_proposition",
        Category.VISIBILITY,
        gettext_lazy("A value sheet for every programme"),
        gettext_lazy("%(now)s programmes have none: nobody can say there in a minute why a firm should say yes."),
        to(0),
        above(0),
        direction=Direction.DECREASE,
    ),
]
# The figures that a school looks back on before it sets goals.
LOOKED_AT = [PLACES, "placement_coverage", "partners_active", *(rule.metric for rule in RULES)]


def figures_looked_at() -> dict[str, Shown]:
    """Return the figures that goals usually follow, in their order, as they are now."""
    found = current(LOOKED_AT)
    return {key: found[key] for key in LOOKED_AT if key in found}


def suggested(cycle: PlanningCycle, school: School, figures: Mapping[str, Shown]) -> list[ProposedGoal]:
    """Return the goals worth proposing for a year by the figures there are, none of them saved; two queries."""
    proposals = [_places(cycle, school, figures)] if PLACES in figures else []
    proposals += [_by_rule(rule, cycle, school, figures[rule.metric]) for rule in RULES if rule.metric in figures]
    return [proposal for proposal in proposals if proposal is not None]


def weightiest_first(
    proposals: Iterable[ProposedGoal], *, metrics: Iterable[str], categories: Iterable[str]
) -> list[ProposedGoal]:
    """Put first what answers a figure or a wish that somebody ticked; otherwise the order of the rules stays."""
    looked_at, asked = set(metrics), set(categories)
    return sorted(proposals, key=lambda one: (one.metric_key not in looked_at, one.category not in asked))


def metric_of(proposal: ProposedGoal) -> Metric | None:
    """Return the figure that a proposal follows; None where Tandem does not count it any more."""
    return next((metric for metric in registry.of(Metric) if metric.key == proposal.metric_key), None)


def _by_rule(rule: Rule, cycle: PlanningCycle, school: School, shown: Shown) -> ProposedGoal | None:
    value = shown.figure.value
    if value is None and not rule.anew:
        return None
    start = value or NONE
    target = rule.target(start)
    if not rule.fits(start) or target == start:
        return None
    unit = unit_of(shown.metric)
    said = {"now": written(start, unit, school.currency), "target": written(target, unit, school.currency)}
    why = str(rule.why if start or not rule.anew else rule.anew)
    return ProposedGoal(
        rule=rule.metric,
        title=str(rule.title) % said,
        why=why % said,
        category=rule.category,
        metric_key=rule.metric,
        direction=rule.direction,
        baseline=start,
        target=target,
        due_on=cycle.ends_on,
    )


def _places(cycle: PlanningCycle, school: School, figures: Mapping[str, Shown]) -> ProposedGoal | None:
    """As many places as the programmes need; without a need written down, a number to begin with."""
    programmes = list(Programme.objects.active())
    found = places_of(programmes)
    needed = Decimal(sum(programme.places_needed for programme in programmes))
    starts_anew = cycle.starts_on > school.today()
    start = NONE if starts_anew else figures[PLACES].figure.value or NONE
    target = needed or start + FEW_PLACES
    if target <= start:
        return None
    return ProposedGoal(
        rule=PLACES,
        title=_("%(target)s placement places") % {"target": written(target, "count")},
        why=_why_places(needed, figures[PLACES], _shortest(programmes, found.by_programme if found else {})),
        category=Category.JOB_PLACEMENT,
        metric_key=PLACES,
        baseline=start,
        target=target,
        due_on=cycle.ends_on,
    )


def _shortest(programmes: Iterable[Programme], places: Mapping[int, Places]) -> list[tuple[Programme, int]]:
    """Return the programmes that miss most places, and how many."""
    missing = [(one, places[one.pk].missing) for one in programmes if one.pk in places and places[one.pk].missing]
    return sorted(missing, key=lambda pair: -pair[1])[:MOST_NAMED]


def _why_places(needed: Decimal, shown: Shown, short: list[tuple[Programme, int]]) -> str:
    if not needed:
        return _("Every student who learns in a firm needs a place there. Set the target by how many are due.")
    said = {"needed": written(needed, "count"), "now": written(shown.figure.value or NONE, "count")}
    sentence = _("The programmes need %(needed)s places; %(now)s are confirmed this year.") % said
    if not short:
        return sentence
    named = [_("%(programme)s (%(n)s)") % {"programme": one.title, "n": missing} for one, missing in short]
    most = _("Most are missing in %(named)s.") % {"named": ", ".join(named)}
    return f"{sentence} {most}"[:300]
