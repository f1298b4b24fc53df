"""Stage 1, Assess institutional goals: what it contributes to the rest."""

from django.utils.http import urlencode
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from goals import demo, metrics, pulse, scale
from goals.models import Goal, Programme
from goals.rules import can_plan
from goals.tile import TILE
from roadmap.scope import Narrowing, Words
from roadmap.search import matching
from roadmap.slots import (
    Action,
    DemoData,
    GoalSource,
    NavGroup,
    Page,
    ScaleData,
    SearchHit,
    SearchSource,
    Stage,
    TodaySection,
    TodaySource,
)


def find_goals(_user: User, words: list[str], limit: int) -> list[SearchHit]:
    found = matching(Goal.objects.select_related("cycle"), " ".join(words)).order_by("-cycle__starts_on", "priority")
    return [
        SearchHit(goal.title, goal.cycle.name, goal.get_absolute_url(), "target", 1, goal.get_status_display())
        for goal in found[:limit]
    ]


def find_programmes(_user: User, words: list[str], limit: int) -> list[SearchHit]:
    found = matching(Programme.objects.all(), " ".join(words)).order_by("title", "id")
    return [
        SearchHit(
            programme.title,
            _g("%(code)s, EQF level %(level)s") % {"code": programme.code, "level": programme.eqf},
            programme.get_absolute_url(),
            "school",
            1,
        )
        for programme in found[:limit]
    ]


def programme_choices() -> list[tuple[str, Words]]:
    return [(str(pk), title) for pk, title in Programme.objects.active().values_list("pk", "title")]


def programme_name(value: str) -> str:
    if not value.isdecimal():
        return ""
    return Programme.objects.filter(pk=value).values_list("title", flat=True).first() or ""


slots = [
    Narrowing(
        key="programme",
        label=_("Programme"),
        choices=programme_choices,
        name=programme_name,
        gone=_("The programme that this figure was narrowed to is gone."),
    ),
    Stage(
        number=1,
        title=_("Assess institutional goals"),
        question=_("What do we want from business?"),
        icon="target",
        pages=(
            Page(_("Goals"), "goals:board", "target", NavGroup.PREPARE, order=10, stage=1, letter="g"),
            Page(_("Programmes"), "goals:programmes", "school", NavGroup.PREPARE, order=11, stage=1),
        ),
        short=_("Goals"),
        help_template="goals/help.html",
    ),
    TILE,
    Action(_("Goal"), "goals:add", "target", can_plan),
    TodaySection("goals.pulse", "goals/pulse.html", pulse.pulse, order=0, column="top"),
    TodaySource("goals.waiting", pulse.waiting_for),
    GoalSource(pulse.goal_standings, pulse.running_year),
    SearchSource("goals", _("Goals"), find_goals),
    SearchSource(
        "programmes", _("Programmes"), find_programmes, lambda query: f"/programmes/?{urlencode({'q': query})}"
    ),
    *metrics.METRICS,
    DemoData("goals", demo.load),
    ScaleData("goals", scale.make),
]
