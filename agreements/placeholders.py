"""Figures in the words of clauses: `{{ name }}` from a closed list, replaced once, never run as a template."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from roadmap.slots import Words

MARK = re.compile(r"\{\{\s*([a-z_]{1,40})\s*\}\}")

# Every figure that words may name, and what it is called where it is missing.
FIGURES: Mapping[str, Words] = {
    "school": _("Name of the college"),
    "school_short": _("Short name of the college"),
    "school_address": _("Address of the college"),
    "school_signatories": _("Who signs for the college"),
    "school_contact": _("Owner of the agreement"),
    "school_money": _("Money from the college"),
    "school_value": _("What the college gives a year"),
    "safeguarding_contact": _("Safeguarding lead of the college"),
    "data_protection_contact": _("Data-protection lead of the college"),
    "partner": _("Name of the partner"),
    "partner_short": _("Short name of the partner"),
    "partner_details": _("Address of the partner"),
    "partner_signatories": _("Who signs for the partner"),
    "partner_contact": _("Main contact at the partner"),
    "partner_money": _("Money from the partner"),
    "partner_value": _("What the partner gives a year"),
    "title": _("Title"),
    "purpose": _("Purpose"),
    "expectations": _("What we expect of each other"),
    "places_per_year": _("Student places a year"),
    "term": _("First and last day"),
    "renewal": _("Renewal"),
    "notice_days": _("Days before the end to speak about renewal"),
    "notice_days_termination": _("Days’ notice for ending early"),
    "total_value": _("What both give a year"),
    "binding_sentence": _("Which clauses bind by law"),
}


@dataclass(frozen=True)
class Piece:
    """A stretch of text: plain words, a figure filled in, or one that is missing (`text` is then its name in words)."""

    text: str
    figure: str = ""
    is_missing: bool = False


def names_in(text: str) -> list[str]:
    return MARK.findall(text)


def unknown_names(text: str) -> list[str]:
    """Return the names in a text that no figure has."""
    return sorted({name for name in names_in(text) if name not in FIGURES})


def missing_names(text: str, figures: Mapping[str, str]) -> list[str]:
    """Return the figures that a text needs and the agreement lacks, in the order of the list."""
    wanted = set(names_in(text))
    return [name for name in FIGURES if name in wanted and not figures.get(name)]


def pieces(text: str, figures: Mapping[str, str]) -> Iterator[Piece]:
    """Cut a text at its figures; what a figure contains is not looked at again."""
    end = 0
    for mark in MARK.finditer(text):
        if mark.start() > end:
            yield Piece(text[end : mark.start()])
        yield _piece(mark, figures)
        end = mark.end()
    if end < len(text):
        yield Piece(text[end:])


def _piece(mark: re.Match[str], figures: Mapping[str, str]) -> Piece:
    name = mark[1]
    if name not in FIGURES:
        return Piece(mark[0])
    value = figures.get(name, "")
    return Piece(value or str(FIGURES[name]), figure=name, is_missing=not value)


def merge(text: str, figures: Mapping[str, str]) -> str:
    """Return the text with its figures; one that is missing shows as “[its name]”."""
    return "".join(f"[{piece.text}]" if piece.is_missing else piece.text for piece in pieces(text, figures))
