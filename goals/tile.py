"""Stage 1's card on the Roadmap: how it stands, and the one best next step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import School, User
from accounts.rules import can_read
from goals.assessment import step_url
from goals.cycles import current_cycle, current_goals
from goals.enums import AssessmentStep, CycleStatus, GoalStatus
from goals.models import Assessment, PlanningCycle
from goals.progress import Light
from goals.rules import can_agree, can_run
from goals.standing import GoalStanding
from goals.verdicts import current_standings
from roadmap.slots import Figure, NextStep, StageFigure, StageState, Standing, Tile

NEXT_YEAR_BEFORE = dt.timedelta(days=60)
RUNS = {GoalStatus.AGREED, GoalStatus.ACTIVE}


def standing(user: User, school: School, figures: Mapping[str, Figure]) -> Standing:
    """Say how stage 1 stands; at most four queries beside the figures of the goals."""
    cycle = current_cycle()
    if cycle is None:
        return _not_started(_name_the_year())
    goals = current_goals()
    if not goals:
        return _not_started(_find_goals(cycle))
    agreed = sum(goal.is_agreed for goal in goals)
    progress = _("%(agreed)s of %(all)s agreed") % {"agreed": agreed, "all": len(goals)}
    if cycle.status == CycleStatus.RUNNING:
        state, step = _running(cycle, current_standings(school, school.today()), school.today())
        return Standing(state, agreed, len(goals), progress, step)
    return _preparing(user, cycle, agreed, len(goals), progress)


def _name_the_year() -> NextStep:
    why = _("Every later stage measures itself against its goals, and they can change.")
    return NextStep(_("Name the year that you plan for."), _("Set up the year"), _url("cycle_add"), detail=why)


def _find_goals(cycle: PlanningCycle) -> NextStep:
    """Lead to the half-hour in which a draft’s goals are found; to a goal of its own in a year agreed without any."""
    if not cycle.is_draft:
        sentence = _("Write down the first goal of %(year)s.") % {"year": cycle.name}
        return NextStep(sentence, _("Write a goal"), f"{_url('add')}?cycle={cycle.pk}")
    begun = Assessment.objects.filter(cycle=cycle).first()
    if begun:
        step = AssessmentStep(begun.reached)
        said = {"year": cycle.name, "step": step.label.lower()}
        sentence = _("Go on to find the goals of %(year)s: %(step)s.") % said
        return NextStep(sentence, _("Go on"), step_url(step, cycle.pk))
    sentence = _("Find the goals of %(year)s in half an hour.") % {"year": cycle.name}
    return NextStep(sentence, _("Find the goals"), _url("assessment", cycle.pk))


def _url(name: str, *args: int) -> str:
    return reverse(f"goals:{name}", args=args)


def _look(sentence: str, label: str, url: str, detail: str = "") -> NextStep:
    """A step whose page everybody may read."""
    return NextStep(sentence, label, url, detail=detail, open_to=can_read)


def _not_started(step: NextStep) -> Standing:
    return Standing(StageState.NOT_STARTED, 0, 0, _("none yet"), step)


def _preparing(user: User, cycle: PlanningCycle, agreed: int, goals: int, progress: str) -> Standing:
    """A year that does not run yet waits for the director, or for its start."""
    url, year = cycle.get_absolute_url(), {"year": cycle.name}
    if cycle.is_draft:
        step = _look(_("The director agrees the goals of %(year)s.") % year, _("Open the goals"), url)
        if can_agree(user):
            step = NextStep(_("Agree the goals of %(year)s.") % year, _("Read and agree"), url, open_to=can_agree)
        return Standing(StageState.WAITING, agreed, goals, progress, step, pill=_("Waiting for the director"))
    step = NextStep(
        _("The goals of %(year)s are agreed. Start the year.") % year, _("Start the year"), url, open_to=can_run
    )
    return Standing(StageState.ON_COURSE, agreed, goals, progress, step)


def _running(cycle: PlanningCycle, found: list[GoalStanding], today: dt.date) -> tuple[StageState, NextStep]:
    if cycle.ends_on < today:
        sentence = _("%(year)s is over. Say what became of its goals.") % {"year": cycle.name}
        return StageState.ATTENTION, _look(sentence, _("Open the goals"), cycle.get_absolute_url())
    running = [each for each in found if each.goal.status in RUNS]
    if unknown := [each for each in running if each.light == Light.GREY]:
        return StageState.ATTENTION, _find_out(unknown)
    if drafts := [each for each in found if each.goal.status == GoalStatus.DRAFT]:
        sentence = ngettext(
            "%(n)s goal waits for the director’s agreement.",
            "%(n)s goals wait for the director’s agreement.",
            len(drafts),
        )
        step = _look(sentence % {"n": len(drafts)}, _("Open the goal"), drafts[0].goal.get_absolute_url())
        return StageState.ON_COURSE, step
    return StageState.IN_PLACE, _look_at(cycle, running, today)


def _find_out(unknown: list[GoalStanding]) -> NextStep:
    """Name the first goal of which nobody knows how it stands."""
    first = unknown[0]
    title = {"goal": first.goal.title}
    if first.first.measure.is_live:
        sentence = _("“%(goal)s” has no figure at the moment.") % title
        return _look(sentence, _("See why"), first.goal.get_absolute_url(), detail=str(first.first.latest.reason))
    sentence = _("Note the newest figure for “%(goal)s”.") % title
    return NextStep(sentence, _("Note the figure"), _url("reading", first.goal.pk))


def _look_at(cycle: PlanningCycle, running: list[GoalStanding], today: dt.date) -> NextStep:
    """Lead to next year when this one ends soon, else to the goal furthest behind."""
    if cycle.ends_on - today <= NEXT_YEAR_BEFORE and not PlanningCycle.objects.filter(starts_on__gt=today).exists():
        sentence = _("%(year)s ends soon. Set up the next year.") % {"year": cycle.name}
        return NextStep(sentence, _("Set up the year"), _url("cycle_add"))
    behind = [each for each in running if each.light in {Light.AMBER, Light.RED}]
    if not behind:
        sentence = _("All goals are on track. Read them through with those who own them.")
        return _look(sentence, _("Open the goals"), cycle.get_absolute_url())
    worst = max(behind, key=lambda each: each.first.behind or 0)
    sentence = _("“%(goal)s” is furthest behind. See what counts and what is missing.") % {"goal": worst.goal.title}
    return _look(sentence, _("Open the goal"), worst.goal.get_absolute_url(), detail=worst.first.beside)


TILE = Tile(
    stage=1,
    figures=(
        StageFigure("goals_set", gettext_lazy("goals set")),
        StageFigure("goals_on_track", gettext_lazy("on track")),
        StageFigure("goals_behind", gettext_lazy("behind pace")),
    ),
    standing=standing,
    purpose=gettext_lazy("Three to seven goals for the year, each with an owner, a figure and a day."),
    rule=gettext_lazy(
        "In place while a year runs and every agreed goal has a figure not older than 45 days. Needs attention when a "
        "figure is missing or the year is over. Waiting while the director has not agreed. Goals behind pace do not "
        "change the state: they are set, and that is what this stage is for."
    ),
)
