"""What an agreement still lacks before it may be sent, each with the place where it can be put right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import School
from agreements.enums import Party
from agreements.figures import figures_of, short_name
from agreements.models import Agreement
from agreements.placeholders import FIGURES, missing_names, unknown_names

# Figures that stand elsewhere than on the agreement's own form.
OF_PARTNER = {"partner", "partner_short", "partner_details", "partner_contact"}
OF_SCHOOL = {"school", "school_short", "school_address", "safeguarding_contact", "data_protection_contact"}
FIELD_OF = {
    "term": "starts_on",
    "school_contact": "owner",
    "school_signatories": "signatories",
    "partner_signatories": "signatories",
}


@dataclass(frozen=True)
class Gap:
    """Something that is missing; `url` is empty where somebody else has to see to it."""

    text: str
    url: str = ""


def gaps_of(agreement: Agreement, school: School) -> list[Gap]:
    """Return everything that keeps this agreement from being sent, in the order of its form."""
    edit = reverse("agreements:edit", args=[agreement.pk])
    found = [*_sides(agreement, edit), *_lines(agreement, edit), *_words(agreement, school, edit)]
    return list({gap.text: gap for gap in found}.values())


def _sides(agreement: Agreement, edit: str) -> Iterator[Gap]:
    present = {person.party for person in agreement.signatories.all()}
    if Party.SCHOOL not in present:
        yield Gap(_("Nobody signs for the college yet"), f"{edit}#signatories")
    if Party.ORGANISATION not in present:
        partner = short_name(agreement.organisation)
        yield Gap(_("Nobody signs for %(partner)s yet") % {"partner": partner}, f"{edit}#signatories")


def _lines(agreement: Agreement, edit: str) -> Iterator[Gap]:
    lines = agreement.obligations.all()
    if not lines:
        yield Gap(_("“Who does what” has no line yet"), f"{edit}#obligations")
    for line in lines:
        if not line.school_text and not line.organisation_text:
            yield Gap(
                _("“%(topic)s” says for neither side what it does") % {"topic": line.topic}, f"{edit}#obligations"
            )


def _words(agreement: Agreement, school: School, edit: str) -> Iterator[Gap]:
    figures = figures_of(agreement, school)
    text = "\n".join(f"{clause.title}\n{clause.body}" for clause in agreement.clauses.all())
    needed = missing_names(text + " {{ term }}", figures)
    for name in needed:
        if name not in {"school_signatories", "partner_signatories"}:
            yield Gap(str(FIGURES[name]), _where(agreement, name, edit))
    for clause in agreement.clauses.all():
        for name in unknown_names(f"{clause.title} {clause.body}"):
            words = {"number": clause.number, "name": name}
            yield Gap(_("Clause %(number)s names “%(name)s”, which is no figure") % words, f"{edit}#clause-{clause.pk}")


def _where(agreement: Agreement, name: str, edit: str) -> str:
    if name in OF_PARTNER:
        return agreement.organisation.get_absolute_url()
    if name in OF_SCHOOL:
        return reverse("accounts:settings")
    return f"{edit}#id_{FIELD_OF.get(name, name)}"
