from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from roadmap.lifecycle import Transitions


class Kind(TextChoices):
    TRIAL_PLACEMENT = "trial_placement", _("Trial placement")
    JOB_SHADOW_DAY = "job_shadow_day", _("Job-shadow day")
    GUEST_LECTURE = "guest_lecture", _("Guest lecture")
    STUDENT_PROJECT = "student_business_project", _("Student project for a firm")
    COMPLIMENTARY_TRAINING = "complimentary_training", _("Complimentary training")
    DEMONSTRATION = "demonstration", _("Demonstration")
    EQUIPMENT_TRIAL = "equipment_trial", _("Equipment trial")
    INDUSTRY_SHOWCASE = "industry_showcase", _("Industry showcase")
    OPEN_HOUSE = "open_house", _("Open house")


class PilotStatus(TextChoices):
    IDEA = "idea", _("Idea")
    PLANNED = "planned", _("Planned")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Scheduled")
    RUNNING = "running", _("Running")
    DELIVERED = "delivered", _("Delivered")
    EVALUATED = "evaluated", _("Evaluated")
    SCALED = "scaled", _("Scaled up")
    EXTENDED = "extended", _("Extended")
    REVISED = "revised", _("Revised")
    STOPPED = "stopped", _("Stopped")
    CANCELLED = "cancelled", _("Called off")


_S = PilotStatus
DECISIONS = [_S.SCALED, _S.EXTENDED, _S.REVISED, _S.STOPPED]
# Until the first day plans may change; from then on what was to be found out stays as it is.
BEFORE_RUN = [_S.IDEA, _S.PLANNED, _S.APPROVED, _S.SCHEDULED]
# Begun, and nobody has decided what follows from it.
UNDER_WAY = [_S.RUNNING, _S.DELIVERED, _S.EVALUATED]
# From the first day until somebody has decided, results may be written down.
RECORDABLE = UNDER_WAY
OVER = [_S.DELIVERED, _S.EVALUATED, *DECISIONS]
OPEN = [*BEFORE_RUN, *UNDER_WAY]
PILOT_TRANSITIONS: Transitions = {
    # An idea is a plan as soon as it says what is to be found out, and how one will know.
    _S.IDEA: {_S.PLANNED, _S.CANCELLED},
    _S.PLANNED: {_S.IDEA, _S.APPROVED, _S.SCHEDULED, _S.CANCELLED},
    _S.APPROVED: {_S.PLANNED, _S.SCHEDULED, _S.CANCELLED},
    _S.SCHEDULED: {_S.PLANNED, _S.RUNNING, _S.CANCELLED},
    _S.RUNNING: {_S.DELIVERED, _S.CANCELLED},
    # Evaluated once every must-have has its result; taken out again, it is merely over.
    _S.DELIVERED: {_S.EVALUATED},
    _S.EVALUATED: {_S.DELIVERED, *DECISIONS},
    **{decision: {_S.EVALUATED} for decision in DECISIONS},
}


class Direction(TextChoices):
    AT_LEAST = "at_least", _("or more")
    AT_MOST = "at_most", _("or less")


class Shows(TextChoices):
    """What a criterion shows, by Kirkpatrick's four levels."""

    REACTION = "reaction", _("Reaction")
    LEARNING = "learning", _("Learning")
    BEHAVIOUR = "behaviour", _("Behaviour")
    RESULT = "result", _("Result")
