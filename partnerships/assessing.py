"""What firms asked for, for those who look for the goals of a year."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import School
from goals.enums import Category, ItemKind
from goals.slots import AssessmentEntry, AssessmentInput
from partnerships.enums import NeedKind, Urgency
from partnerships.models import Need

# What is wanted soonest decides; the rest of a long list would not change what is asked for most.
MOST_READ = 400
MOST_QUOTED = 2
CATEGORIES = {
    NeedKind.TRAINING_REQUIREMENT: Category.CURRICULUM_RELEVANCE,
    NeedKind.INNOVATION: Category.INNOVATION,
    NeedKind.HOSTING: Category.JOB_PLACEMENT,
    NeedKind.EQUIPMENT: Category.RESOURCES_INCOME,
    NeedKind.VISIBILITY: Category.VISIBILITY,
    NeedKind.DIGITAL: Category.CURRICULUM_RELEVANCE,
    NeedKind.GREEN: Category.CURRICULUM_RELEVANCE,
}


def _needs(_school: School, limit: int) -> list[AssessmentEntry]:
    """Return what the most urgent open needs ask for, by kind, most people first; one query of bounded rows."""
    rows = Need.objects.open().in_order().only("kind", "title", "headcount", "urgency", "organisation_id")[:MOST_READ]
    by_kind: dict[str, list[Need]] = defaultdict(list)
    for need in rows:
        by_kind[need.kind].append(need)
    ordered = sorted(by_kind.items(), key=lambda pair: (-_people(pair[1]), -len(pair[1]), pair[0]))
    return [_entry(kind, needs) for kind, needs in ordered[:limit]]


def _people(needs: Sequence[Need]) -> int:
    return sum(need.headcount or 0 for need in needs)


def _entry(kind: str, needs: Sequence[Need]) -> AssessmentEntry:
    firms = len({need.organisation_id for need in needs})
    said = [ngettext("%(n)s firm", "%(n)s firms", firms) % {"n": firms}]
    if now := sum(need.urgency == Urgency.NOW for need in needs):
        said.append(ngettext("%(n)s says now", "%(n)s say now", now) % {"n": now})
    quoted = ", ".join(_g("“%(need)s”") % {"need": need.title} for need in needs[:MOST_QUOTED])
    return AssessmentEntry(
        key=kind,
        title=str(NeedKind(kind).label),
        detail=f"{', '.join(said)}: {quoted}",
        figure=str(_people(needs) or ""),
        url=f"/needs/?kind={kind}",
        category=CATEGORIES.get(NeedKind(kind), Category.WORKFORCE_SOLUTIONS),
    )


NEEDS = AssessmentInput(
    key="partnerships.needs",
    kind=ItemKind.NEED,
    label=_("Firms"),
    hint=_("From the open needs, the most urgent first. Tick what a goal should answer."),
    entries=_needs,
    empty=_(
        "No need of a firm is on record yet. Ask two or three firms before you agree the goals, or let one of the "
        "goals be to know what firms need."
    ),
    counted=_("people"),
    order=10,
)
