"""What lists of stage 3 look up for the rows they show: one query a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.models import Programme
from propositions.models import Proposition, Segment, Strength
from propositions.page import sheets_by_programme as sheets_of
from propositions.segments import counts_of
from propositions.sheets import problem_of
from ui.lists import COUNT_CAP

register = template.Library()


@register.simple_tag
def sheets_by_programme(programmes: Iterable[Programme]) -> dict[int, list[Proposition]]:
    return sheets_of(programmes)


@register.filter
def notice(days: int) -> str:
    """Write days of notice, in weeks where they are whole ones and at least two."""
    weeks, rest = divmod(days, 7)
    if weeks > 1 and not rest:
        return _("%(n)s weeks") % {"n": weeks}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


@register.simple_tag
def member_counts(segments: Iterable[Segment]) -> dict[int, int]:
    return counts_of(segments)


@register.filter
def of(found: Mapping[int, Any], pk: int) -> Any:
    """Return what was found for a row, or nothing."""
    return found.get(pk)


@register.simple_tag
def capped(count: int | None) -> str:
    """Write a count; “10,000+” from where counting stopped."""
    shown = number_format(min(count or 0, COUNT_CAP), use_l10n=True, force_grouping=True)
    return f"{shown}+" if (count or 0) > COUNT_CAP else shown


@dataclass(frozen=True)
class CheckState:
    is_checked: bool
    problem: str


@register.simple_tag
def check_state(strength: Strength, today: dt.date) -> CheckState:
    """Say whether a strength was checked in time, and why it cannot be shown."""
    return CheckState(strength.is_checked(today), problem_of(strength, today))
