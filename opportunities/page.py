"""A proposal's page, gathered: its rounds, what changed, what was said, what may be done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import School, User
from opportunities.balance import Balance, balance_of
from opportunities.comparing import Comparison, compare
from opportunities.enums import AnswerKind, DecisionReason, ProposalStatus
from opportunities.freezing import is_untouched
from opportunities.gaps import gaps_of
from opportunities.models import Proposal, ProposalAnswer, ProposalVersion
from opportunities.rules import can_propose, can_stop
from partnerships.models import Need
from roadmap.follow_ons import Offer, follow_ons

LONG_WAIT = 7  # days


@dataclass(frozen=True)
class Said:
    """A turn of the conversation: what one side said when."""

    at: dt.datetime
    name: str
    title: str
    words: str
    theirs: bool = False


@dataclass(frozen=True)
class Waiting:
    """For whom a proposal waits, in a pill."""

    words: str
    tone: str
    icon: str


@dataclass
class ProposalPage:
    proposal: Proposal
    user: User
    school: School

    @cached_property
    def versions(self) -> list[ProposalVersion]:
        """All rounds, oldest first, with their points and answers; a constant number of queries."""
        rows = self.proposal.versions.select_related("sent_by").prefetch_related(
            "items__offer_type", "items__programme", "items__need", "answers__recorded_by"
        )
        versions = list(rows)
        for version in versions:
            version.proposal = self.proposal
        return versions

    @property
    def newest(self) -> ProposalVersion:
        return self.versions[-1]

    @property
    def draft(self) -> ProposalVersion | None:
        """The round being written, where there is one."""
        return None if self.newest.is_sent else self.newest

    @property
    def sent(self) -> list[ProposalVersion]:
        return [version for version in self.versions if version.is_sent]

    @property
    def table(self) -> ProposalVersion | None:
        """The round that the partner has before them."""
        return self.sent[-1] if self.sent else None

    @cached_property
    def comparison(self) -> Comparison | None:
        if len(self.versions) == 1:
            return None
        return compare(self.versions[-2], self.newest, self.proposal.currency)

    @cached_property
    def balance(self) -> Balance:
        return balance_of(self.newest.items.all())

    @cached_property
    def needs(self) -> list[Need]:
        found = {item.need_id: item.need for item in self.newest.items.all() if item.need}
        return list(found.values())

    @cached_property
    def gaps(self) -> list[str]:
        return gaps_of(self.proposal, self.draft, self.school.today()) if self.draft else []

    @cached_property
    def conversation(self) -> list[Said]:
        turns = [said_by_us(version, version.sent_at) for version in self.sent if version.sent_at]
        turns += [said_by_them(answer) for version in self.versions for answer in version.answers.all()]
        return sorted(turns, key=lambda turn: turn.at)

    @cached_property
    def is_untouched(self) -> bool:
        """Whether the round that they have still says what was sent."""
        return self.table is None or is_untouched(self.table)

    @cached_property
    def opened_on(self) -> dt.datetime | None:
        """When its link was first opened, perhaps by a mail scanner."""
        opened = self.table.links.exclude(first_opened_at=None) if self.table else None
        return opened.order_by("first_opened_at").values_list("first_opened_at", flat=True).first() if opened else None

    @property
    def waiting(self) -> Waiting | None:
        return waiting_of(self.proposal, self.school.today(), has_draft=self.draft is not None)

    @property
    def offers(self) -> list[Offer]:
        return follow_ons(self.user, self.proposal)

    @property
    def may_edit(self) -> bool:
        return can_propose(self.user) and self.proposal.is_writable and self.draft is not None

    @property
    def may_start_round(self) -> bool:
        return can_propose(self.user) and self.proposal.is_writable and self.draft is None

    @property
    def may_record(self) -> bool:
        return can_propose(self.user) and self.proposal.is_answerable

    @property
    def may_withdraw(self) -> bool:
        return can_stop(self.user) and ProposalStatus.WITHDRAWN in self.proposal.transitions.get(
            self.proposal.status, ()
        )


def said_by_us(version: ProposalVersion, at: dt.datetime) -> Said:
    name = version.sent_by.name if version.sent_by else ""
    title = _("%(name)s sent round %(n)d") if name else _("Round %(n)d was sent")
    return Said(at, name, title % {"name": name, "n": version.no}, version.changes or version.intro)


def said_by_them(answer: ProposalAnswer) -> Said:
    titles = {
        AnswerKind.ACCEPTED: _("%(name)s accepted"),
        AnswerKind.CHANGES: _("%(name)s asked for changes"),
        AnswerKind.DECLINED: _("%(name)s declined"),
    }
    title = titles[AnswerKind(answer.kind)] % {"name": answer.name or _("They")}
    if answer.recorded_by:
        title = _("%(what)s, noted by %(name)s") % {"what": title, "name": answer.recorded_by.name}
    reason = str(DecisionReason(answer.reason).label) if answer.reason else ""
    return Said(answer.at, answer.name, title, "\n".join(filter(None, [reason, answer.words])), theirs=True)


def waiting_of(proposal: Proposal, today: dt.date, *, has_draft: bool) -> Waiting | None:
    """Say for whom an open proposal waits and since when; nothing once it is closed."""
    days = max((today - proposal.status_since.date()).days, 0)
    since = ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if proposal.status == ProposalStatus.SENT:
        return Waiting(
            _("Waiting for them, %(since)s") % {"since": since}, "warn" if days > LONG_WAIT else "info", "clock"
        )
    if proposal.status == ProposalStatus.IN_NEGOTIATION:
        words = _("Next round being written, %(since)s") if has_draft else _("Waiting for us, %(since)s")
        return Waiting(words % {"since": since}, "warn", "message-question")
    return None
