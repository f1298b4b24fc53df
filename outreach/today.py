"""What outreach adds to Today, to the sidebar and to the morning mail."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import School, User
from accounts.services import current_school
from outreach.models import FollowUp, FollowUpQuerySet
from outreach.rules import can_log
from outreach.snoozing import snooze_days
from roadmap.counts import CAP, as_text
from roadmap.slots import DueItem, Whose

SHOWN = {"late": 8, "today": 12, "tomorrow": 5}


@dataclass(frozen=True)
class Group:
    """Rows under one heading; `count` is of all, not only of those shown."""

    key: str
    label: str
    rows: list[FollowUp]
    count: int

    @property
    def count_text(self) -> str:
        return as_text(self.count)

    @property
    def hidden(self) -> int:
        return self.count - len(self.rows)


def planned_by(user: User, whose: Whose = Whose.MINE) -> FollowUpQuerySet:
    planned = FollowUp.objects.planned()
    return planned if whose == Whose.TEAM else planned.filter(owner=user)


def capped(rows: QuerySet[Any]) -> int:
    """Count, but never beyond what the sidebar shows."""
    return rows.order_by()[: CAP + 1].count()


def follow_ups_section(user: User, school: School, whose: Whose) -> dict[str, Any] | None:
    """Overdue, due today and tomorrow: four queries, and two more where nothing is due. None for those without any."""
    today = school.today()
    planned = planned_by(user, whose)
    groups, count = _groups(planned, today)
    if not count and not can_log(user):
        return None
    context = {
        "groups": [group for group in groups if group.rows],
        "count": count,
        "count_text": as_text(count),
        "is_team": whose == Whose.TEAM,
        "today": today,
        "snooze_days": snooze_days(today),
        "can_log": can_log(user),
        "summary": _summary(groups),
    }
    if not context["groups"]:
        context |= {
            "cleared": _cleared(user, school, today),
            "upcoming": planned.for_rows().order_by("due_on", "id").first(),
        }
    return context


def _groups(planned: FollowUpQuerySet, today: dt.date) -> tuple[list[Group], int]:
    """Return what is due by tomorrow, and how many are planned in all."""
    tomorrow = today + dt.timedelta(days=1)
    parts = {
        "late": (_("Overdue"), Q(due_on__lt=today)),
        "today": (_("Due today"), Q(due_on=today)),
        "tomorrow": (_("Tomorrow"), Q(due_on=tomorrow)),
    }
    counts = _counts(planned, {key: due for key, (_label, due) in parts.items()})
    groups = [
        Group(key, label, list(planned.filter(due).for_rows().order_by("due_on", "id")[: SHOWN[key]]), counts[key])
        for key, (label, due) in parts.items()
    ]
    return groups, counts["all"]


def _counts(planned: FollowUpQuerySet, parts: dict[str, Q]) -> dict[str, int]:
    """Count all and each part, from those due first up to where counting stops; beyond it each part for itself."""
    first = planned.order_by("due_on", "id")[: CAP + 1]
    counts = first.aggregate(all=Count("pk"), **{key: Count("pk", filter=due) for key, due in parts.items()})
    if counts["all"] > CAP:
        counts |= {key: capped(planned.filter(due)) for key, due in parts.items()}
    return counts


def _summary(groups: list[Group]) -> list[str]:
    counts = {group.key: group.count for group in groups}
    words = [
        ngettext("%(count)s overdue", "%(count)s overdue", counts["late"]) % {"count": counts["late"]},
        ngettext("%(count)s due today", "%(count)s due today", counts["today"]) % {"count": counts["today"]},
    ]
    return [text for text, key in zip(words, ["late", "today"], strict=True) if counts[key]]


def _cleared(user: User, school: School, today: dt.date) -> int:
    midnight = dt.datetime.combine(today, dt.time(), school.zone)
    return FollowUp.objects.filter(owner=user, status="done", done_at__gte=midnight).count()


def due_count(user: User) -> int:
    """How many are overdue or due today: the number beside the page in the sidebar."""
    return capped(planned_by(user).filter(due_on__lte=current_school().today()))


def due_items(user: User, _school: School, until: dt.date, limit: int) -> list[DueItem]:
    """Return a colleague's follow-ups due by a day, oldest first; one query."""
    rows = planned_by(user).filter(due_on__lte=until).for_rows().order_by("due_on", "id")
    return [
        DueItem(
            title=row.title,
            url=row.organisation.get_absolute_url(),
            on=row.due_on,
            organisation=row.organisation.name,
            at=row.due_at,
        )
        for row in rows[:limit]
    ]
