"""The figures that clauses name, taken from the one place where each is kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils import dateformat
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import School
from agreements.enums import Party, Renewal
from agreements.models import Agreement, AgreementClause, Signatory
from agreements.totals import totals_of
from partnerships.models import Contact, Organisation
from ui.templatetags.ui import money

LEGAL_FORM = re.compile(
    r"[\s,]+(ltd|limited|llc|llp|plc|inc|incorporated|corp|co|gmbh|mbh|ag|kg|ohg|e\.?k|se|s\.?a|s\.?r\.?l|sarl|b\.?v|n\.?v"
    r"|s\.?p\.?a|oy|ab|a\.?s|d\.?o\.?o|kft|sp\. z o\.o|gmbh & co\.? kg)\.?$",
    re.IGNORECASE,
)


def short_name(organisation: Organisation) -> str:
    """Return an organisation's name as people say it, without its legal form."""
    return LEGAL_FORM.sub("", organisation.name)


def long_date(day: dt.date) -> str:
    return dateformat.format(day, "j F Y")


def figures_of(agreement: Agreement, school: School) -> dict[str, str]:
    """Return every figure a clause may name; an empty one is missing. See `placeholders.FIGURES`."""
    return {
        **_words(agreement),
        **_of_school(agreement, school),
        **_of_partner(agreement),
        **_of_money(agreement),
        "term": _term(agreement),
        "renewal": _renewal(agreement),
        "binding_sentence": _binding(agreement.clauses.all()),
    }


def _words(agreement: Agreement) -> dict[str, str]:
    return {
        "title": agreement.title,
        "purpose": agreement.purpose,
        "expectations": agreement.expectations,
        "places_per_year": "" if agreement.places_per_year is None else str(apnumber(agreement.places_per_year)),
        "notice_days": str(agreement.notice_days),
        "notice_days_termination": str(agreement.notice_days_termination),
    }


def _of_school(agreement: Agreement, school: School) -> dict[str, str]:
    return {
        "school": school.name,
        "school_short": school.get_short_name(),
        "school_address": ", ".join(school.address.split("\n")),
        "school_signatories": _named(agreement.signatories.all(), Party.SCHOOL),
        "school_contact": str(agreement.owner or ""),
        "safeguarding_contact": str(school.safeguarding_lead or ""),
        "data_protection_contact": str(school.data_protection_lead or ""),
    }


def _of_partner(agreement: Agreement) -> dict[str, str]:
    organisation = agreement.organisation
    contact = main_contact(organisation)
    return {
        "partner": organisation.legal_name or organisation.name,
        "partner_short": short_name(organisation),
        "partner_details": partner_details(organisation),
        "partner_signatories": _named(agreement.signatories.all(), Party.ORGANISATION),
        "partner_contact": contact.name if contact else "",
    }


def address_of(organisation: Organisation) -> str:
    town = " ".join(filter(None, [organisation.postcode, organisation.town]))
    return ", ".join(filter(None, [organisation.street, town]))


def partner_details(organisation: Organisation) -> str:
    """Return number and seat; without a seat nothing, since a party must be found."""
    address = address_of(organisation)
    number = organisation.registration_number
    if address and number:
        return _("registration number %(number)s, %(address)s") % {"number": number, "address": address}
    return address


def main_contact(organisation: Organisation) -> Contact | None:
    contacts = organisation.contacts.filter(archived_at=None)
    return contacts.order_by("-is_primary", "id").first()


def _named(signatories: Iterable[Signatory], party: Party) -> str:
    people = [f"{person.name}, {lower_first(person.capacity)}" for person in signatories if person.party == party]
    return get_text_list(people, _("and"))


def lower_first(text: str) -> str:
    """Return text as it stands inside a sentence; what is written in capitals stays."""
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def _of_money(agreement: Agreement) -> dict[str, str]:
    totals = totals_of(agreement.contributions.all())
    currency = agreement.currency
    return {
        "school_money": money(totals.school.financial, currency),
        "school_value": money(totals.school.total, currency),
        "partner_money": money(totals.organisation.financial, currency),
        "partner_value": money(totals.organisation.total, currency),
        "total_value": money(totals.together, currency),
    }


def _term(agreement: Agreement) -> str:
    """Return “from … to …”; empty as long as either day is not settled."""
    if agreement.starts_on is None:
        return ""
    start = long_date(agreement.starts_on)
    if agreement.is_open_ended:
        return _("from %(start)s without a fixed end") % {"start": start}
    if agreement.last_day is None:
        return ""
    return _("from %(start)s to %(end)s") % {"start": start, "end": long_date(agreement.last_day)}


def _renewal(agreement: Agreement) -> str:
    if agreement.is_open_ended:
        return _("It goes on until one side ends it.")
    days = ngettext("%(days)d day", "%(days)d days", agreement.notice_days) % {"days": agreement.notice_days}
    sentences = {
        Renewal.NONE: _("It ends by itself on its last day."),
        Renewal.BY_AGREEMENT: _(
            "It may be renewed in writing; the college raises this %(days)s before the end. Without a renewal it ends "
            "by itself."
        ),
        Renewal.AUTOMATIC: _(
            "It goes on for another year each time, unless one side says in writing at least %(days)s before the end "
            "that it wants it to end."
        ),
    }
    return sentences[Renewal(agreement.renewal)] % {"days": days}


def _binding(clauses: Iterable[AgreementClause]) -> str:
    numbers = [str(clause.number) for clause in clauses if clause.is_binding]
    if not numbers:
        return _("None of its clauses binds by law.")
    listed = get_text_list(numbers, _("and"))
    return ngettext(
        "Clause %(listed)s binds both sides by law.", "Clauses %(listed)s bind both sides by law.", len(numbers)
    ) % {"listed": listed}
