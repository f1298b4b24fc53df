"""A value sheet as it may leave the school: each benefit with its strengths and its proof, or why it stays here."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from propositions.enums import Channel
from propositions.models import PROOF_LASTS_MONTHS, Benefit, Proposition, Strength, months_after
from propositions.quotes import Quote, quotes_for

# What schools say, and what a firm would say instead.
SCHOOL_WORDS = {
    "competence-based learning outcomes": gettext_lazy("tasks they can do on their own"),
    "learning outcomes": gettext_lazy("what the student can do"),
    "work-based learning": gettext_lazy("learning at work"),
    "curriculum": gettext_lazy("what we teach"),
    "curricula": gettext_lazy("what we teach"),
    "qualification framework": gettext_lazy("level"),
    "pedagogical": gettext_lazy("teaching"),
    "didactic": gettext_lazy("teaching"),
    "formative assessment": gettext_lazy("checks on the way"),
    "summative assessment": gettext_lazy("final test"),
    "stakeholder": gettext_lazy("those who take part"),
    "synergies": gettext_lazy("what both gain"),
    "dual system": gettext_lazy("school and work in turn"),
    "practicum": gettext_lazy("placement"),
    "transversal skills": gettext_lazy("skills for any job"),
}
EASY_WORDS_A_SENTENCE = 18
WORDS_A_SECOND = 2.5


@dataclass(frozen=True)
class Phrase:
    """A phrase that sounds like school, and plainer words."""

    found: str
    plain: Any


@dataclass(frozen=True)
class Backing:
    """A strength behind a benefit; `problem` says why it cannot be shown to a firm."""

    strength: Strength
    problem: str


@dataclass(frozen=True)
class Argument:
    """A benefit, what stands behind it, and what keeps it off every output."""

    benefit: Benefit
    strengths: list[Backing]
    quote: Quote | None
    proof_problem: str

    @property
    def is_backed(self) -> bool:
        return bool(self.strengths) and not any(backing.problem for backing in self.strengths)

    @property
    def is_shown(self) -> bool:
        return self.is_backed and not self.proof_problem


def arguments_of(sheet: Proposition, *, on: dt.date) -> list[Argument]:
    """Return the benefits of a sheet in order, as a printed page may show them on that day; three queries."""
    benefits = list(sheet.benefits.prefetch_related("strengths").order_by("order", "id"))
    quoted = [benefit.testimonial_id for benefit in benefits if benefit.testimonial_id]
    quotes = quotes_for(Channel.PRINT, on=on, testimonials=quoted) if quoted else {}
    return [_argument(benefit, quotes.get(benefit.testimonial_id or 0), on) for benefit in benefits]


def _argument(benefit: Benefit, quote: Quote | None, on: dt.date) -> Argument:
    strengths = [Backing(strength, problem_of(strength, on)) for strength in benefit.strengths.all()]
    return Argument(benefit, strengths, quote, "" if quote else _proof_problem(benefit, on))


def problem_of(strength: Strength, on: dt.date) -> str:
    if strength.archived_at:
        return _("Put away")
    if not strength.is_shareable:
        return _("Not to be shown to firms")
    if strength.is_checked(on):
        return ""
    if strength.verified_on is None:
        return _("Never checked")
    months = max(1, (on.year - strength.verified_on.year) * 12 + on.month - strength.verified_on.month)
    return _("Last checked %(months)s months ago") % {"months": months}


def _proof_problem(benefit: Benefit, on: dt.date) -> str:
    if not benefit.proof:
        waiting = benefit.testimonial_id
        return _("Their words may not be printed") if waiting else _("None yet, so this stays off every page")
    if not benefit.proof_source or benefit.proof_as_of is None:
        return _("Source or date missing, so this stays off every page")
    if months_after(benefit.proof_as_of, PROOF_LASTS_MONTHS) < on:
        return _("Older than a year, so this stays off every page")
    return ""


@dataclass(frozen=True)
class Reading:
    """How a text reads to somebody in a hurry."""

    words: int
    sentences: int
    phrases: list[Phrase]

    @cached_property
    def words_a_sentence(self) -> int:
        return round(self.words / self.sentences) if self.sentences else 0

    @property
    def is_easy(self) -> bool:
        return self.words_a_sentence <= EASY_WORDS_A_SENTENCE and not self.phrases

    @property
    def seconds(self) -> int:
        """Rounded up to five."""
        return max(5, -(-int(self.words / WORDS_A_SECOND) // 5) * 5)


def reading_of(sheet: Proposition, arguments: list[Argument]) -> Reading:
    texts = [sheet.headline, sheet.promise]
    texts += [part for one in arguments for part in (one.benefit.statement, one.benefit.detail)]
    whole = ". ".join(filter(None, texts))
    sentences = [part for part in re.split(r"[.!?:]+\s", whole) if part.strip()]
    return Reading(len(whole.split()), len(sentences), school_words(whole))


def school_words(text: str) -> list[Phrase]:
    """Return the phrases of a text that sound like school, the longest reading of each."""
    found, left = [], text.lower()
    for phrase in sorted(SCHOOL_WORDS, key=len, reverse=True):
        if phrase in left:
            found.append(Phrase(phrase, SCHOOL_WORDS[phrase]))
            left = left.replace(phrase, " ")
    return found
