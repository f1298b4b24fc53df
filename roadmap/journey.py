"""The roadmap of a school as it stands: eight stages, each with its state, figures and one next step, and one focus."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import School, User
from roadmap import registry
from roadmap.figures import Shown, current
from roadmap.slots import (
    GoalSource,
    GoalStanding,
    NextStep,
    Period,
    Stage,
    StageState,
    Standing,
    Tile,
    Words,
)

WORST_FIRST = list(StageState)
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class StateLook:
    """How a state is named and drawn; `means` says it in a sentence, `lead` begins the sentence of the focus."""

    label: Words
    tone: str
    icon: str
    means: Words
    lead: Words


LOOKS = {
    StageState.HELD_UP: StateLook(
        gettext_lazy("Held up"),
        "bad",
        "alert-circle",
        gettext_lazy("Something does not go on, and the stages after it will feel it."),
        gettext_lazy("Where the journey is held up"),
    ),
    StageState.ATTENTION: StateLook(
        gettext_lazy("Needs attention"),
        "warn",
        "alert-triangle",
        gettext_lazy("The stage goes on, but something in it is late or missing."),
        gettext_lazy("What needs attention first"),
    ),
    StageState.NOT_STARTED: StateLook(
        gettext_lazy("Not started"),
        "",
        "circle-dashed",
        gettext_lazy("There is nothing in this stage yet."),
        gettext_lazy("Start here"),
    ),
    StageState.WAITING: StateLook(
        gettext_lazy("Waiting"),
        "warn",
        "clock",
        gettext_lazy("Somebody else has the next word."),
        gettext_lazy("What we wait for"),
    ),
    StageState.ON_COURSE: StateLook(
        gettext_lazy("On course"),
        "ok",
        "check",
        gettext_lazy("Work is going on and nothing in it is late."),
        gettext_lazy("On course; the next step"),
    ),
    StageState.IN_PLACE: StateLook(
        gettext_lazy("In place"),
        "ok",
        "check",
        gettext_lazy("What this stage is for stands."),
        gettext_lazy("All in place; what comes next"),
    ),
}


@dataclass(frozen=True)
class CardFigure:
    label: Words
    shown: Shown


@dataclass(frozen=True)
class Card:
    """A stage as the page shows it. `pill` and `look` are its state; `ring` how much of it is done, in percent."""

    stage: Stage
    tile: Tile
    standing: Standing
    figures: list[CardFigure]
    may_act: bool
    is_focus: bool = False

    @property
    def name(self) -> Words:
        return self.stage.short or self.stage.title

    @property
    def look(self) -> StateLook:
        return LOOKS[self.standing.state]

    @property
    def is_to_start(self) -> bool:
        return self.standing.state == StageState.NOT_STARTED

    @property
    def starts_here(self) -> bool:
        return self.is_focus and self.is_to_start

    @property
    def pill(self) -> Words:
        return self.standing.pill or self.look.label

    @property
    def next_step(self) -> NextStep:
        return self.standing.next_step

    @property
    def ring(self) -> int:
        total = 0 if self.is_to_start else self.standing.total
        return round(100 * min(1, max(0, self.standing.done / total))) if total else 0


@dataclass(frozen=True)
class Journey:
    """`goal` is the goal furthest behind that speaks for the focus; `week` of `weeks` is where the year stands."""

    cards: list[Card]
    focus: Card | None
    goal: str
    period: Period | None
    week: int
    weeks: int

    @property
    def is_first_day(self) -> bool:
        return all(card.is_to_start for card in self.cards)

    @property
    def read_earlier(self) -> list[Shown]:
        """The figures of this page that were not counted for it, oldest first."""
        shown = [figure.shown for card in self.cards if not card.is_to_start for figure in card.figures]
        return sorted((figure for figure in shown if not figure.is_live), key=lambda figure: figure.at)


def journey_for(user: User, school: School) -> Journey:
    """Put the roadmap together.

    Queries: one for all readings, those of the figures counted anew, a few a stage, and the goals’.
    """
    cards = _cards(user, school)
    goals = [goal for source in registry.of(GoalSource) for goal in source.standings(school) if goal.behind > 0]
    focus = focus_of(cards, goals)
    period = next((found for source in registry.of(GoalSource) if (found := source.period(school))), None)
    week, weeks = _weeks(period, school)
    shown = [card if card is not focus else _in_focus(card) for card in cards]
    return Journey(
        cards=shown,
        focus=next((card for card in shown if card.is_focus), None),
        goal=_goal_sentence(focus.stage.number, goals) if focus and goals else "",
        period=period,
        week=week,
        weeks=weeks,
    )


def tiles() -> dict[int, Tile]:
    return {tile.stage: tile for tile in registry.of(Tile)}


def stages() -> list[Stage]:
    return sorted(registry.of(Stage), key=lambda stage: stage.number)


def _cards(user: User, school: School) -> list[Card]:
    of_stage = tiles()
    asked = {key for tile in of_stage.values() for key in (*tile.needs, *(figure.metric for figure in tile.figures))}
    shown = current(asked)
    return [_card(stage, of_stage[stage.number], user, school, shown) for stage in stages() if stage.number in of_stage]


def _card(stage: Stage, tile: Tile, user: User, school: School, shown: dict[str, Shown]) -> Card:
    keys = (*tile.needs, *(figure.metric for figure in tile.figures))
    standing = tile.standing(user, school, {key: shown[key].figure for key in keys})
    figures = [CardFigure(figure.label, shown[figure.metric]) for figure in tile.figures]
    return Card(stage, tile, standing, figures, may_act=_may_act(user, standing.next_step))


def _may_act(user: User, step: NextStep) -> bool:
    """Say whether the button is for this person: others see the sentence alone."""
    return bool(step.url) and step.open_to(user)


def _in_focus(card: Card) -> Card:
    return Card(card.stage, card.tile, card.standing, card.figures, card.may_act, is_focus=True)


def focus_of(cards: Sequence[Card], goals: Sequence[GoalStanding]) -> Card | None:
    """Return the stage to look at first: worst state, then the goal furthest behind whose stage it is, then number.

    Of stages that have not started the earliest comes first whatever the goals say: each builds on those before it.
    """
    return min(cards, key=lambda card: _urgency(card, goals), default=None)


def _urgency(card: Card, goals: Sequence[GoalStanding]) -> tuple[int, Decimal, int]:
    own = [] if card.is_to_start else [goal.behind for goal in goals if goal.stage == card.stage.number]
    behind = max(own, default=Decimal(0))
    return WORST_FIRST.index(card.standing.state), -behind, card.stage.number


def _goal_sentence(stage: int, goals: Sequence[GoalStanding]) -> str:
    """Name the goal that the focus speaks for: its own one furthest behind, else the one furthest behind of all."""
    furthest = max(goals, key=lambda goal: goal.behind)
    own = max((goal for goal in goals if goal.stage == stage), key=lambda goal: goal.behind, default=None)
    goal = own or furthest
    words = {"goal": goal.title, "detail": goal.detail}
    if own and own is not furthest:
        return _("It carries the goal “%(goal)s”, which is behind (%(detail)s).") % words
    if own:
        return _("It carries the goal furthest behind, “%(goal)s” (%(detail)s).") % words
    return _("The goal furthest behind is “%(goal)s” (%(detail)s).") % words


def _weeks(period: Period | None, school: School) -> tuple[int, int]:
    """Return which week of the year this is, and how many it has; both count from its first day."""
    if period is None:
        return 0, 0
    last = (period.ends_on - period.starts_on).days // DAYS_A_WEEK + 1
    now = (school.today() - period.starts_on).days // DAYS_A_WEEK + 1
    return min(max(now, 1), last), last
