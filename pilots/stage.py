"""Stage 6, Pilot programmes and demonstrations: what it contributes to the rest."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from opportunities.enums import ProposalStatus
from opportunities.models import Proposal
from partnerships.models import Organisation
from partnerships.slots import PartnerAct, PartnerPanel, TimelineKind
from pilots import demo, metrics, scale
from pilots.enums import PilotStatus
from pilots.models import DECISION_DAYS, Pilot
from pilots.rules import can_approve_pilot, can_plan
from pilots.tile import TILE
from roadmap.counts import CAP
from roadmap.search import is_short, matching
from roadmap.slots import (
    Action,
    DemoData,
    DueItem,
    DueSource,
    FollowOn,
    NavGroup,
    Page,
    ScaleData,
    SearchHit,
    SearchSource,
    Stage,
    TodayItem,
    TodaySource,
)

SHOWN = 3


def open_count(_user: User) -> int:
    return Pilot.objects.open().order_by()[: CAP + 1].count()


def panel(organisation: Organisation, user: User, _school: School) -> dict[str, Any] | None:
    """The newest pilots of a partner; an offer to plan one where there is none. One query."""
    newest = organisation.pilots.exclude(status=PilotStatus.CANCELLED).order_by("-ends_on")
    pilots = list(newest.only("organisation", "title", "status", "starts_on", "ends_on", "students")[:SHOWN])
    may_plan = can_plan(user)
    return {"pilots": pilots, "may_plan": may_plan} if pilots or may_plan else None


def to_approve(user: User, _school: School, limit: int) -> list[TodayItem]:
    """Plans that cost money and wait for the director."""
    if not can_approve_pilot(user):
        return []
    waiting = _with_partner(Pilot.objects.filter(status=PilotStatus.PLANNED, budget_planned__gt=0))
    return [
        _item(pilot, _g("Approve the pilot with %(partner)s")) for pilot in waiting.order_by("-status_since")[:limit]
    ]


def to_wind_up(user: User, _school: School, limit: int) -> list[TodayItem]:
    """What an owner's pilots that are over still need: results, then a decision."""
    titles = {
        PilotStatus.DELIVERED: _g("Write down what came of the pilot with %(partner)s"),
        PilotStatus.EVALUATED: _g("Decide what follows from the pilot with %(partner)s"),
    }
    mine = _with_partner(Pilot.objects.undecided().filter(owner=user)).order_by("-status_since")
    return [_item(pilot, titles[PilotStatus(pilot.status)]) for pilot in mine[:limit]]


def _with_partner(pilots: QuerySet[Pilot]) -> QuerySet[Pilot]:
    """Read what a line about a pilot says, and no more."""
    return pilots.select_related("organisation").only("title", "status", "status_since", "organisation__name")


def _item(pilot: Pilot, title: str) -> TodayItem:
    return TodayItem(
        title=title % {"partner": pilot.organisation.name},
        detail=pilot.title,
        url=pilot.get_absolute_url(),
        icon="flask",
        stage=6,
        at=pilot.status_since,
    )


def due(user: User, _school: School, until: dt.date, limit: int) -> list[DueItem]:
    """Pilots of this user that end, and decisions that are due 30 days after the end."""
    last = until - dt.timedelta(days=DECISION_DAYS)
    ending = Q(status=PilotStatus.RUNNING, ends_on__lte=until)
    undecided = Q(status__in=[PilotStatus.DELIVERED, PilotStatus.EVALUATED], ends_on__lte=last)
    mine = Pilot.objects.filter(ending | undecided, owner=user).select_related("organisation").order_by("ends_on")
    items = [_due(pilot) for pilot in mine[: 2 * limit]]
    return list(islice(sorted(items, key=lambda item: item.on), limit))


def _due(pilot: Pilot) -> DueItem:
    ends = pilot.status == PilotStatus.RUNNING
    words = _g("Pilot ends: %(title)s") if ends else _g("Decide about the pilot: %(title)s")
    return DueItem(
        title=words % {"title": pilot.title},
        url=pilot.get_absolute_url(),
        on=pilot.ends_on if ends else pilot.decide_by,
        organisation=pilot.organisation.name,
    )


def find(_user: User, words: list[str], limit: int) -> list[SearchHit]:
    if is_short(words):
        return []
    found = matching(Pilot.objects.select_related("organisation"), " ".join(words)).order_by("-id")
    return [
        SearchHit(
            title=pilot.title,
            detail=pilot.organisation.name,
            url=pilot.get_absolute_url(),
            icon="flask",
            stage=6,
            chip=pilot.get_status_display(),
        )
        for pilot in found[:limit]
    ]


def _from_proposal(proposal: Proposal) -> str:
    return f"{reverse('pilots:add')}?{urlencode({'proposal': proposal.pk})}"


slots = [
    Stage(
        number=6,
        title=_("Pilot programmes and demonstrations"),
        question=_("Does it work in practice?"),
        icon="flask",
        short=_("Pilots"),
        help_template="pilots/help.html",
        pages=(
            Page(
                _("Pilots"),
                "pilots:list",
                "flask",
                NavGroup.WORK,
                order=60,
                stage=6,
                count=open_count,
                counts=_("open"),
                letter="i",
            ),
        ),
    ),
    TILE,
    Action(_("Pilot"), "pilots:add", "flask", can_plan),
    PartnerPanel("pilots.panel", "pilots/panel.html", "right", panel, order=20),
    PartnerAct(
        "pilots.plan",
        _("Plan a pilot"),
        "flask",
        "pilots:add",
        lambda user, organisation: can_plan(user) and organisation.archived_at is None,
    ),
    FollowOn(
        Proposal,
        _("Plan a pilot"),
        "flask",
        _from_proposal,
        lambda user, proposal: can_plan(user) and proposal.status == ProposalStatus.ACCEPTED,
        order=10,
    ),
    TimelineKind("pilots.planned", _("Pilot begun"), "flask", 6, "pilots"),
    TimelineKind("pilots.approved", _("Pilot approved"), "check", 6, "pilots"),
    TimelineKind("pilots.scheduled", _("Pilot scheduled"), "calendar", 6, "pilots"),
    TimelineKind("pilots.running", _("Pilot running"), "flask", 6, "pilots"),
    TimelineKind("pilots.delivered", _("Pilot ended"), "circle-check", 6, "pilots"),
    TimelineKind("pilots.evaluated", _("Pilot evaluated"), "list-check", 6, "pilots"),
    TimelineKind("pilots.decided", _("Decided about a pilot"), "list-check", 6, "pilots"),
    TimelineKind("pilots.reconsidered", _("Decision taken back"), "arrow-back-up", 6, "pilots"),
    TimelineKind("pilots.called_off", _("Pilot called off"), "ban", 6, "pilots"),
    TodaySource("pilots.to_approve", to_approve),
    TodaySource("pilots.to_wind_up", to_wind_up),
    DueSource("pilots.due", _("Pilots"), due),
    SearchSource("pilots", _("Pilots"), find, lambda query: f"/pilots/?{urlencode({'q': query, 'state': 'all'})}"),
    *metrics.METRICS,
    DemoData("pilots", demo.load),
    ScaleData("pilots", scale.make),
]
