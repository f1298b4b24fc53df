"""An agreement's page, gathered: where it stands, who signs, its words, its documents, its history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import School, User
from agreements.document import Contents, clauses_in, contents_of
from agreements.enums import AgreementStatus, DocumentKind, DocumentState, EvidenceKind, Party
from agreements.evidence import broken_in
from agreements.figures import figures_of, long_date, short_name
from agreements.gaps import Gap, gaps_of
from agreements.models import Agreement, EvidenceEntry, FirstPage, IssuedDocument, Signatory, SigningLink
from agreements.placeholders import Piece, pieces
from agreements.rules import can_draft, can_withdraw, may_sign_here

Step = tuple[str, str, str]
ICONS = {
    EvidenceKind.FROZEN: "lock",
    EvidenceKind.SENT: "send",
    EvidenceKind.OPENED: "eye",
    EvidenceKind.SIGNED: "signature",
    EvidenceKind.DECLINED: "message-question",
    EvidenceKind.WITHDRAWN: "arrow-back-up",
    EvidenceKind.COMPLETED: "circle-check",
    EvidenceKind.SEALED: "file-check",
}


@dataclass(frozen=True)
class Moment:
    """A line of the history."""

    at: dt.datetime
    icon: str
    title: str
    detail: str = ""


@dataclass(frozen=True)
class Seat:
    """A signatory as the page shows them."""

    signatory: Signatory
    side: str
    state: str
    tone: str
    icon: str
    detail: str
    may_sign: bool


@dataclass
class AgreementPage:
    """Everything on the page; a constant number of queries."""

    agreement: Agreement
    user: User
    school: School
    documents: list[IssuedDocument] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.documents = list(self.agreement.documents.select_related("first_page").order_by("-edition", "-id"))

    @cached_property
    def partner(self) -> str:
        return short_name(self.agreement.organisation)

    @cached_property
    def signatories(self) -> list[Signatory]:
        return list(self.agreement.signatories.all())

    @cached_property
    def document(self) -> IssuedDocument | None:
        """The newest document of the version at hand."""
        current = [one for one in self.documents if one.edition == self.agreement.edition]
        return None if self.agreement.is_draft else next(iter(current), None)

    @property
    def first_page(self) -> FirstPage | None:
        """What the newest document looks like, where it could be drawn."""
        return getattr(self.document, "first_page", None)

    @cached_property
    def signed_document(self) -> IssuedDocument | None:
        return next((one for one in self.documents if one.kind == DocumentKind.SIGNED), None)

    @cached_property
    def broken_document(self) -> IssuedDocument | None:
        document = self.document
        return document if document and document.state == DocumentState.FAILED else None

    @cached_property
    def contents(self) -> Contents:
        """What was frozen, or what would be."""
        return self.document.contents if self.document else contents_of(self.agreement, self.school)

    @cached_property
    def gaps(self) -> list[Gap]:
        return gaps_of(self.agreement, self.school) if self.agreement.is_draft else []

    @cached_property
    def clauses(self) -> list[dict[str, Any]]:
        """The clauses in pieces: in a draft its figures stand out, filled in or missing."""
        if not self.agreement.is_draft:
            return [{**clause, "paragraphs": _plain(clause)} for clause in clauses_in(self.contents)]
        figures = figures_of(self.agreement, self.school)
        locked = {clause.number: clause for clause in self.agreement.clauses.all()}
        return [
            {
                **clause,
                "is_locked": locked[clause["number"]].is_locked,
                "paragraphs": [list(pieces(text, figures)) for text in locked[clause["number"]].body.split("\n\n")],
            }
            for clause in clauses_in(self.contents)
        ]

    @property
    def signed_count(self) -> int:
        return sum(person.signed_at is not None for person in self.signatories)

    @cached_property
    def seats(self) -> list[Seat]:
        opened = self._openings
        return [self._seat(person, opened.get(person.pk)) for person in self.signatories]

    @cached_property
    def links(self) -> list[SigningLink]:
        return list(SigningLink.objects.filter(signatory__in=self.signatories).order_by("-created_at"))

    @cached_property
    def _openings(self) -> dict[int, dt.datetime]:
        return {link.signatory_id: link.first_opened_at for link in reversed(self.links) if link.first_opened_at}

    def _seat(self, person: Signatory, opened: dt.datetime | None) -> Seat:
        side = self.school.name if person.party == Party.SCHOOL else self.agreement.organisation.name
        may_sign = may_sign_here(self.user, self.agreement, person)
        if person.signed_at:
            detail = _("signed %(at)s") % {"at": moment(person.signed_at)}
            return Seat(person, side, _("Signed"), "ok", "check", detail, may_sign)
        if person.declined_at:
            detail = _("wrote %(at)s") % {"at": moment(person.declined_at)}
            return Seat(person, side, _("Wants a change"), "bad", "message-question", detail, may_sign)
        if self.agreement.status != AgreementStatus.SENT:
            return Seat(person, side, _("Not sent"), "", "clock", "", may_sign)
        detail = _("link opened %(at)s") % {"at": moment(opened)} if opened else ""
        return Seat(person, side, _("Waiting"), "warn", "clock", detail, may_sign)

    @property
    def may_edit(self) -> bool:
        return can_draft(self.user) and self.agreement.is_draft

    @property
    def may_chase(self) -> bool:
        return can_draft(self.user) and self.agreement.status == AgreementStatus.SENT

    @property
    def may_withdraw(self) -> bool:
        return can_withdraw(self.user) and AgreementStatus.WITHDRAWN in self._next

    @property
    def may_reopen(self) -> bool:
        return can_draft(self.user) and AgreementStatus.DRAFT in self._next

    @property
    def _next(self) -> Any:
        return self.agreement.transitions.get(self.agreement.status, ())

    @property
    def mine(self) -> Signatory | None:
        return next((seat.signatory for seat in self.seats if seat.may_sign), None)

    @property
    def link_until(self) -> dt.datetime | None:
        now = timezone.now()
        return max((link.expires_at for link in self.links if link.is_live(now)), default=None)

    @cached_property
    def evidence(self) -> list[EvidenceEntry]:
        return list(self.agreement.evidence.all())

    @property
    def broken_line(self) -> EvidenceEntry | None:
        """The first line of the record that somebody changed behind Tandem's back."""
        return broken_in(self.evidence)

    @property
    def history(self) -> list[Moment]:
        """Newest first. Openings are told as what they are: perhaps a mail scanner's."""
        opened = [
            Moment(
                link.first_opened_at,
                "eye",
                _("Link of %(name)s opened") % {"name": link.name},
                _("perhaps by a mail scanner"),
            )
            for link in self.links
            if link.first_opened_at
        ]
        noted = [_moment(entry) for entry in self.evidence if entry.kind != EvidenceKind.OPENED]
        begun = Moment(
            self.agreement.created_at,
            "file-plus",
            _("Begun by %(name)s") % {"name": self.agreement.created_by or "Tandem"},
        )
        return sorted([begun, *noted, *opened], key=lambda one: one.at, reverse=True)

    @property
    def steps(self) -> list[Step]:
        """Where it stands, in five steps."""
        agreement = self.agreement
        reached = REACHED[AgreementStatus(agreement.status)]
        details = [
            short_date(agreement.created_at),
            self._sent_words,
            self._signed_words,
            _("From %(day)s") % {"day": long_date(agreement.starts_on)}
            if agreement.starts_on
            else _("No first day yet"),
            self._end_words,
        ]
        labels = [_("Draft"), _("Sent"), _("Signed"), _("In force"), _("Ended")]
        return [
            (label, detail, "done" if at < reached else "current" if at == reached else "todo")
            for at, (label, detail) in enumerate(zip(labels, details, strict=True))
        ]

    @property
    def _sent_words(self) -> str:
        if self.agreement.status == AgreementStatus.PREPARING:
            return _("The document is being made")
        return short_date(self.agreement.sent_at) if self.agreement.sent_at else ""

    @property
    def _signed_words(self) -> str:
        if self.agreement.signed_at:
            return short_date(self.agreement.signed_at)
        waiting = [person for person in self.signatories if not person.signed_at]
        if self.agreement.status != AgreementStatus.SENT or not waiting:
            return ""
        who = self.partner if waiting[0].party == Party.ORGANISATION else _("The college")
        if len({person.party for person in waiting}) > 1:
            return ngettext("%(n)d still to sign", "%(n)d still to sign", len(waiting)) % {"n": len(waiting)}
        return _("%(who)s still to sign") % {"who": who}

    @property
    def _end_words(self) -> str:
        day = self.agreement.last_day
        return _("After %(day)s") % {"day": long_date(day)} if day else _("No fixed end")


REACHED = {
    AgreementStatus.DRAFT: 0,
    AgreementStatus.PREPARING: 1,
    AgreementStatus.SENT: 1,
    AgreementStatus.DECLINED: 1,
    AgreementStatus.WITHDRAWN: 1,
    AgreementStatus.SIGNED: 2,
    AgreementStatus.ACTIVE: 3,
    AgreementStatus.EXPIRED: 4,
}


def short_date(at: dt.datetime) -> str:
    return dateformat.format(timezone.localtime(at), "j M Y")


def moment(at: dt.datetime) -> str:
    return dateformat.format(timezone.localtime(at), "j F Y, H:i")


def _plain(clause: dict[str, Any]) -> list[list[Piece]]:
    return [[Piece(text)] for text in clause["paragraphs"]]


def _moment(entry: EvidenceEntry) -> Moment:
    titles = {
        EvidenceKind.FROZEN: _("Text frozen by %(who)s"),
        EvidenceKind.SENT: _("Link sent by %(who)s"),
        EvidenceKind.SIGNED: _("Signed by %(who)s"),
        EvidenceKind.DECLINED: _("%(who)s asked for a change"),
        EvidenceKind.WITHDRAWN: _("Withdrawn by %(who)s"),
        EvidenceKind.COMPLETED: _("All have signed"),
        EvidenceKind.SEALED: _("Signed document stored"),
    }
    kind = EvidenceKind(entry.kind)
    return Moment(entry.at, ICONS[kind], titles[kind] % {"who": entry.who}, entry.detail)
