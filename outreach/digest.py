"""What a colleague's morning mail lists: everything overdue and due, from every stage."""

import datetime as dt
from dataclasses import dataclass
from itertools import chain

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import School, User
from roadmap import registry
from roadmap.slots import DueItem, DueSource, Words

MOST_SHOWN = 30


@dataclass(frozen=True)
class Line:
    """One thing to do; `detail` says for whom and how late, or at what hour."""

    title: str
    detail: str
    url: str
    is_late: bool


@dataclass(frozen=True)
class Chapter:
    """What one stage has for the day, oldest first."""

    label: Words
    lines: list[Line]


@dataclass(frozen=True)
class Digest:
    chapters: list[Chapter]

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self._lines)

    @property
    def today(self) -> int:
        return sum(not line.is_late for line in self._lines)

    @property
    def _lines(self) -> list[Line]:
        return list(chain.from_iterable(chapter.lines for chapter in self.chapters))

    @property
    def headline(self) -> str:
        """Say how much there is, such as “2 late, 3 for today”."""
        late = ngettext("%(count)s late", "%(count)s late", self.late) % {"count": self.late}
        today = ngettext("%(count)s for today", "%(count)s for today", self.today) % {"count": self.today}
        return ", ".join(words for words, count in [(late, self.late), (today, self.today)] if count)


def digest_for(user: User, school: School, on: dt.date) -> Digest:
    """Gather what falls due for a colleague up to and including a day."""
    found = [(source.label, source.items(user, school, on, MOST_SHOWN)) for source in registry.of(DueSource)]
    return Digest([Chapter(label, [_line(item, school, on) for item in items]) for label, items in found if items])


def _line(item: DueItem, school: School, on: dt.date) -> Line:
    days = (on - item.on).days
    when = ""
    if days > 0:
        when = ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}
    elif item.at:
        when = _("at %(time)s") % {"time": dateformat.time_format(item.at.astimezone(school.zone), "H:i")}
    return Line(item.title, " · ".join(filter(None, [item.organisation, when])), item.url, is_late=days > 0)
