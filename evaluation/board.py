"""The two pictures of what was learned: the grid of findings, and the board of changes."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from evaluation.enums import VERIFIED, ActionStatus
from evaluation.models import HIGHEST, LOWEST, AdaptationAction, Finding
from roadmap.counts import CAP, as_text
from roadmap.slots import Words

CARDS = 20
SHARPEST = 2
# A column of the board, in the order of plan, do, check, act.
COLUMNS: list[tuple[str, Words, Words, list[str]]] = [
    ("plan", _("Plan"), _("decide and prepare"), [ActionStatus.PROPOSED, ActionStatus.APPROVED]),
    ("do", _("Do"), _("being done"), [ActionStatus.IN_PROGRESS]),
    ("check", _("Check"), _("did it help?"), [ActionStatus.IMPLEMENTED]),
    ("act", _("Act"), _("keep it or drop it, and tell them"), [*VERIFIED]),
]
TONES = {
    ActionStatus.PROPOSED: ("warn", "clock"),
    ActionStatus.APPROVED: ("info", "check"),
    ActionStatus.IN_PROGRESS: ("info", "refresh"),
    ActionStatus.IMPLEMENTED: ("info", "hourglass"),
    ActionStatus.EFFECTIVE: ("ok", "check"),
    ActionStatus.NO_EFFECT: ("", "minus"),
    ActionStatus.CLOSED: ("", "lock"),
    ActionStatus.DECLINED: ("", "x"),
}


@dataclass(frozen=True)
class Cell:
    """A field of the grid: how many findings to decide have this impact and effort."""

    severity: int
    effort: int
    count: int

    @property
    def is_first(self) -> bool:
        """Whether it gives much for little."""
        return self.severity > HIGHEST - SHARPEST and self.effort < LOWEST + SHARPEST


@dataclass(frozen=True)
class Column:
    key: str
    label: Words
    detail: Words
    states: list[str]
    count: int
    cards: list[AdaptationAction] = field(default_factory=list)

    @property
    def count_text(self) -> str:
        return as_text(self.count) or "0"

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def grid(findings: QuerySet[Finding]) -> list[list[Cell]]:
    """Return the findings' numbers, greatest impact first, in one query."""
    rows = findings.order_by().values_list("severity", "effort").annotate(n=Count("pk"))
    counts = Counter({(severity, effort): n for severity, effort, n in rows})
    grades = range(LOWEST, HIGHEST + 1)
    return [[Cell(severity, effort, counts[severity, effort]) for effort in grades] for severity in reversed(grades)]


def board() -> list[Column]:
    """Return the columns with their first cards, due first; three queries each."""
    return [_column(*column) for column in COLUMNS]


def _column(key: str, label: Words, detail: Words, states: list[str]) -> Column:
    mine = AdaptationAction.objects.filter(status__in=states)
    shown = with_reasons(mine.select_related("owner").order_by("due_on", "id")[:CARDS])
    return Column(key, label, detail, states, mine.order_by()[: CAP + 1].count(), list(shown))


def with_reasons(changes: QuerySet[AdaptationAction]) -> QuerySet[AdaptationAction]:
    """Fetch what each change rests on, in one more query."""
    return changes.prefetch_related(Prefetch("findings", Finding.objects.order_by("-weight", "id")))
