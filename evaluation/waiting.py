"""What of stage 8 waits for a person, falls due, or is looked for."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import ngettext

from accounts.models import School, User
from accounts.rules import can_approve, can_edit
from evaluation.enums import AHEAD, VERIFIED, ActionStatus, Asked, QuestionKind, Topic, WaveStatus
from evaluation.models import AdaptationAction, Answer, Finding, Response, Wave
from evaluation.rules import can_see_names, can_see_safety
from roadmap.search import is_short, matching
from roadmap.slots import DueItem, SearchHit, TodayItem

ICON = "message-heart"
FEW = 20


def answers(user: User, _school: School, limit: int) -> list[TodayItem]:
    """Answers of firms that nobody has read."""
    if not can_see_names(user):
        return []
    unread = Response.objects.submitted().of_firms().filter(read_at=None).select_related("organisation", "wave")
    shown = unread.only("overall", "submitted_at", "organisation__name", "wave__title", "wave__created_at")
    return [_answer(response) for response in shown.order_by("-submitted_at")[:limit]]


def _answer(response: Response) -> TodayItem:
    firm = response.organisation.name if response.organisation else ""
    title = _g("%(firm)s answered our questions") % {"firm": firm}
    if response.overall is not None:
        title = _g("%(firm)s rated us %(overall)s of 5") % {"firm": firm, "overall": response.overall}
    return TodayItem(
        title=title,
        detail=response.wave.title,
        url=response.get_absolute_url(),
        icon=ICON,
        stage=8,
        at=response.submitted_at or response.wave.created_at,
    )


def rounds(user: User, school: School, limit: int) -> list[TodayItem]:
    """Students asked about a pilot of whom too few have answered to show what they said."""
    if not can_edit(user):
        return []
    least = school.min_group_size_students
    about = Wave.objects.filter(status=WaveStatus.OPEN, pilot__isnull=False).exclude(asked=Asked.CONTACTS)
    rows: QuerySet[Any] = about.answered_by_few(least).order_by("-opened_at")
    found = rows.values_list("pk", "opened_at", "answered", "pilot__organisation__name")[:limit]
    return [
        TodayItem(
            title=_g("%(n)d of %(least)d answers about %(firm)s are in") % {"n": n, "least": least, "firm": firm},
            detail=_g("Figures appear once %(least)d are in") % {"least": least},
            url=reverse("evaluation:wave", args=[pk]),
            icon=ICON,
            stage=8,
            at=opened_at,
        )
        for pk, opened_at, n, firm in found
    ]


def safety(user: User, school: School, limit: int) -> list[TodayItem]:
    """Rounds in which a student did not feel safe, for the safeguarding lead alone, until she has seen it."""
    if not can_see_safety(user, school):
        return []
    said_no = Answer.objects.filter(
        question__topic=Topic.SAFE, question__kind=QuestionKind.YES_NO, number=0, response__organisation=None
    )
    waves = Wave.objects.filter(pk__in=said_no.values("response__wave")).order_by("-opened_at")[:FEW]
    counts = {wave: said_no.filter(response__wave=wave).count() for wave in waves}
    return [
        TodayItem(
            title=ngettext(
                "%(n)d student did not feel safe or respected", "%(n)d students did not feel safe or respected", n
            )
            % {"n": n},
            detail=wave.title,
            url=reverse("evaluation:wave_results", args=[wave.pk]),
            icon="shield-lock",
            stage=8,
            at=wave.opened_at or wave.created_at,
        )
        for wave, n in counts.items()
        if n > wave.safety_seen
    ][:limit]


def changes(user: User, _school: School, limit: int) -> list[TodayItem]:
    """Changes that the director has to decide on, and those of an owner that helped or did not, but nobody was told."""
    wanted = Q(owner=user, status__in=VERIFIED)
    if can_approve(user):
        wanted |= Q(status=ActionStatus.PROPOSED)
    found = AdaptationAction.objects.filter(wanted).only("title", "status", "updated_at").order_by("due_on", "id")
    return [
        TodayItem(
            title=(
                _g("Decide on “%(title)s”")
                if change.status == ActionStatus.PROPOSED
                else _g("Tell them what came of “%(title)s”")
            )
            % {"title": change.title},
            detail=change.get_status_display(),
            url=change.get_absolute_url(),
            icon="refresh",
            stage=8,
            at=change.updated_at,
        )
        for change in found[:limit]
    ]


def due(user: User, _school: School, until: dt.date, limit: int) -> list[DueItem]:
    """An owner's changes that are not done."""
    mine = AdaptationAction.objects.filter(owner=user, status__in=AHEAD, due_on__lte=until).order_by("due_on", "id")
    return [DueItem(title=change.title, url=change.get_absolute_url(), on=change.due_on) for change in mine[:limit]]


def find_findings(_user: User, words: list[str], limit: int) -> list[SearchHit]:
    if is_short(words):
        return []
    found = matching(Finding.objects.all(), " ".join(words)).order_by("-id")
    return [
        SearchHit(
            title=finding.statement,
            detail=finding.get_kind_display(),
            url=finding.get_absolute_url(),
            icon="list-check",
            stage=8,
            chip=finding.get_status_display(),
        )
        for finding in found[:limit]
    ]


def find_changes(_user: User, words: list[str], limit: int) -> list[SearchHit]:
    if is_short(words):
        return []
    found = matching(AdaptationAction.objects.select_related("owner"), " ".join(words)).order_by("-id")
    return [
        SearchHit(
            title=change.title,
            detail=change.owner.name if change.owner else "",
            url=change.get_absolute_url(),
            icon="refresh",
            stage=8,
            chip=change.get_status_display(),
        )
        for change in found[:limit]
    ]
