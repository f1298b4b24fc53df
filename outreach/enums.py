from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from roadmap.lifecycle import Transitions


class Channel(TextChoices):
    """How colleagues and a firm were in touch. A note is only for colleagues: nobody was in touch."""

    CALL = "call", _("Call")
    EMAIL = "email", _("E-mail")
    MEETING = "meeting", _("Meeting")
    NOTE = "note", _("Note")


class Direction(TextChoices):
    OUT = "out", _("We got in touch")
    IN = "in", _("They got in touch")


class Outcome(TextChoices):
    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    LEFT_MESSAGE = "left_message", _("Left a message")


UNANSWERED = [Outcome.NO_ANSWER, Outcome.LEFT_MESSAGE]


class FollowUpStatus(TextChoices):
    OPEN = "open", _("Planned")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Not needed")


FOLLOW_UP_TRANSITIONS: Transitions = {
    FollowUpStatus.OPEN: {FollowUpStatus.DONE, FollowUpStatus.SKIPPED},
    FollowUpStatus.DONE: {FollowUpStatus.OPEN},
    FollowUpStatus.SKIPPED: {FollowUpStatus.OPEN},
}
