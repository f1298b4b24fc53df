"""Text folded for search: lower case, no accents. The same on PostgreSQL and SQLite, in the column and in the query."""

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import Func, QuerySet, TextField, Value

Rows = TypeVar("Rows", bound=QuerySet[Any])

# NFKD leaves these letters alone; PostgreSQL's unaccent does not.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ħ": "h"})


class Fold(Func):
    """`tandem_fold(a || ' ' || b …)`: an immutable SQL wrapper on PostgreSQL, `fold` itself on SQLite.

    Over text columns that are never null: SQLite's parser overflows on Django's nested `Concat`.
    """

    function = "tandem_fold"
    arg_joiner = " || ' ' || "
    output_field = TextField()


def fold(text: str | None) -> str | None:
    """Return text in lower case without accents."""
    if text is None or text.isascii():
        return text and text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


TRIGRAM = 3


def words_of(query: str) -> list[str]:
    """Return at most eight words of a query, each up to 60 characters, without characters no text can hold."""
    return [word[:60] for word in query.replace("\x00", " ").split()[:8]]


def is_short(words: Sequence[str]) -> bool:
    """Say whether no word has the three letters that a trigram index needs: then only beginnings are looked for."""
    return max(map(len, words), default=0) < TRIGRAM


def matching(queryset: Rows, query: str, field: str = "search_text") -> Rows:
    """Narrow to rows whose folded text holds every word of the query, in any order."""
    for word in words_of(query):
        queryset = queryset.filter(**{f"{field}__contains": Fold(Value(word, output_field=TextField()))})
    return queryset


def teach_sqlite(connection: sqlite3.Connection) -> None:
    connection.create_function("tandem_fold", 1, fold, deterministic=True)


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """Cut text into pieces that match one of the words, folded, and pieces that do not."""
    letters = [(place, folded) for place, letter in enumerate(text) for folded in fold(letter) or ""]
    folded_text = "".join(folded for _place, folded in letters)
    hit = [False] * len(text)
    for word in filter(None, (fold(word) for word in words)):
        for start in _starts(folded_text, word):
            first, last = letters[start][0], letters[start + len(word) - 1][0]
            while last + 1 < len(text) and not fold(text[last + 1]):
                last += 1  # an accent written as a character of its own belongs to its letter
            hit[first : last + 1] = [True] * (last + 1 - first)
    return [
        ("".join(letter for letter, _hit in run), is_hit)
        for is_hit, run in groupby(zip(text, hit, strict=True), itemgetter(1))
    ]


def _starts(text: str, word: str) -> Iterator[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + len(word))
