"""What the apps above may add to the pages of this one."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import School, User
from goals.models import Programme
from roadmap.slots import Words


@dataclass(frozen=True)
class ProgrammePanel:
    """A card on a programme’s page. `context` returns None where there is nothing to show; constantly many queries.

    `column` is `main` or `aside`. The template gets its context as `panel`, and `programme`.
    """

    key: str
    template: str
    column: str
    context: Callable[[Programme, User, School], dict[str, Any] | None]
    order: int = 0


@dataclass(frozen=True)
class PlacesSecured:
    """How many of the places that programmes need this year are secured: a figure for each id given, in one query.

    `label` heads the column of the list of programmes.
    """

    label: Words
    counts: Callable[[Collection[int]], Mapping[int, int]]


@dataclass(frozen=True)
class AssessmentEntry:
    """Something on record that a goal may answer. `key` names it among those of its input.

    `figure` is its number, in words; `category` the kind of goal that would answer it, if that is plain.
    """

    key: str
    title: str
    detail: str = ""
    figure: str = ""
    url: str = ""
    category: str = ""


@dataclass(frozen=True)
class AssessmentInput:
    """What an app knows that helps to find the goals of a year, under one of the kinds of `ItemKind`.

    `entries(school, limit)` returns the weightiest first, in a constant number of queries over bounded rows. `counted`
    heads the numbers (“people”), `empty` says in words what to do while there is nothing.
    """

    key: str
    kind: str
    label: Words
    hint: Words
    entries: Callable[[School, int], list[AssessmentEntry]]
    empty: Words
    counted: Words = ""
    order: int = 0
