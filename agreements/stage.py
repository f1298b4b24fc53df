"""Stage 7, Formalise partnerships: what it contributes to the rest."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from agreements import demo, metrics, scale
from agreements.enums import AgreementStatus
from agreements.figures import long_date
from agreements.models import NEVER, Agreement, Signatory, SigningLink
from agreements.origins import agreement_of
from agreements.rules import can_draft, can_follow_pilot, can_follow_proposal
from agreements.services import send_signing_link_again
from agreements.tile import TILE
from mailing.enums import Stream
from mailing.slots import LinkKind, MailKind
from opportunities.models import Proposal
from partnerships.models import Organisation
from partnerships.slots import FactSource, PartnerAct, PartnerPanel, TimelineKind
from pilots.models import Pilot
from pilots.slots import PilotPanel
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
NEWLY = dt.timedelta(days=7)
# What a line about an agreement says.
NAMED = ("title", "number", "status", "status_since", "organisation__name")
SIGNED = [AgreementStatus.SIGNED, AgreementStatus.ACTIVE]


def ends_on(ids: list[int]) -> dict[int, dict[str, Any]]:
    """Return the last day of what is in force with each organisation; None without one, or without a fixed end."""
    facts: dict[int, dict[str, Any]] = {pk: {"agreement_ends_on": None} for pk in ids}
    valid = Agreement.objects.filter(organisation__in=ids, status=AgreementStatus.ACTIVE).order_by("ends_on")
    for pk, day in valid.values_list("organisation_id", "ends_on"):
        facts[pk]["agreement_ends_on"] = None if day == NEVER else day
    return facts


def open_count(_user: User) -> int:
    """Return how many agreements are in force or on the way."""
    over = [AgreementStatus.WITHDRAWN, AgreementStatus.DECLINED, AgreementStatus.EXPIRED]
    return Agreement.objects.exclude(status__in=over).order_by()[: CAP + 1].count()


def panel(organisation: Organisation, user: User, _school: School) -> dict[str, Any] | None:
    """The newest agreements of a partner; an offer to draft one where there is none. One query."""
    newest = organisation.agreements.exclude(status=AgreementStatus.WITHDRAWN).order_by("-id")
    shown = newest.only("organisation", "title", "number", "status", "ends_on").prefetch_related("signatories")
    agreements = list(shown[:SHOWN])
    may_draft = can_draft(user)
    return {"agreements": agreements, "may_draft": may_draft} if agreements or may_draft else None


def pilot_panel(pilot: Pilot, _user: User, _school: School) -> dict[str, Any] | None:
    """The agreements that came of a pilot. One query."""
    agreements = list(pilot.agreements.exclude(status=AgreementStatus.WITHDRAWN).order_by("-id")[:SHOWN])
    return {"agreements": agreements} if agreements else None


def from_pilot(pilot: Pilot) -> str:
    return f"{reverse('agreements:add')}?{urlencode({'pilot': pilot.pk})}"


def from_proposal(proposal: Proposal) -> str:
    return f"{reverse('agreements:add')}?{urlencode({'proposal': proposal.pk})}"


def may_follow_pilot(user: User, pilot: Pilot) -> bool:
    return can_draft(user) and can_follow_pilot(pilot) and agreement_of(pilot=pilot) is None


def may_follow_proposal(user: User, proposal: Proposal) -> bool:
    return can_draft(user) and can_follow_proposal(proposal) and agreement_of(proposal=proposal) is None


def waiting_for(user: User, _school: School, limit: int) -> list[TodayItem]:
    """Agreements that wait for this user's signature."""
    waiting = Signatory.objects.filter(
        email__iexact=user.email, signed_at=None, agreement__status=AgreementStatus.SENT
    ).select_related("agreement__organisation")
    waiting = waiting.only("sent_at", *(f"agreement__{name}" for name in NAMED))
    return [
        TodayItem(
            title=_g("Sign the agreement with %(partner)s") % {"partner": signatory.agreement.organisation.name},
            detail=f"{signatory.agreement.title} · {signatory.agreement.number}",
            url=signatory.agreement.get_absolute_url(),
            icon="signature",
            stage=7,
            at=signatory.sent_at or signatory.agreement.status_since,
        )
        for signatory in waiting.order_by("-sent_at")[:limit]
    ]


def news_for(user: User, _school: School, limit: int) -> list[TodayItem]:
    """What happened to an owner's agreements: signed in the last week, or sent back and waiting for an answer."""
    titles = {
        AgreementStatus.SIGNED: _g("%(partner)s: all have signed"),
        AgreementStatus.ACTIVE: _g("%(partner)s: all have signed"),
        AgreementStatus.DECLINED: _g("%(partner)s asks for a change before signing"),
    }
    since = timezone.now() - NEWLY
    signed = Q(status__in=SIGNED, signed_at__gte=since, status_since__gte=since)
    recent = Agreement.objects.filter(signed | Q(status=AgreementStatus.DECLINED), owner=user)
    recent = recent.select_related("organisation").only(*NAMED).order_by("-status_since")
    return [
        TodayItem(
            title=titles[AgreementStatus(agreement.status)] % {"partner": agreement.organisation.name},
            detail=f"{agreement.title} · {agreement.number}",
            url=agreement.get_absolute_url(),
            icon="signature",
            stage=7,
            at=agreement.status_since,
        )
        for agreement in recent[:limit]
    ]


def endings(user: User, school: School, until: dt.date, limit: int) -> list[DueItem]:
    """Agreements of this user whose time for speaking about renewal has come."""
    mine = Agreement.objects.in_force(school.today()).filter(owner=user).exclude(ends_on=NEVER)
    soon = mine.filter(ends_on__lte=until + dt.timedelta(days=366)).select_related("organisation").order_by("ends_on")
    due = [(agreement.ends_on - dt.timedelta(days=agreement.notice_days), agreement) for agreement in soon]
    return [
        DueItem(
            title=_g("Agreement %(number)s ends on %(day)s")
            % {"number": agreement.number, "day": long_date(agreement.ends_on)},
            url=agreement.get_absolute_url(),
            on=day,
            organisation=agreement.organisation.name,
        )
        for day, agreement in due
        if day <= until
    ][:limit]


def find(_user: User, words: list[str], limit: int) -> list[SearchHit]:
    if is_short(words):
        return []
    found = matching(Agreement.objects.select_related("organisation"), " ".join(words)).order_by("-id")
    return [
        SearchHit(
            title=agreement.title,
            detail=f"{agreement.organisation.name} · {agreement.number}",
            url=agreement.get_absolute_url(),
            icon="signature",
            stage=7,
            chip=agreement.get_status_display(),
        )
        for agreement in found[:limit]
    ]


slots = [
    Stage(
        number=7,
        title=_("Formalise partnerships"),
        question=_("Is it in writing?"),
        icon="signature",
        short=_("Agreements"),
        help_template="agreements/help.html",
        pages=(
            Page(
                _("Agreements"),
                "agreements:list",
                "signature",
                NavGroup.WORK,
                order=70,
                stage=7,
                count=open_count,
                counts=_("open"),
                letter="a",
            ),
        ),
    ),
    TILE,
    Action(_("Agreement"), "agreements:add", "signature", can_draft),
    PartnerPanel("agreements.panel", "agreements/panel.html", "right", panel, order=20),
    PartnerAct(
        "agreements.draft",
        _("Draft an MOU"),
        "signature",
        "agreements:add",
        lambda user, organisation: can_draft(user) and organisation.archived_at is None,
    ),
    PilotPanel("agreements.of_pilot", "agreements/pilot_panel.html", pilot_panel, order=70),
    FollowOn(Pilot, _("Draft an MOU from this pilot"), "signature", from_pilot, may_follow_pilot, order=20),
    FollowOn(Proposal, _("Draft an MOU"), "signature", from_proposal, may_follow_proposal, order=20),
    FactSource(("agreement_ends_on",), ends_on),
    TimelineKind("agreements.drafted", _("Agreement begun"), "file-plus", 7, "agreements"),
    TimelineKind("agreements.sent", _("Agreement sent for signature"), "send", 7, "agreements"),
    TimelineKind("agreements.signed", _("Agreement signed"), "signature", 7, "agreements"),
    TimelineKind("agreements.active", _("Agreement in force"), "circle-check", 7, "agreements"),
    TimelineKind("agreements.declined", _("Change asked for"), "message-question", 7, "agreements"),
    TimelineKind("agreements.withdrawn", _("Agreement withdrawn"), "arrow-back-up", 7, "agreements"),
    TimelineKind("agreements.expired", _("Agreement ended"), "history", 7, "agreements"),
    MailKind("agreements.signing_request", _("Request to sign"), Stream.TRANSACTIONAL),
    MailKind("agreements.signing_reminder", _("Reminder to sign"), Stream.TRANSACTIONAL),
    MailKind("agreements.signed_copy", _("Signed document"), Stream.TRANSACTIONAL),
    MailKind("agreements.withdrawn", _("Agreement withdrawn"), Stream.TRANSACTIONAL),
    MailKind("agreements.all_signed", _("All have signed"), Stream.TRANSACTIONAL),
    MailKind("agreements.declined", _("Change asked for before signing"), Stream.TRANSACTIONAL),
    MailKind("agreements.other_name", _("Signed under another name"), Stream.TRANSACTIONAL),
    LinkKind(SigningLink, send_signing_link_again),
    TodaySource("agreements.waiting", waiting_for),
    TodaySource("agreements.news", news_for),
    DueSource("agreements.endings", _("Agreements that end"), endings),
    SearchSource("agreements", _("Agreements"), find, lambda query: f"/agreements/?{urlencode({'q': query})}"),
    *metrics.METRICS,
    DemoData("agreements", demo.load),
    ScaleData("agreements", scale.make),
]
