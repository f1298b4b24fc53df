"""A partner's timeline as its page shows it: by day and month, narrowed by kind and words, older ones by keyset."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Q
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from partnerships.models import Organisation, TimelineEvent
from partnerships.slots import TimelineKind
from roadmap import registry
from roadmap.slots import Words

PER_PAGE = 30
PLAIN = TimelineKind("", "", "note")  # of a stage that is no longer there


@dataclass(frozen=True)
class Line:
    """An event and what declares its kind."""

    event: TimelineEvent
    kind: TimelineKind
    on: dt.date
    today: dt.date

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def is_recent(self) -> bool:
        """Whether the hour still matters: since Monday."""
        return self.on >= _monday(self.today)


@dataclass(frozen=True)
class Period:
    """Lines under one heading; the heading is left out where the page before ended in the same period."""

    label: str
    lines: list[Line]


@dataclass(frozen=True)
class Asked:
    """What part of a timeline is asked for: a group of kinds, words, and where the page before ended."""

    group: str = ""
    words: str = ""
    before: tuple[dt.datetime, int] | None = None
    under: str = ""

    @classmethod
    def of(cls, params: dict[str, str]) -> "Asked":
        """Read a query string; what makes no sense in it is left out."""
        group = params.get("about", "")
        return cls(
            group=group if group in groups() else "",
            words=params.get("says", "").strip()[:200],
            before=_read_mark(params.get("before", "")),
            under=params.get("under", "")[:60],
        )

    @property
    def query(self) -> dict[str, str]:
        """What narrows it, as parameters."""
        return {name: value for name, value in (("about", self.group), ("says", self.words)) if value}


@dataclass(frozen=True)
class Timeline:
    """One page of a timeline."""

    asked: Asked
    periods: list[Period]
    older_query: str

    @property
    def is_narrowed(self) -> bool:
        return bool(self.asked.query)

    @cached_property
    def groups(self) -> dict[str, Words]:
        return groups()

    @property
    def group_label(self) -> Words:
        return self.groups.get(self.asked.group, "")


def timeline_of(organisation: Organisation, asked: Asked, now: dt.datetime) -> Timeline:
    """Return a page of events, newest first: one query, by the index (organisation, -at, -id)."""
    events = TimelineEvent.objects.of(organisation)
    if asked.group:
        events = events.filter(
            kind__in=[kind.key for kind in registry.of(TimelineKind) if group_of(kind) == asked.group]
        )
    if asked.words:
        events = events.saying(asked.words)
    if asked.before:
        at, pk = asked.before
        events = events.filter(at__lte=at).filter(Q(at__lt=at) | Q(pk__lt=pk))
    found = list(events[: PER_PAGE + 1])
    periods = _periods(found[:PER_PAGE], now, asked.under)
    has_older = len(found) > PER_PAGE
    return Timeline(asked, periods, _older(asked, found[PER_PAGE - 1], now) if has_older else "")


def groups() -> dict[str, Words]:
    """Return the groups of kinds that the stages declare, with the names of their apps."""
    found = dict.fromkeys(group_of(kind) for kind in registry.of(TimelineKind))
    return {group: _label(group) for group in found}


def group_of(kind: TimelineKind) -> str:
    return kind.group or kind.key.partition(".")[0]


def _label(group: str) -> Words:
    return apps.get_app_config(group).verbose_name if apps.is_installed(group) else group.capitalize()


def _periods(events: list[TimelineEvent], now: dt.datetime, under: str) -> list[Period]:
    kinds = {kind.key: kind for kind in registry.of(TimelineKind)}
    today = timezone.localdate(now)
    lines = [Line(event, kinds.get(event.kind, PLAIN), timezone.localdate(event.at), today) for event in events]
    made: list[Period] = []
    for label, group in groupby(lines, key=lambda line: _period(line.on, today)):
        made.append(Period("" if label == under and not made else label, list(group)))
    return made


def _period(day: dt.date, today: dt.date) -> str:
    if day == today:
        return _("Today")
    if _monday(today) <= day < today:
        return _("This week")
    return format_date(day, "F Y")


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _older(asked: Asked, last: TimelineEvent, now: dt.datetime) -> str:
    under = _period(timezone.localdate(last.at), timezone.localdate(now))
    mark = f"{last.at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S.%f}_{last.pk}"
    return urlencode({**asked.query, "before": mark, "under": under})


def _read_mark(text: str) -> tuple[dt.datetime, int] | None:
    at, _sign, pk = text.partition("_")
    try:
        return dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC), int(pk)
    except ValueError:
        return None
