"""What feedback has taught, for those who look for the goals of a year."""

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import School
from evaluation.enums import FindingStatus
from evaluation.models import Finding
from goals.enums import Category, ItemKind
from goals.slots import AssessmentEntry, AssessmentInput

MOST = 6


def _findings(_school: School, limit: int) -> list[AssessmentEntry]:
    """Return findings that are to be decided or were accepted, much for little first; one query for each state."""
    found = [one for status in (FindingStatus.NEW, FindingStatus.ACCEPTED) for one in _of(status, MOST)]
    return [_entry(finding) for finding in sorted(found, key=lambda one: (-one.weight, -one.pk))[: min(limit, MOST)]]


def _of(status: FindingStatus, limit: int) -> list[Finding]:
    rows = Finding.objects.filter(status=status).select_related("wave", "programme").order_by("-weight", "-id")
    return list(rows.only("statement", "status", "weight", "wave__title", "programme__title")[:limit])


def _entry(finding: Finding) -> AssessmentEntry:
    said = [finding.get_status_display()]
    if finding.wave:
        said.append(_g("round “%(round)s”") % {"round": finding.wave.title})
    if finding.programme:
        said.append(finding.programme.title)
    return AssessmentEntry(
        key=str(finding.pk),
        title=finding.statement,
        detail=" · ".join(said),
        url=finding.get_absolute_url(),
        category=Category.STUDENT_LEARNING,
    )


FINDINGS = AssessmentInput(
    key="evaluation.findings",
    kind=ItemKind.FINDING,
    label=_("Students and firms, in their answers"),
    hint=_("Findings of the rounds, much for little first. Tick what a goal should answer."),
    entries=_findings,
    empty=_(
        "No round of feedback has brought a finding yet. Write below what you hear from students; a goal may be to ask "
        "them."
    ),
    order=20,
)
