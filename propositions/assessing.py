"""What the school is good at, for those who look for the goals of a year."""

from django.utils.translation import gettext_lazy as _

from accounts.models import School
from goals.enums import ItemKind
from goals.slots import AssessmentEntry, AssessmentInput
from propositions.models import Strength


def _strengths(school: School, limit: int) -> list[AssessmentEntry]:
    """Return strengths on file, those checked last first; one query."""
    rows = Strength.objects.on_file().order_by("-check_by", "-id")
    shown = rows.only("title", "kind", "evidence", "check_by", "archived_at")[:limit]
    return [_entry(strength, school) for strength in shown]


def _entry(strength: Strength, school: School) -> AssessmentEntry:
    checked = "" if strength.is_checked(school.today()) else _("to be checked again")
    said = [strength.get_kind_display(), strength.evidence, str(checked)]
    return AssessmentEntry(
        key=str(strength.pk),
        title=strength.title,
        detail=" · ".join(filter(None, said)),
        url=strength.get_absolute_url(),
    )


STRENGTHS = AssessmentInput(
    key="propositions.strengths",
    kind=ItemKind.STRENGTH,
    label=_("Strengths on record"),
    hint=_("Tick what firms should have more of, or what the year should rest on."),
    entries=_strengths,
    empty=_(
        "No strength is on record yet. Think of workshops, teachers with a trade of their own, courses and services; "
        "write them down under Value when there is time. The next steps work without them."
    ),
)
