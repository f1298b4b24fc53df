"""A pilot's page put together: where it stands, its criteria, what may be done with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import School, User
from partnerships.page import Shown
from pilots.enums import BEFORE_RUN, DECISIONS, RECORDABLE, PilotStatus
from pilots.models import CriterionChange, Pilot, SuccessCriterion
from pilots.prefill import REPEATED
from pilots.rules import can_approve_pilot, can_call_off, can_plan, must_haves_missed, needs_approval
from pilots.slots import PilotPanel
from roadmap import registry
from roadmap.follow_ons import Offer, follow_ons
from roadmap.lifecycle import may_move

Step = tuple[str, str, str]
RANK = {
    PilotStatus.IDEA: 0,
    PilotStatus.PLANNED: 1,
    PilotStatus.APPROVED: 2,
    PilotStatus.SCHEDULED: 3,
    PilotStatus.RUNNING: 4,
    PilotStatus.DELIVERED: 5,
    PilotStatus.EVALUATED: 6,
    **dict.fromkeys(DECISIONS, 8),
}


class PilotPage:
    """What the page shows to one user; each part costs a query at most."""

    def __init__(self, pilot: Pilot, user: User, school: School) -> None:
        self.pilot = pilot
        self.user = user
        self.school = school

    @cached_property
    def criteria(self) -> list[SuccessCriterion]:
        return list(self.pilot.criteria.all())

    @cached_property
    def amendments(self) -> list[CriterionChange]:
        if not self.pilot.is_fixed:
            return []
        return list(CriterionChange.objects.filter(criterion__pilot=self.pilot).select_related("by"))

    @cached_property
    def panels(self) -> list[Shown]:
        made = [
            (panel, panel.context(self.pilot, self.user, self.school))
            for panel in sorted(registry.of(PilotPanel), key=lambda panel: panel.order)
        ]
        return [Shown(panel.key, panel.template, context) for panel, context in made if context is not None]

    @cached_property
    def offers(self) -> list[Offer]:
        return follow_ons(self.user, self.pilot)

    @cached_property
    def rounds(self) -> list[Pilot]:
        """The pilot before this one and those that came after it."""
        before = [self.pilot.follows] if self.pilot.follows else []
        return [*before, *self.pilot.next_rounds.order_by("starts_on", "id")]

    @property
    def met(self) -> int:
        return sum(one.is_met is True for one in self.criteria)

    @property
    def missed_must_haves(self) -> list[SuccessCriterion]:
        return must_haves_missed(self.criteria)

    @property
    def missing(self) -> list[SuccessCriterion]:
        """Must-haves whose result is not known; without any result at all, every criterion."""
        known = any(one.actual is not None for one in self.criteria)
        return [one for one in self.criteria if one.lacks_actual] if known else self.criteria

    @property
    def has_results(self) -> bool:
        return any(one.actual is not None for one in self.criteria)

    @property
    def verdict(self) -> str:
        """What the results say, in a sentence; before the first one, what the table is."""
        if not self.has_results:
            return _("How we will know")
        words = {"met": self.met, "all": len(self.criteria), "n": len(self.missed_must_haves)}
        if self.missed_must_haves:
            text = ngettext(
                "One must-have was missed; %(met)d of %(all)d met",
                "%(n)d must-haves were missed; %(met)d of %(all)d met",
                len(self.missed_must_haves),
            )
            return text % words
        if any(one.lacks_actual for one in self.criteria):
            return _("%(met)d of %(all)d criteria met so far") % words
        if self.met == len(self.criteria):
            return _("Every criterion was met")
        return _("Every must-have was met; %(met)d of %(all)d criteria in all") % words

    @property
    def tone(self) -> tuple[str, str]:
        """The colour and icon of the count of criteria met."""
        if self.missed_must_haves:
            return "warn", "alert-triangle"
        return ("info", "hourglass") if self.missing else ("ok", "check")

    @property
    def fixed_words(self) -> str:
        if self.pilot.fixed_at:
            return _("Fixed since %(day)s, the day it began") % {"day": _long(self.pilot.fixed_at)}
        return _("They may change until the first day; from then on they are fixed.")

    @property
    def days_left(self) -> int:
        return (self.pilot.decide_by - self.school.today()).days

    @property
    def money_each(self) -> Decimal | None:
        pilot = self.pilot
        spent = pilot.budget_actual if pilot.budget_actual is not None else pilot.budget_planned
        return spent / pilot.students if spent and pilot.students else None

    @property
    def may_plan(self) -> bool:
        return can_plan(self.user)

    @property
    def may_edit(self) -> bool:
        return self.may_plan and self.pilot.is_open

    @property
    def needs_approval(self) -> bool:
        return needs_approval(self.pilot)

    @property
    def may_approve(self) -> bool:
        return can_approve_pilot(self.user) and self.needs_approval

    @property
    def may_schedule(self) -> bool:
        return self._may(PilotStatus.SCHEDULED) and not self.needs_approval

    @property
    def may_start(self) -> bool:
        return self._may(PilotStatus.RUNNING)

    @property
    def may_deliver(self) -> bool:
        return self._may(PilotStatus.DELIVERED) and self.pilot.status == PilotStatus.RUNNING

    @property
    def may_plan_again(self) -> bool:
        return self._may(PilotStatus.PLANNED) and self.pilot.status != PilotStatus.IDEA

    @property
    def may_record(self) -> bool:
        return self.may_plan and self.pilot.status in RECORDABLE and bool(self.criteria)

    @property
    def is_to_decide(self) -> bool:
        return self.pilot.status in {PilotStatus.DELIVERED, PilotStatus.EVALUATED}

    @property
    def may_decide(self) -> bool:
        return self._may(PilotStatus.STOPPED)

    @property
    def may_reconsider(self) -> bool:
        return bool(self.pilot.decision) and self._may(PilotStatus.EVALUATED)

    @property
    def may_repeat(self) -> bool:
        return self.may_plan and self.pilot.status in REPEATED

    @property
    def may_call_off(self) -> bool:
        return can_call_off(self.user) and may_move(self.pilot, to=PilotStatus.CANCELLED)

    @property
    def repeat_url(self) -> str:
        return f"{reverse('pilots:add')}?after={self.pilot.pk}"

    def _may(self, to: PilotStatus) -> bool:
        return self.may_plan and may_move(self.pilot, to=to)

    @property
    def steps(self) -> list[Step]:
        """Where it stands; the approval only where it costs money."""
        reached = RANK[PilotStatus(self.pilot.status)]
        return [
            (label, detail, "done" if rank < reached else "current" if rank == reached else "todo")
            for rank, label, detail in self._steps()
        ]

    def _steps(self) -> Iterator[tuple[int, str, str]]:
        pilot = self.pilot
        since = _short(pilot.status_since)
        yield 0, _("Idea"), _short(pilot.created_at)
        yield 1, _("Planned"), since if pilot.status == PilotStatus.PLANNED else ""
        if pilot.budget_planned or pilot.approved_at:
            yield 2, _("Approved"), self._approved_words
        yield 3, _("Scheduled"), since if pilot.status == PilotStatus.SCHEDULED else ""
        yield 4, _("Running"), _span(pilot.starts_on, pilot.ends_on)
        yield 5, _("Delivered"), _day(pilot.ends_on) if pilot.is_over else ""
        yield 6, _("Evaluated"), since if pilot.status == PilotStatus.EVALUATED else ""
        yield 7, pilot.get_status_display() if pilot.decision else _("Decided"), self._decided_words

    @property
    def _approved_words(self) -> str:
        if not self.pilot.approved_at:
            return ""
        return ", ".join(filter(None, [str(self.pilot.approved_by or ""), _short(self.pilot.approved_at)]))

    @property
    def _decided_words(self) -> str:
        if self.pilot.decided_at:
            return _short(self.pilot.decided_at)
        if self.pilot.status in BEFORE_RUN:
            return ""
        return _("by %(day)s") % {"day": _day(self.pilot.decide_by)}


def _day(day: dt.date) -> str:
    return dateformat.format(day, "j M")


def _span(first: dt.date, last: dt.date) -> str:
    return _day(first) if first == last else _("%(first)s to %(last)s") % {"first": _day(first), "last": _day(last)}


def _short(at: dt.datetime) -> str:
    return dateformat.format(timezone.localtime(at), "j M")


def _long(at: dt.datetime) -> str:
    return dateformat.format(timezone.localtime(at), "j F Y")
