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


class Topic(TextChoices):
    """What a question is about, whoever is asked: figures are built on topics, never on wordings."""

    OVERALL = "overall", _("Overall satisfaction")
    RECOMMEND = "recommend", _("Would recommend")
    PREPARED = "prepared", _("Preparation")
    CONTACT = "contact", _("Keeping in touch")
    LEARNED = "learned", _("Learning on the job")
    SUPPORT = "support", _("Support by the school")
    AGAIN = "again", _("Would do it again")
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
