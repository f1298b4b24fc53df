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


class Door(TextChoices):
    """What somebody wants who opens the contact form. Reports of a problem are records of their own."""

    QUESTION = "question", _("Question")
    PRACTICE = "practice", _("Best practice")
    BUSINESS = "business", _("Business")


class EnquiryStatus(TextChoices):
    NEW = "new", _("New")
    SUSPECTED = "suspected", _("Spam suspected")
    TRIAGED = "triaged", _("Being answered")
    ANSWERED = "answered", _("Answered")
    WAITING = "waiting", _("Waiting for them")
    CONVERTED = "converted", _("With the partner")
    SPAM = "spam", _("Spam")
    OUT_OF_SCOPE = "out_of_scope", _("Not for us")
    CLOSED = "closed", _("Closed")


_HANDLED = {
    EnquiryStatus.ANSWERED,
    EnquiryStatus.WAITING,
    EnquiryStatus.CONVERTED,
    EnquiryStatus.SPAM,
    EnquiryStatus.OUT_OF_SCOPE,
}
# “Triaged” is also where an enquiry comes back to that is opened again.
ENQUIRY_TRANSITIONS: Transitions = {
    EnquiryStatus.NEW: {EnquiryStatus.TRIAGED, *_HANDLED},
    EnquiryStatus.SUSPECTED: {EnquiryStatus.NEW, EnquiryStatus.SPAM},
    EnquiryStatus.TRIAGED: _HANDLED,
    EnquiryStatus.ANSWERED: {
        EnquiryStatus.TRIAGED,
        EnquiryStatus.WAITING,
        EnquiryStatus.CONVERTED,
        EnquiryStatus.CLOSED,
    },
    EnquiryStatus.WAITING: {EnquiryStatus.TRIAGED, EnquiryStatus.CLOSED, *_HANDLED - {EnquiryStatus.WAITING}},
    EnquiryStatus.CONVERTED: {EnquiryStatus.TRIAGED, EnquiryStatus.CLOSED},
    EnquiryStatus.SPAM: {EnquiryStatus.TRIAGED, EnquiryStatus.CLOSED},
    EnquiryStatus.OUT_OF_SCOPE: {EnquiryStatus.TRIAGED, EnquiryStatus.CLOSED},
    EnquiryStatus.CLOSED: {EnquiryStatus.TRIAGED},
}
# Those that wait for the school.
OPEN_ENQUIRIES = (EnquiryStatus.NEW, EnquiryStatus.TRIAGED)
# Those that wait for nobody and close by themselves after a while.
QUIET_ENQUIRIES = (
    EnquiryStatus.ANSWERED,
    EnquiryStatus.WAITING,
    EnquiryStatus.CONVERTED,
    EnquiryStatus.SUSPECTED,
    EnquiryStatus.SPAM,
    EnquiryStatus.OUT_OF_SCOPE,
)


class Suspicion(TextChoices):
    """Why an enquiry was held back as spam."""

    TRAP = "trap", _("The field that people do not see was filled in.")
    LINKS = "links", _("It holds many links.")
    FLOOD = "flood", _("It came together with a great many others.")


class Wish(TextChoices):
    """What a business would like."""

    STAFF = "staff", _("Meet future staff")
    TRAINING = "training", _("Training for our people")
    PROJECT = "project", _("A student project")
    TALK = "talk", _("Give a talk or show our work")
    UNSURE = "unsure", _("We are not sure yet")


class Credit(TextChoices):
    """How somebody wants to be named beside a practice of theirs."""

    FULL_NAME = "full_name", _("With my name")
    ORGANISATION = "organisation", _("With the organisation’s name only")
    ANONYMOUS = "anonymous", _("Without any name")


class ReportStatus(TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


REPORT_TRANSITIONS: Transitions = {
    ReportStatus.OPEN: {ReportStatus.CLOSED},
    ReportStatus.CLOSED: {ReportStatus.OPEN},
}
