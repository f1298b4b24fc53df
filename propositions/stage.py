"""Stage 3, Develop a value proposition: what it contributes to the rest."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from accounts.rules import can_approve, can_edit
from goals.models import Programme
from goals.slots import ProgrammePanel
from mailing.enums import Stream
from mailing.slots import LinkKind, MailKind
from partnerships.models import Organisation
from partnerships.slots import PartnerAct, PartnerPanel, TimelineKind
from propositions import demo, metrics, scale
from propositions.assessing import STRENGTHS
from propositions.enums import TestimonialStatus
from propositions.models import ConsentLink, Proposition, Testimonial
from propositions.services import send_link_again
from propositions.tile import TILE
from roadmap.counts import CAP
from roadmap.search import matching
from roadmap.slots import DemoData, NavGroup, Page, ScaleData, SearchHit, SearchSource, Stage, TodayItem, TodaySource

NEWEST = 3


def _waiting_count(user: User) -> int:
    return Proposition.objects.waiting().order_by()[: CAP + 1].count() if can_approve(user) else 0


def _sheets_waiting(user: User, _school: School, limit: int) -> list[TodayItem]:
    if not can_approve(user):
        return []
    rows = Proposition.objects.waiting().select_related("owner", "segment").order_by("-status_since")[:limit]
    return [
        TodayItem(
            title=_g("Approve “%(headline)s”") % {"headline": sheet.headline},
            detail=sheet.segment.name,
            url=sheet.get_absolute_url(),
            icon="bulb",
            stage=3,
            at=sheet.status_since,
        )
        for sheet in rows
    ]


ANSWERS = {
    TestimonialStatus.DECLINED: _("%(name)s would rather not be quoted"),
    TestimonialStatus.WITHDRAWN: _("%(name)s took their words down"),
}


def _answers_waiting(user: User, _school: School, limit: int) -> list[TodayItem]:
    if not can_edit(user):
        return []
    unseen = Testimonial.objects.unseen_by(user).select_related("organisation").order_by("-answered_at")
    rows = unseen.only("status", "person_name", "closed_at", "answered_at", "organisation__name")[:limit]
    return [
        TodayItem(
            title=str(ANSWERS.get(TestimonialStatus(row.status), _("%(name)s answered about their words")))
            % {"name": row.person_name},
            detail=row.organisation.name,
            url=row.get_absolute_url(),
            icon="message-heart",
            stage=3,
            at=row.closed_at or row.answered_at or timezone.now(),
        )
        for row in rows
    ]


def _find_sheets(_user: User, words: list[str], limit: int) -> list[SearchHit]:
    found = matching(Proposition.objects.current(), " ".join(words)).select_related("segment")
    return [
        SearchHit(
            sheet.headline, f"{sheet.segment.name} · {sheet.get_status_display()}", sheet.get_absolute_url(), "bulb", 3
        )
        for sheet in found.order_by("headline", "pk")[:limit]
    ]


def _panel(organisation: Organisation, user: User, _school: School) -> dict[str, Any] | None:
    """The newest words of a partner's people. One query."""
    words = Testimonial.objects.filter(organisation=organisation).order_by("-asked_at", "-id")
    newest = list(words.only("quote", "person_name", "status")[:NEWEST])
    return {"newest": newest} if newest else None


def _programme_panel(programme: Programme, user: User, _school: School) -> dict[str, Any] | None:
    sheets = programme.propositions.current().select_related("segment").order_by("headline")
    return {"sheets": list(sheets[:10]), "can_edit": can_edit(user)}


slots = [
    Stage(
        number=3,
        title=_("Develop a value proposition"),
        question=_("Why should a firm say yes?"),
        icon="bulb",
        short=_("Value"),
        help_template="propositions/help.html",
        pages=(
            Page(
                _("Value"),
                "propositions:list",
                "bulb",
                NavGroup.PREPARE,
                order=50,
                stage=3,
                count=_waiting_count,
                counts=_("to approve"),
                letter="v",
            ),
        ),
    ),
    TILE,
    STRENGTHS,
    *metrics.METRICS,
    TimelineKind("propositions.asked", _("Asked for a testimonial"), "message-question", 3, "propositions"),
    TimelineKind("propositions.approved", _("Testimonial agreed"), "message-heart", 3, "propositions"),
    TimelineKind("propositions.declined", _("Testimonial declined"), "message-heart", 3, "propositions"),
    TimelineKind("propositions.withdrawn", _("Testimonial taken down"), "message-heart", 3, "propositions"),
    PartnerPanel("propositions.testimonials", "propositions/panel.html", "left", _panel, order=60),
    ProgrammePanel("propositions.sheets", "propositions/programme_panel.html", "aside", _programme_panel, order=30),
    PartnerAct(
        "propositions.ask",
        _("Ask for a testimonial"),
        "message-question",
        "propositions:testimonial_add",
        lambda user, organisation: can_edit(user) and not organisation.do_not_contact,
    ),
    MailKind("propositions.request", _("Request for a testimonial"), Stream.TRANSACTIONAL),
    MailKind("propositions.new_link", _("New link to a testimonial"), Stream.TRANSACTIONAL),
    MailKind("propositions.consent_copy", _("Copy of a consent"), Stream.TRANSACTIONAL),
    LinkKind(ConsentLink, send_link_again),
    TodaySource("propositions.sheets", _sheets_waiting),
    TodaySource("propositions.answers", _answers_waiting),
    SearchSource(
        "propositions.sheets",
        _("Value sheets"),
        _find_sheets,
        lambda query: f"{reverse('propositions:list')}?{urlencode({'q': query})}",
    ),
    DemoData("propositions", demo.load),
    ScaleData("propositions", scale.make),
]
