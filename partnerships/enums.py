from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from roadmap.lifecycle import Transitions


class Status(TextChoices):
    """Where the relationship stands. Each value but the last two has the colour of its stage."""

    PROSPECT = "prospect", _("Prospect")
    CONTACTED = "contacted", _("Contacted")
    PROPOSAL = "proposal", _("Proposal")
    PILOT = "pilot", _("Pilot")
    AGREEMENT = "agreement", _("Agreement")
    PARTNER = "partner", _("Partner")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


STAGE_OF_STATUS = {
    Status.PROSPECT: 2,
    Status.CONTACTED: 4,
    Status.PROPOSAL: 5,
    Status.PILOT: 6,
    Status.AGREEMENT: 7,
    Status.PARTNER: 8,
}
# The way of a relationship, in order. Facts move it forward along this line only; a person may move it anywhere.
WAY = list(STAGE_OF_STATUS)
STATUS_RANK = {status: rank for rank, status in enumerate(Status)}
STATUS_TRANSITIONS: Transitions = {status: set(Status) - {status} for status in Status}


class Kind(TextChoices):
    BUSINESS = "business", _("Business")
    INTERMEDIARY = "intermediary", _("Intermediary")
    PUBLIC_BODY = "public_body", _("Public body")
    NGO = "ngo", _("Non-profit organisation")
    SCHOOL = "school", _("School")


class SizeBand(TextChoices):
    MICRO = "micro_1_9", _("1 to 9")
    SMALL = "small_10_49", _("10 to 49")
    MEDIUM = "medium_50_249", _("50 to 249")
    LARGE = "large_250_plus", _("250 or more")


class Source(TextChoices):
    RESEARCH = "research", _("Our research")
    REFERRAL = "referral", _("A referral")
    INBOUND_FORM = "inbound_form", _("They wrote to us")
    IMPORT = "import", _("An import")
    EVENT = "event", _("An event")
    ALUMNI = "alumni", _("Alumni")
    OTHER = "other", _("Other")


class EndedReason(TextChoices):
    NO_FIT = "no_fit", _("No fit")
    NO_CAPACITY = "no_capacity", _("No capacity")
    NO_INTEREST = "no_interest", _("No interest")
    SAFETY = "safety", _("Safety")
    CLOSED_BUSINESS = "closed_business", _("The business closed")
    MOVED = "moved", _("Moved away")
    DUPLICATE = "duplicate", _("Recorded twice")
    ETHICS = "ethics", _("Ethics")
    OTHER = "other", _("Other")


class ContactRole(TextChoices):
    DECISION_MAKER = "decision_maker", _("Signs")
    HR = "hr", _("Human resources")
    MENTOR = "mentor", _("Mentor")
    SAFETY = "safety", _("Safety")
    FINANCE = "finance", _("Finance")
    COMMUNICATIONS = "communications", _("Communications")
    OWNER = "owner", _("Owner")
    DAY_TO_DAY = "day_to_day", _("Day to day")
    OTHER = "other", _("Other")


class ImportStatus(TextChoices):
    MATCHING = "matching", _("Columns not matched yet")
    CHECKED = "checked", _("Test run done")
    IMPORTING = "importing", _("Being imported")
    DONE = "done", _("Imported")


IMPORT_TRANSITIONS: Transitions = {
    ImportStatus.MATCHING: {ImportStatus.CHECKED},
    # Matched anew, or read in another encoding, in which its columns may be others.
    ImportStatus.CHECKED: {ImportStatus.MATCHING, ImportStatus.CHECKED, ImportStatus.IMPORTING},
    # Back where it was, when the work broke off or was stopped.
    ImportStatus.IMPORTING: {ImportStatus.CHECKED, ImportStatus.DONE},
}


class Rule(TextChoices):
    """What an import does with a partner that is on file."""

    FILL = "fill", _("Fill empty fields only")
    SKIP = "skip", _("Leave them as they are")


class Fate(TextChoices):
    """What happens to a row of an imported file."""

    NEW = "new", _("New partner")
    JOINS = "joins", _("Joins a new partner")
    REPEATS = "repeats", _("Repeats another row")
    FILLS = "fills", _("Fills in")
    EXISTS = "exists", _("On file already")
    PROBLEM = "problem", _("Left out")


class NeedKind(TextChoices):
    SKILL_SHORTAGE = "skill_shortage", _("Skill shortage")
    TRAINING_REQUIREMENT = "training_requirement", _("Training")
    RECRUITMENT = "recruitment", _("Recruitment")
    WORKFORCE_DEVELOPMENT = "workforce_development", _("Workforce development")
    SUCCESSION = "succession", _("Succession")
    INNOVATION = "innovation_rd", _("Innovation and research")
    HOSTING = "placement_host_interest", _("Wants to host students")
    EQUIPMENT = "equipment_use", _("Use of equipment")
    VISIBILITY = "csr_visibility", _("Visibility and social engagement")
    DIGITAL = "digital_transition", _("Going digital")
    GREEN = "green_transition", _("Going green")


class Urgency(TextChoices):
    NOW = "now", _("Now")
    THREE_MONTHS = "3_months", _("Within 3 months")
    TWELVE_MONTHS = "12_months", _("Within 12 months")
    LATER = "later", _("Later")


URGENCY_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}


class NeedStatus(TextChoices):
    OPEN = "open", _("Open")
    MATCHED = "matched", _("Offer made")
    ADDRESSED = "addressed", _("Addressed")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


NEED_TRANSITIONS: Transitions = {
    NeedStatus.OPEN: {NeedStatus.MATCHED, NeedStatus.ADDRESSED, NeedStatus.EXPIRED, NeedStatus.WITHDRAWN},
    # Back to open when the offer came to nothing.
    NeedStatus.MATCHED: {NeedStatus.OPEN, NeedStatus.ADDRESSED, NeedStatus.WITHDRAWN},
    # Open again by Undo, or because the firm says that it still holds.
    NeedStatus.ADDRESSED: {NeedStatus.OPEN},
    NeedStatus.EXPIRED: {NeedStatus.OPEN},
    NeedStatus.WITHDRAWN: {NeedStatus.OPEN},
}
