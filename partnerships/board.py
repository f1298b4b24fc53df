"""The board: a column for each status on the way, the cards that are due first on top."""

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import School, User
from partnerships.enums import STAGE_OF_STATUS, WAY, Status
from partnerships.models import Organisation, OrganisationQuerySet
from roadmap.counts import CAP, as_text
from roadmap.search import matching
from roadmap.slots import Words
from ui.requests import key_of

CARDS = 20
QUIET_DAYS = 10
FOLDED = Status.PROSPECT  # research, not yet a relationship: closed unless asked for
GOES_QUIET = {Status.CONTACTED, Status.PROPOSAL, Status.PILOT}


@dataclass(frozen=True)
class Sight:
    """What of the board is asked for: whose firms, which words, the column in front on a phone, prospects opened."""

    owner: str = ""
    words: str = ""
    front: Status = Status.CONTACTED
    is_open: bool = False

    @classmethod
    def of(cls, params: dict[str, str]) -> "Sight":
        front = params.get("column", "")
        return cls(
            owner=params.get("owner", ""),
            words=params.get("q", "").strip()[:200],
            front=Status(front) if front in WAY else Status.CONTACTED,
            is_open=params.get("open") == FOLDED or front == FOLDED,
        )

    def query(self, **changes: str) -> str:
        """Return the query string of this sight with something else changed; empty values fall away."""
        now = {
            "owner": self.owner,
            "q": self.words,
            "column": self.front if self.front != Status.CONTACTED else "",
            "open": FOLDED if self.is_open else "",
        }
        return urlencode({name: value for name, value in (now | changes).items() if value})


@dataclass(frozen=True)
class Pill:
    label: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Card:
    organisation: Organisation
    said: str
    pill: Pill | None


@dataclass(frozen=True)
class Column:
    """A status with its first cards; `moves` are the buttons that each of its cards has."""

    status: Status
    count: int
    cards: list[Card] = field(default_factory=list)
    moves: SafeString | str = ""
    is_folded: bool = False
    is_front: bool = False
    list_query: str = ""

    @property
    def label(self) -> Words:
        return self.status.label

    @property
    def stage(self) -> int:
        return STAGE_OF_STATUS[self.status]

    @property
    def count_text(self) -> str:
        return as_text(self.count) or "0"

    @property
    def more(self) -> str:
        """How many are not shown; nothing where all are."""
        hidden = self.count - len(self.cards)
        return as_text(CAP + 1 if self.count > CAP else hidden) if hidden > 0 else ""


def board_of(sight: Sight, user: User, school: School) -> list[Column]:
    """Return the columns: a query each for the count, which stops at 10,000, and for the cards where it is open."""
    shown = narrowed(Organisation.objects.on_file(), sight, user)
    return [_column(status, shown.filter(status=status), sight, school) for status in WAY]


def narrowed(organisations: OrganisationQuerySet, sight: Sight, user: User) -> OrganisationQuerySet:
    if sight.owner == "me":
        organisations = organisations.owned_by(user)
    elif sight.owner == "nobody":
        organisations = organisations.without_owner()
    elif owner := key_of(sight.owner):
        organisations = organisations.filter(owner=owner)
    return matching(organisations, sight.words)


def _column(status: Status, shown: OrganisationQuerySet, sight: Sight, school: School) -> Column:
    count = shown.order_by()[: CAP + 1].count()
    if status == FOLDED and not sight.is_open:
        return Column(status, count, is_folded=True)
    rows = shown.for_list().order_by("next_step_at", "pk")[:CARDS] if count else []
    today = timezone.localdate()
    asked = {"status": status, "sort": "next_step", "owner": sight.owner, "q": sight.words}
    return Column(
        status,
        count,
        cards=[Card(row, said_of(row), pill_of(row, today, school)) for row in rows],
        moves=_menu_of_moves(status, get_language()),
        is_front=status == sight.front,
        list_query=urlencode({name: value for name, value in asked.items() if value}),
    )


@lru_cache(maxsize=64)
def _menu_of_moves(here: Status, _language: str | None) -> SafeString:
    """Draw where the cards of a column can go, once for each language."""
    return render_to_string("partnerships/_moves.html", {"here": here, "choices": moves_from(here)})


def moves_from(here: Status) -> list[tuple[Status, int | None]]:
    """Return where a card can go from here, with the stage that colours each."""
    return [(status, STAGE_OF_STATUS.get(status)) for status in Status if status != here]


def pill_of(organisation: Organisation, today: dt.date, school: School) -> Pill | None:
    """Return the one thing about a card that wants attention: an agreement that ends, or a silence.

    Silence is no worry while something is planned.
    """
    ends_on = organisation.agreement_ends_on
    if ends_on and today <= ends_on <= today + dt.timedelta(days=school.agreement_notice_days):
        days = (ends_on - today).days
        return Pill(ngettext("Ends in %(n)s day", "Ends in %(n)s days", days) % {"n": days}, "warn", "clock")
    last = organisation.last_contact_on
    is_planned = organisation.has_next_step and not organisation.is_late
    if organisation.status in GOES_QUIET and not is_planned and last and (today - last).days > QUIET_DAYS:
        return Pill(_("Quiet %(n)s days") % {"n": (today - last).days}, "bad", "alert-triangle")
    return None


def said_of(organisation: Organisation) -> str:
    """Say what a card says under its name."""
    if organisation.status == Status.PARTNER and organisation.agreement_ends_on:
        return _("MOU ends %(day)s") % {"day": format_date(organisation.agreement_ends_on, "j M Y")}
    return str(organisation.trade_words)
