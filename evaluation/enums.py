from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from roadmap.lifecycle import Transitions


class QuestionKind(TextChoices):
    SCALE = "scale_1_5", _("1 to 5")
    RECOMMEND = "nps_0_10", _("0 to 10")
    YES_NO = "yes_no", _("Yes or no")
    TEXT = "text", _("In their own words")


# The least and greatest number an answer may hold; text questions hold none.
BOUNDS = {QuestionKind.SCALE: (1, 5), QuestionKind.RECOMMEND: (0, 10), QuestionKind.YES_NO: (0, 1)}


class Audience(TextChoices):
    """Whom a questionnaire is written for."""

    FIRMS = "firms", _("Firms")
    STUDENTS = "students", _("Students")


class Asked(TextChoices):
    """Who is asked in a round, and how they get to the form."""

    CONTACTS = "contacts", _("People at partners")
    STUDENTS = "students", _("Students, each by a link of their own")
    CLASS = "class", _("A class, by a sheet with a QR code")


class Topic(TextChoices):
    """What a question is about, whoever is asked: figures are built on topics, never on wordings."""

    OVERALL = "overall", _("Overall satisfaction")
    RECOMMEND = "recommend", _("Would recommend")
    PREPARED = "prepared", _("Preparation")
    CONTACT = "contact", _("Keeping in touch")
    LEARNED = "learned", _("Learning on the job")
    SUPPORT = "support", _("Support by the school")
    AGAIN = "again", _("Would do it again")
    SKILLS = "skills", _("Use of what school taught")
    SAFE = "safe", _("Safety and respect")
    OTHER = "other", _("Something else")


class WaveStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


WAVE_TRANSITIONS: Transitions = {
    WaveStatus.DRAFT: {WaveStatus.OPEN},
    WaveStatus.OPEN: {WaveStatus.CLOSED},
    WaveStatus.CLOSED: {WaveStatus.OPEN},
}


class FindingKind(TextChoices):
    IMPROVEMENT = "improvement", _("Improve")
    EXPANSION = "expansion", _("Expand")
    RISK = "risk", _("Risk")
    PRAISE = "praise", _("Praise")


class FindingStatus(TextChoices):
    NEW = "new", _("To decide")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


FINDING_TRANSITIONS: Transitions = {
    FindingStatus.NEW: {FindingStatus.ACCEPTED, FindingStatus.DECLINED},
    FindingStatus.ACCEPTED: {FindingStatus.NEW},
    FindingStatus.DECLINED: {FindingStatus.NEW},
}


class ActionStatus(TextChoices):
    PROPOSED = "proposed", _("To decide")
    APPROVED = "approved", _("Approved")
    IN_PROGRESS = "in_progress", _("Under way")
    IMPLEMENTED = "implemented", _("Measuring")
    EFFECTIVE = "verified_effective", _("Worked")
    NO_EFFECT = "verified_no_effect", _("Made no difference")
    CLOSED = "closed", _("Closed")
    DECLINED = "declined", _("Declined")


_A = ActionStatus
# Not done yet: what can be late.
AHEAD = [_A.PROPOSED, _A.APPROVED, _A.IN_PROGRESS]
VERIFIED = [_A.EFFECTIVE, _A.NO_EFFECT]
ACTION_TRANSITIONS: Transitions = {
    _A.PROPOSED: {_A.APPROVED, _A.DECLINED},
    _A.APPROVED: {_A.IN_PROGRESS, _A.DECLINED},
    _A.IN_PROGRESS: {_A.IMPLEMENTED},
    _A.IMPLEMENTED: {_A.EFFECTIVE, _A.NO_EFFECT},
    _A.EFFECTIVE: {_A.CLOSED},
    _A.NO_EFFECT: {_A.CLOSED},
    _A.DECLINED: {_A.PROPOSED},
}
