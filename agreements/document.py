"""All words and figures of an agreement as one JSON-ready whole: what is shown, frozen and printed."""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import School
from agreements.enums import ContributionKind, Party
from agreements.figures import address_of, figures_of, long_date, lower_first, short_name
from agreements.models import Agreement, AgreementClause, Contribution
from agreements.placeholders import merge
from agreements.totals import Given, totals_of
from ui.templatetags.ui import initials, money, number

Contents = dict[str, Any]
# A document of this size takes a few seconds to set. Each text counts as a line at least, however short it is.
MOST_CHARACTERS = 250_000
LINE = 100
# Longer words get places to break: setting one of a thousand letters takes longer than all the rest.
LONGEST_WORD = 80
BREAK_HERE = "\u200b"
LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


class DocumentTooLongError(ValueError):
    """More words than a document may have; the clauses' own limits keep sane agreements far below."""


def contents_of(agreement: Agreement, school: School) -> Contents:
    """Return the document; figures still missing show as “[their name]”.

    Raises DocumentTooLongError. Read `clauses`, `obligations`, `contributions` and `signatories` beforehand.
    """
    figures = figures_of(agreement, school)
    contents = {
        "number": agreement.number,
        "edition": agreement.edition,
        "title": agreement.title,
        "language": get_language(),
        "currency": agreement.currency,
        "initials": school.document_prefix[:3] or initials(school.get_short_name()),
        "term": figures["term"],
        "parties": [_school(agreement, school), _partner(agreement)],
        "short": _in_short(agreement, figures),
        "parts": _parts(agreement, figures),
        "obligations": [
            {"topic": line.topic, "school": line.school_text, "organisation": line.organisation_text}
            for line in agreement.obligations.all()
        ],
        "contributions": [_contribution(given, agreement.currency) for given in agreement.contributions.all()],
        "totals": _totals(agreement),
        "template": _template(agreement),
    }
    if _length(contents) > MOST_CHARACTERS:
        raise DocumentTooLongError(agreement.number)
    return contents


def with_breaks(value: Any) -> Any:
    """Return contents in which no word is too long to set."""
    if isinstance(value, dict):
        return {name: with_breaks(part) for name, part in value.items()}
    if isinstance(value, list):
        return [with_breaks(part) for part in value]
    return LONG_WORD.sub(rf"\g<0>{BREAK_HERE}", value) if isinstance(value, str) else value


def clauses_in(contents: Contents) -> list[dict[str, Any]]:
    return [clause for part in contents["parts"] for clause in part["clauses"]]


def _length(value: Any) -> int:
    if isinstance(value, dict):
        return sum(_length(part) for part in value.values())
    if isinstance(value, list):
        return sum(_length(part) for part in value)
    return max(LINE, len(str(value)))


def _people(agreement: Agreement, party: Party) -> list[dict[str, str]]:
    return [
        {"name": person.name, "capacity": person.capacity, "named": f"{person.name}, {lower_first(person.capacity)}"}
        for person in agreement.signatories.all()
        if person.party == party
    ]


def _school(agreement: Agreement, school: School) -> dict[str, Any]:
    return {
        "party": Party.SCHOOL.value,
        "label": _("The college"),
        "name": school.name,
        "short": _("The college"),
        "address": ", ".join(school.address.splitlines()),
        "signatories": _people(agreement, Party.SCHOOL),
    }


def _partner(agreement: Agreement) -> dict[str, Any]:
    organisation = agreement.organisation
    return {
        "party": Party.ORGANISATION.value,
        "label": _("The partner"),
        "name": organisation.legal_name or organisation.name,
        "short": short_name(organisation),
        "address": address_of(organisation),
        "signatories": _people(agreement, Party.ORGANISATION),
    }


def _parts(agreement: Agreement, figures: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"title": title, "clauses": [_clause(clause, figures) for clause in clauses]}
        for title, clauses in groupby(agreement.clauses.all(), key=attrgetter("part"))
    ]


def _clause(clause: AgreementClause, figures: dict[str, str]) -> dict[str, Any]:
    paragraphs = [" ".join(text.split()) for text in clause.body.replace("\r", "").split("\n\n")]
    return {
        "number": clause.number,
        "title": merge(clause.title, figures),
        "is_binding": clause.is_binding,
        "paragraphs": [merge(text, figures) for text in paragraphs if text],
    }


def basis_of(given: Contribution, currency: str) -> str:
    """Return how a value came about: “96 hours at €38”, “on loan”, or both."""
    words = ""
    if given.quantity is not None:
        decimals = 0 if given.quantity == given.quantity.to_integral_value() else 2
        words = f"{number(given.quantity, decimals)} {given.unit}".strip()
        if given.unit_value is not None:
            words = _("%(quantity)s at %(value)s") % {"quantity": words, "value": money(given.unit_value, currency)}
    return ", ".join(filter(None, [words, given.note]))


def _contribution(given: Contribution, currency: str) -> dict[str, Any]:
    return {
        "description": given.description,
        "basis": basis_of(given, currency),
        "party": given.party,
        "kind": str(ContributionKind(given.kind).label),
        "is_money": given.kind == ContributionKind.FINANCIAL,
        "value": money(given.value, currency),
        "amount": str(given.value),
    }


def _totals(agreement: Agreement) -> dict[str, Any]:
    totals = totals_of(agreement.contributions.all())

    def shown(given: Given) -> dict[str, str]:
        currency = agreement.currency
        return {
            "in_kind": money(given.in_kind, currency),
            "financial": money(given.financial, currency),
            "total": money(given.total, currency),
        }

    return {
        Party.SCHOOL.value: shown(totals.school),
        Party.ORGANISATION.value: shown(totals.organisation),
        "together": money(totals.together, agreement.currency),
    }


def _template(agreement: Agreement) -> dict[str, str]:
    checked = agreement.template.checked_on
    return {"name": agreement.template.name, "checked_on": long_date(checked) if checked else ""}


def _in_short(agreement: Agreement, figures: dict[str, str]) -> list[dict[str, Any]]:
    """Return the main points with the clauses that say them in full."""
    lines = list(agreement.obligations.all())
    partner, clauses = figures["partner_short"], _where(agreement)
    given = _("%(value)s a year, of which %(money)s in money")
    points: list[tuple[str, str, list[str], str]] = [
        (_("In force"), figures["term"], [], clauses("term")),
        (_("Student places"), _places(agreement), [], clauses("places_per_year")),
        (partner, "", [line.organisation_text for line in lines if line.organisation_text], "A"),
        (_("The college"), "", [line.school_text for line in lines if line.school_text], "A"),
        (
            _("%(partner)s gives") % {"partner": partner},
            given % {"value": figures["partner_value"], "money": figures["partner_money"]},
            [],
            "B",
        ),
        (
            _("The college gives"),
            given % {"value": figures["school_value"], "money": figures["school_money"]},
            [],
            "B",
        ),
        (_("Ending early"), _ending(agreement), [], clauses("notice_days_termination")),
        (_("Binding by law"), figures["binding_sentence"], [], clauses("binding_sentence")),
    ]
    return [
        {"point": point, "text": text, "lines": texts, "clause": clause}
        for point, text, texts, clause in points
        if text or texts
    ]


def _where(agreement: Agreement) -> Any:
    """Return a function that names the clauses in which a figure stands."""
    bodies = {clause.number: clause.body for clause in agreement.clauses.all()}
    return lambda name: ", ".join(str(at) for at, body in bodies.items() if f"{{{{ {name} }}}}" in body)


def _places(agreement: Agreement) -> str:
    places = agreement.places_per_year
    return "" if places is None else ngettext("%(n)d a year", "%(n)d a year", places) % {"n": places}


def _ending(agreement: Agreement) -> str:
    days = agreement.notice_days_termination
    return ngettext("Either side, with %(n)d day’s notice", "Either side, with %(n)d days’ notice", days) % {"n": days}
