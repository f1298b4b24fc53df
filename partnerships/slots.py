"""What a stage may add to a partner's page and timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from accounts.models import School, User
from roadmap.slots import Words

if TYPE_CHECKING:
    from partnerships.models import Organisation


@dataclass(frozen=True)
class TimelineKind:
    """A kind of event on the timeline: `key` is what `record_event` is given; `stage` gives the colour.

    `group` is the app whose events one filter shows together; without it the first word of the key.
    """

    key: str
    label: Words
    icon: str
    stage: int | None = None
    group: str = ""


@dataclass(frozen=True)
class PartnerPanel:
    """A card on a partner's page. `context` returns None where there is nothing to show; a constant number of queries.

    `column` is `left`, `right` or `centre`; within a column panels stand in stage order, then by `order`. The template
    sees the names of its context, the same as `panel`, and `organisation`, `user` and `school`.
    """

    key: str
    template: str
    column: str
    context: Callable[[Organisation, User, School], dict[str, Any] | None]
    order: int = 0


@dataclass(frozen=True)
class PartnerComposer:
    """A tab of the composer on a partner's page: one form with one Save, posted to `url_name` with the partner's id.

    Only the tab in front is made. `in_header` also offers it as a button at the top, as for an e-mail.
    """

    key: str
    label: Words
    icon: str
    url_name: str
    template: str
    context: Callable[[Organisation, User, School], dict[str, Any]]
    order: int = 0
    in_header: bool = False


@dataclass(frozen=True)
class PartnerAct:
    """An act offered in the “…” menu of a partner's page, such as “Draft an MOU”; shown to those it allows.

    It links to `url_name` without arguments; the partner follows as `?partner=<id>`.
    """

    key: str
    label: Words
    icon: str
    url_name: str
    shown_to: Callable[[User, Organisation], bool]


@dataclass(frozen=True)
class PartnerSelection:
    """A choice of the filter “Counted for” on the list of partners: those that a figure of a later stage counts.

    `narrow` gets partners on file and returns exactly those.
    """

    key: str
    label: Words
    narrow: Callable[[QuerySet[Organisation]], QuerySet[Organisation]]


@dataclass(frozen=True)
class FactSource:
    """Fills some facts of organisations in bulk: maps ids to {field: value} for every id given.

    Fields are those of `Organisation` that lists read; `refresh_facts` writes them, the nightly check compares them.
    """

    fields: tuple[str, ...]
    facts: Callable[[list[int]], dict[int, dict[str, Any]]]
