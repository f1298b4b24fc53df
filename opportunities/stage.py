"""Stage 5, Customise partnership opportunities: what it contributes to the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from goals.models import Programme
from goals.slots import PlacesSecured, ProgrammePanel
from mailing.enums import Stream
from mailing.slots import LinkKind, MailKind
from opportunities import demo, metrics, scale
from opportunities.enums import ProposalStatus
from opportunities.models import Opening, Proposal, ProposalLink
from opportunities.rules import can_place, can_propose
from opportunities.services import send_link_again
from opportunities.tile import STAGE_5, TILE
from partnerships.models import Organisation
from partnerships.slots import PartnerAct, PartnerPanel, TimelineKind
from roadmap.counts import CAP
from roadmap.search import is_short, matching
from roadmap.slots import (
    Action,
    DemoData,
    DueItem,
    DueSource,
    NavGroup,
    Page,
    ScaleData,
    SearchHit,
    SearchSource,
    TodayItem,
    TodaySource,
)

SHOWN = 3
OPENING_SHOWS = ("organisation", "title", "status", "places", "taken", "starts_on", "programme__title")
MOST_HOSTS = 8
NEWLY = dt.timedelta(days=7)
NEWS = [ProposalStatus.ACCEPTED, ProposalStatus.DECLINED, ProposalStatus.EXPIRED]


def open_count(_user: User) -> int:
    return Proposal.objects.open().order_by()[: CAP + 1].count()


def proposals_panel(organisation: Organisation, user: User, _school: School) -> dict[str, Any] | None:
    """The newest proposals of a partner; an offer to write one. One query."""
    rows = organisation.proposals.exclude(status=ProposalStatus.WITHDRAWN).order_by("-id")
    proposals = list(rows.only("organisation", "title", "status", "number", "round", "valid_until")[:SHOWN])
    may_propose = can_propose(user) and organisation.archived_at is None
    return {"proposals": proposals, "may_propose": may_propose} if proposals or may_propose else None


def places_panel(organisation: Organisation, user: User, _school: School) -> dict[str, Any] | None:
    """The newest openings of a partner and how full they are. One query."""
    newest = organisation.openings.select_related("programme").order_by("-starts_on")
    openings = list(newest.only(*OPENING_SHOWS)[:SHOWN])
    may_place = can_place(user) and organisation.archived_at is None
    return {"openings": openings, "may_place": may_place} if openings or may_place else None


def secured_by_programme(ids: Collection[int]) -> dict[int, int]:
    """Return how many placements of the running school year count as confirmed, for each programme named."""
    rows = metrics.secured_placements().filter(programme__in=ids).order_by()
    return dict(rows.values_list("programme").annotate(n=Count("pk")))


def hosts_panel(programme: Programme, _user: User, _school: School) -> dict[str, Any] | None:
    """The firms that host most of a programme's students this year, and the free places on offer. Three queries."""
    secured = metrics.secured_placements().filter(programme=programme).order_by()
    hosts = secured.values("opening__organisation", "opening__organisation__name").annotate(n=Count("pk"))
    free = Opening.objects.with_free_places().filter(programme=programme).select_related("organisation")
    context = {
        "hosts": list(hosts.order_by("-n", "opening__organisation__name")[:MOST_HOSTS]),
        "free": list(free.order_by("starts_on", "id")[:MOST_HOSTS]),
    }
    return context if any(context.values()) else None


def waiting_for(user: User, _school: School, limit: int) -> list[TodayItem]:
    """An owner's proposals that partners asked to change, or answered, or let run out, within a week."""
    titles = {
        ProposalStatus.IN_NEGOTIATION: _g("%(partner)s asks for changes"),
        ProposalStatus.ACCEPTED: _g("%(partner)s accepts our proposal"),
        ProposalStatus.DECLINED: _g("%(partner)s declines our proposal"),
        ProposalStatus.EXPIRED: _g("Our proposal to %(partner)s ran out"),
    }
    mine = Proposal.objects.filter(owner=user, status__in=titles).select_related("organisation")
    recent = mine.exclude(status__in=NEWS, status_since__lt=timezone.now() - NEWLY).order_by("-status_since")
    shown = recent.only("status", "title", "number", "status_since", "organisation__name")
    return [
        TodayItem(
            title=titles[ProposalStatus(proposal.status)] % {"partner": proposal.organisation.name},
            detail=f"{proposal.title} · {proposal.number}",
            url=proposal.get_absolute_url(),
            icon="file-text",
            stage=5,
            at=proposal.status_since,
        )
        for proposal in shown[:limit]
    ]


def last_days(user: User, _school: School, until: dt.date, limit: int) -> list[DueItem]:
    """The last day on which an owner's proposals may be answered."""
    out = Proposal.objects.filter(owner=user, status=ProposalStatus.SENT, valid_until__lte=until)
    return [
        DueItem(
            title=_g("Last day for an answer to %(number)s") % {"number": proposal.number},
            url=proposal.get_absolute_url(),
            on=proposal.valid_until,
            organisation=proposal.organisation.name,
        )
        for proposal in out.select_related("organisation").order_by("valid_until", "id")[:limit]
        if proposal.valid_until
    ]


def find(_user: User, words: list[str], limit: int) -> list[SearchHit]:
    if is_short(words):
        return []
    found = matching(Proposal.objects.select_related("organisation"), " ".join(words)).order_by("-id")
    return [
        SearchHit(
            title=proposal.title,
            detail=f"{proposal.organisation.name} · {proposal.number}",
            url=proposal.get_absolute_url(),
            icon="file-text",
            stage=5,
            chip=proposal.get_status_display(),
        )
        for proposal in found[:limit]
    ]


def all_found(query: str) -> str:
    return f"/proposals/?{urlencode({'q': query, 'state': 'all'})}"


PAGES = (
    Page(
        _("Proposals"),
        "opportunities:proposals",
        "file-text",
        NavGroup.WORK,
        order=50,
        stage=5,
        count=open_count,
        counts=_("open"),
    ),
    Page(
        _("Placements"),
        "opportunities:placements",
        "user-check",
        NavGroup.WORK,
        order=55,
        stage=5,
        also=("opportunities:openings", "opportunities:students"),
    ),
)


def _may_place_there(user: User, organisation: Organisation) -> bool:
    return can_place(user) and organisation.archived_at is None


def _may_propose_to(user: User, organisation: Organisation) -> bool:
    return can_propose(user) and organisation.archived_at is None


slots = [
    replace(STAGE_5, pages=PAGES),
    TILE,
    Action(_("Proposal"), "opportunities:proposal_add", "file-text", can_propose),
    Action(_("Opening"), "opportunities:opening_add", "user-check", can_place),
    PartnerPanel("opportunities.proposals", "opportunities/panel_proposals.html", "right", proposals_panel, order=10),
    PartnerPanel("opportunities.places", "opportunities/panel_places.html", "right", places_panel, order=20),
    PlacesSecured(_("Places confirmed"), secured_by_programme),
    ProgrammePanel("opportunities.hosts", "opportunities/panel_hosts.html", "main", hosts_panel, order=10),
    PartnerAct(
        "opportunities.propose",
        _("Tailor a proposal"),
        "file-text",
        "opportunities:proposal_add",
        _may_propose_to,
    ),
    PartnerAct(
        "opportunities.offer_places", _("Add an opening"), "user-check", "opportunities:opening_add", _may_place_there
    ),
    TimelineKind("opportunities.drafted", _("Proposal begun"), "file-plus", 5, "opportunities"),
    TimelineKind("opportunities.sent", _("Proposal sent"), "send", 5, "opportunities"),
    TimelineKind("opportunities.changes_asked", _("Changes asked for"), "message-question", 5, "opportunities"),
    TimelineKind("opportunities.accepted", _("Proposal accepted"), "circle-check", 5, "opportunities"),
    TimelineKind("opportunities.declined", _("Proposal declined"), "circle-x", 5, "opportunities"),
    TimelineKind("opportunities.withdrawn", _("Proposal withdrawn"), "arrow-back-up", 5, "opportunities"),
    TimelineKind("opportunities.expired", _("Proposal ran out"), "history", 5, "opportunities"),
    TimelineKind("opportunities.opening", _("Places offered"), "building-store", 5, "opportunities"),
    TimelineKind("opportunities.placement", _("Placement"), "user-check", 5, "opportunities"),
    MailKind("opportunities.proposal", _("Proposal"), Stream.TRANSACTIONAL),
    MailKind("opportunities.withdrawn", _("Proposal withdrawn"), Stream.TRANSACTIONAL),
    MailKind("opportunities.answered", _("Answer to a proposal"), Stream.TRANSACTIONAL),
    MailKind("opportunities.answer_copy", _("Copy of an answer"), Stream.TRANSACTIONAL),
    LinkKind(ProposalLink, send_link_again),
    TodaySource("opportunities.waiting", waiting_for),
    DueSource("opportunities.last_days", _("Proposals that run out"), last_days),
    SearchSource("proposals", _("Proposals"), find, all_found),
    *metrics.METRICS,
    DemoData("opportunities", demo.load),
    ScaleData("opportunities", scale.make),
]
