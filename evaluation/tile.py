"""Stage 8's card on the Roadmap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from evaluation.enums import VERIFIED, ActionStatus, WaveStatus
from evaluation.models import AdaptationAction, Finding, Wave
from partnerships.beginning import once_there_are_partners
from roadmap.slots import Figure, NextStep, StageFigure, StageState, Standing, Tile

DECIDE_DAYS = 30


@dataclass(frozen=True)
class Rounds:
    """How many people were asked in the rounds of twelve months, and how many of them answered."""

    asked: int
    answered: int


def standing(_user: User, school: School, figures: Mapping[str, Figure]) -> Standing:
    """Late changes first, then findings that wait too long; at most two queries."""
    rounds = _rounds(figures)
    if figures["actions_overdue"].n and (change := _late(school)):
        return _stand(StageState.ATTENTION, rounds, _finish(change))
    if figures["findings_open"].n and (finding := Finding.objects.to_decide().order_by("created_at").first()):
        is_late = finding.created_at < timezone.now() - dt.timedelta(days=DECIDE_DAYS)
        return _stand(StageState.ATTENTION if is_late else StageState.ON_COURSE, rounds, _decide(finding))
    if not rounds.asked and not figures["answers_this_year"].n:
        return Standing(StageState.NOT_STARTED, 0, 0, _g("not started"), _begin())
    return _calm(rounds)


def _begin() -> NextStep:
    """Lead to the round that is being prepared, else to a new one."""
    wave = Wave.objects.filter(status=WaveStatus.DRAFT).order_by("-id").first()
    if wave is None:
        return once_there_are_partners(_ask(_g("Ask the first firms for feedback.")), stage=8)
    sentence = _g("Choose whom to ask in “%(title)s”, and send it.") % {"title": wave.title}
    return NextStep(sentence, _g("Open the round"), wave.get_absolute_url())


def _rounds(figures: Mapping[str, Figure]) -> Rounds:
    return Rounds(int(figures["people_asked"].value or 0), int(figures["people_answered"].value or 0))


def _late(school: School) -> AdaptationAction | None:
    return AdaptationAction.objects.overdue(school.today()).order_by("due_on", "id").first()


def _calm(rounds: Rounds) -> Standing:
    """Nothing is late and nothing to decide: tell people what changed, hear the silent, or ask again."""
    untold = AdaptationAction.objects.filter(status__in=VERIFIED).order_by("due_on", "id").first()
    if untold:
        return _stand(StageState.ON_COURSE, rounds, _tell(untold))
    wave = Wave.objects.filter(status=WaveStatus.OPEN).order_by("closes_on").first()
    if wave:
        return _stand(StageState.WAITING, rounds, _wait(wave), pill=_g("Waiting for answers"))
    return _stand(StageState.IN_PLACE, rounds, _ask(_g("Every round is closed. Ask again after the next placements.")))


def _stand(state: StageState, rounds: Rounds, step: NextStep, *, pill: str = "") -> Standing:
    words = _g("%(n)d of %(all)d answered") % {"n": rounds.answered, "all": rounds.asked}
    return Standing(state, rounds.answered, rounds.asked, words, step, pill=pill)


def _ask(sentence: str) -> NextStep:
    return NextStep(sentence, _g("Ask for feedback"), reverse("evaluation:wave_add"))


def _finish(change: AdaptationAction) -> NextStep:
    words = {"title": change.title, "day": format_date(change.due_on, "j F")}
    sentence = _g("Finish “%(title)s”. It was due on %(day)s.")
    if change.status == ActionStatus.PROPOSED:
        sentence = _g("Decide on “%(title)s”. It was due on %(day)s.")
    return NextStep(sentence % words, _g("Open the action"), change.get_absolute_url(), detail=change.expected)


def _decide(finding: Finding) -> NextStep:
    sentence = _g("Decide on the finding “%(statement)s”.") % {"statement": finding.statement}
    since = _g("It waits since %(day)s.") % {"day": format_date(timezone.localtime(finding.created_at), "j F")}
    return NextStep(sentence, _g("Open the finding"), finding.get_absolute_url(), detail=since)


def _tell(change: AdaptationAction) -> NextStep:
    sentence = _g("Tell those who said it what changed: “%(title)s”.") % {"title": change.title}
    return NextStep(sentence, _g("Open the action"), change.get_absolute_url())


def _wait(wave: Wave) -> NextStep:
    words = {"title": wave.title, "day": format_date(wave.closes_on, "j F")}
    sentence = _g("“%(title)s” takes answers until %(day)s. A call helps the silent.") % words
    return NextStep(sentence, _g("Open the round"), wave.get_absolute_url())


TILE = Tile(
    stage=8,
    figures=(
        StageFigure("answers_this_year", _("answers")),
        StageFigure("partner_satisfaction", _("partners say")),
        StageFigure("student_csat", _("students say")),
    ),
    standing=standing,
    purpose=_("What firms and students say, and what the school changes because of it."),
    rule=_(
        "It needs attention when a change is late, or a finding has waited for more than 30 days. It waits while a "
        "round is open and there is nothing to decide. It is in place when every round is closed and every finding "
        "decided, and on course otherwise. The ring shows how many of those asked in twelve months have answered."
    ),
    needs=("actions_overdue", "findings_open", "people_asked", "people_answered"),
)
