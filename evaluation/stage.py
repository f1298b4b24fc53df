"""Stage 8, Evaluate and adapt: what it contributes to the rest."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from accounts.rules import can_edit
from evaluation import demo, metrics, scale, waiting
from evaluation.assessing import FINDINGS
from evaluation.models import FeedbackLink, Finding, Response, StudentLink, Wave
from evaluation.rules import can_decide_finding, can_see_names
from evaluation.services.sending import send_link_again
from evaluation.services.students import send_student_link_again
from evaluation.tile import TILE
from mailing.enums import Stream
from mailing.slots import LinkKind, MailKind
from partnerships.models import Organisation
from partnerships.slots import PartnerAct, PartnerPanel, TimelineKind
from pilots.models import Pilot
from pilots.slots import PilotPanel
from roadmap.counts import CAP
from roadmap.slots import (
    Action,
    DemoData,
    DueSource,
    FollowOn,
    NavGroup,
    Page,
    ScaleData,
    SearchSource,
    Stage,
    TodaySource,
)

NEWEST = 3
ICON = "message-heart"


def _unread_count(user: User) -> int:
    unread = Response.objects.submitted().of_firms().filter(read_at=None).order_by()
    return unread[: CAP + 1].count() if can_see_names(user) else 0


def _to_decide(user: User) -> int:
    return Finding.objects.to_decide().order_by()[: CAP + 1].count() if can_decide_finding(user) else 0


def _panel(organisation: Organisation, user: User, _school: School) -> dict[str, Any] | None:
    """The newest answers of a partner; what they said only for those who may see it. One query."""
    answers = Response.objects.submitted().filter(organisation=organisation).order_by("-submitted_at", "-id")
    answers = answers.select_related("wave", "invitation__contact")
    newest = list(answers.only("overall", "submitted_at", "wave__title", "invitation__contact__name")[:NEWEST])
    return {"newest": newest, "can_see_names": can_see_names(user)} if newest else None


def _pilot_panel(pilot: Pilot, user: User, school: School) -> dict[str, Any] | None:
    """The rounds about a pilot, with how many have answered. One query."""
    rounds = list(Wave.objects.filter(pilot=pilot).with_counts().order_by("-created_at")[:NEWEST])
    may_ask = can_edit(user)
    if not rounds and not may_ask:
        return None
    return {"rounds": rounds, "may_ask": may_ask, "least": school.min_group_size_students}


def _ask_about(pilot: Pilot) -> str:
    return f"{reverse('evaluation:wave_add')}?{urlencode({'pilot': pilot.pk})}"


def _may_ask_about(user: User, pilot: Pilot) -> bool:
    return can_edit(user) and (pilot.is_over or pilot.starts_on <= timezone.localdate())


PAGES = (
    Page(
        _("Feedback"),
        "evaluation:list",
        ICON,
        NavGroup.LEARN,
        order=10,
        stage=8,
        count=_unread_count,
        counts=_("new"),
    ),
    Page(
        _("Findings"),
        "evaluation:findings",
        "list-check",
        NavGroup.LEARN,
        order=20,
        stage=8,
        count=_to_decide,
        counts=_("to decide"),
        also=("evaluation:changes",),
    ),
)
slots = [
    Stage(
        number=8,
        title=_("Evaluate and adapt"),
        question=_("What did we learn, and what changes?"),
        icon=ICON,
        pages=PAGES,
        short=_("Evaluate"),
        help_template="evaluation/help.html",
    ),
    TILE,
    Action(_("Finding"), "evaluation:finding_add", "list-check", can_edit),
    TimelineKind("evaluation.asked", _("Asked for feedback"), "message-question", 8, "evaluation"),
    TimelineKind("evaluation.answered", _("Feedback"), ICON, 8, "evaluation"),
    TimelineKind("evaluation.finding", _("Finding"), "list-check", 8, "evaluation"),
    TimelineKind("evaluation.told", _("Told what changed"), "refresh", 8, "evaluation"),
    PartnerPanel("evaluation.feedback", "evaluation/panel.html", "right", _panel, order=50),
    PartnerAct(
        "evaluation.ask",
        _("Ask for feedback"),
        "message-question",
        "evaluation:wave_add",
        lambda user, organisation: can_edit(user) and not organisation.do_not_contact,
    ),
    PilotPanel("evaluation.rounds", "evaluation/pilot_panel.html", _pilot_panel, order=50),
    FollowOn(Pilot, _("Ask for feedback"), "message-question", _ask_about, _may_ask_about, order=10),
    MailKind("evaluation.invitation", _("Request for feedback"), Stream.SURVEY),
    MailKind("evaluation.reminder", _("Reminder of a request for feedback"), Stream.SURVEY),
    MailKind("evaluation.new_link", _("New link to a feedback form"), Stream.TRANSACTIONAL),
    MailKind("evaluation.student_invitation", _("Request for a student’s feedback"), Stream.SURVEY),
    MailKind("evaluation.student_reminder", _("Reminder of a request for a student’s feedback"), Stream.SURVEY),
    MailKind("evaluation.student_new_link", _("New link to a student’s form"), Stream.TRANSACTIONAL),
    LinkKind(FeedbackLink, send_link_again),
    LinkKind(StudentLink, send_student_link_again),
    TodaySource("evaluation.answers", waiting.answers),
    TodaySource("evaluation.rounds", waiting.rounds),
    TodaySource("evaluation.changes", waiting.changes),
    TodaySource("evaluation.safety", waiting.safety),
    DueSource("evaluation.changes", _("Changes"), waiting.due),
    SearchSource(
        "evaluation.findings",
        _("Findings"),
        waiting.find_findings,
        lambda query: f"{reverse('evaluation:findings')}?{urlencode({'q': query, 'status': 'all'})}",
    ),
    SearchSource(
        "evaluation.changes",
        _("Changes"),
        waiting.find_changes,
        lambda query: f"{reverse('evaluation:change_list')}?{urlencode({'q': query})}",
    ),
    FINDINGS,
    *metrics.METRICS,
    DemoData("evaluation", demo.load),
    ScaleData("evaluation", scale.make),
]
