"""Stage 8, Evaluate and adapt: what it contributes to the rest."""

from typing import Any

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from accounts.rules import can_edit
from evaluation import demo, metrics, scale
from evaluation.models import FeedbackLink, Response
from evaluation.rules import can_see_names
from evaluation.services.sending import send_link_again
from mailing.enums import Stream
from mailing.slots import LinkKind, MailKind
from partnerships.models import Organisation
from partnerships.slots import PartnerAct, PartnerPanel, TimelineKind
from roadmap.counts import CAP
from roadmap.slots import DemoData, NavGroup, Page, ScaleData, Stage, TodayItem, TodaySource

NEWEST = 3


def _unread_count(user: User) -> int:
    return Response.objects.submitted().filter(read_at=None).order_by()[: CAP + 1].count() if can_see_names(user) else 0


def _panel(organisation: Organisation, user: User, _school: School) -> dict[str, Any] | None:
    """The newest answers of a partner; what they said only for those who may see it. One query."""
    answers = Response.objects.submitted().filter(organisation=organisation).order_by("-submitted_at", "-id")
    newest = list(answers.select_related("wave", "invitation__contact")[:NEWEST])
    return {"newest": newest, "can_see_names": can_see_names(user)} if newest else None


def _answers_waiting(user: User, _school: School, limit: int) -> list[TodayItem]:
    if not can_see_names(user):
        return []
    unread = Response.objects.submitted().filter(read_at=None).select_related("organisation", "wave")
    return [_waiting(response) for response in unread.order_by("-submitted_at")[:limit]]


def _waiting(response: Response) -> TodayItem:
    firm = response.organisation.name
    title = _g("%(firm)s answered our questions") % {"firm": firm}
    if response.overall is not None:
        title = _g("%(firm)s rated us %(overall)s of 5") % {"firm": firm, "overall": response.overall}
    return TodayItem(
        title=title,
        detail=response.wave.title,
        url=response.get_absolute_url(),
        icon="message-heart",
        stage=8,
        at=response.submitted_at or response.started_at,
    )


slots = [
    Stage(
        number=8,
        title=_("Evaluate and adapt"),
        question=_("What came of it, and what do we change?"),
        icon="message-heart",
        pages=(
            Page(
                _("Feedback"),
                "evaluation:list",
                "message-heart",
                NavGroup.LEARN,
                order=10,
                stage=8,
                count=_unread_count,
                counts=_("new"),
            ),
        ),
    ),
    TimelineKind("evaluation.asked", _("Asked for feedback"), "message-question", 8, "evaluation"),
    TimelineKind("evaluation.answered", _("Feedback"), "message-heart", 8, "evaluation"),
    PartnerPanel("evaluation.feedback", "evaluation/panel.html", "right", _panel, order=50),
    PartnerAct(
        "evaluation.ask",
        _("Ask for feedback"),
        "message-question",
        "evaluation:wave_add",
        lambda user, organisation: can_edit(user) and not organisation.do_not_contact,
    ),
    MailKind("evaluation.invitation", _("Request for feedback"), Stream.SURVEY),
    MailKind("evaluation.reminder", _("Reminder of a request for feedback"), Stream.SURVEY),
    MailKind("evaluation.new_link", _("New link to a feedback form"), Stream.TRANSACTIONAL),
    LinkKind(FeedbackLink, send_link_again),
    TodaySource("evaluation.answers", _answers_waiting),
    *metrics.METRICS,
    DemoData("evaluation", demo.load),
    ScaleData("evaluation", scale.make),
]
