"""Is this firm here already? What two records of one firm have in common: name, web domain, e-mail, number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Q, TextField, Value
from django.utils.translation import gettext as _

from partnerships.models import Contact, Organisation
from partnerships.models.organisation import LEGAL_FORMS
from roadmap.search import Fold, fold, words_of

SHOWN = 3
LOOKED_AT = 30
SAY_NOTHING = LEGAL_FORMS | {"and", "the", "und"}
_SHARED = """
    aol.com gmail.com gmx.at gmx.de gmx.net googlemail.com hotmail.com icloud.com live.com mail.com outlook.com
    proton.me protonmail.com t-online.de web.de yahoo.com facebook.com instagram.com linkedin.com
"""
# Mail addresses there say nothing about the firm.
SHARED_DOMAINS = frozenset(_SHARED.split())


@dataclass(frozen=True)
class Look:
    """What of a record is compared, each in one spelling; empty where it says nothing."""

    name: str
    domains: frozenset[str]
    emails: frozenset[str]
    number: str
    number_words: str


@dataclass(frozen=True)
class Match:
    """A record that may be the same firm, and why."""

    organisation: Organisation
    reasons: tuple[str, ...]


def name_key(name: str) -> str:
    """Return a name without case, accents, signs and legal form: “The Kestrel-Mill Ltd.” is “kestrel mill”."""
    words = re.sub(r"[^\w]+", " ", fold(name) or "").split()
    telling = [word for word in words if word not in SAY_NOTHING]
    return " ".join(telling or words)


def domain_of(address: str) -> str:
    """Return the domain of a web or mail address, without “www.”; empty for one that many share."""
    host = address.rpartition("@")[2] if "@" in address else _host(address)
    domain = host.strip().lower().removeprefix("www.")
    return "" if domain in SHARED_DOMAINS else domain


def _host(address: str) -> str:
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


def number_key(number: str) -> str:
    """Return a registration number by its letters and figures alone."""
    return re.sub(r"[\W_]+", "", fold(number) or "")


def look_of(*, name: str, website: str = "", emails: Iterable[str] = (), registration_number: str = "") -> Look:
    given = frozenset(email.strip().lower() for email in emails if email)
    domains = {domain_of(website), *map(domain_of, given)} - {""}
    return Look(
        name=name_key(name),
        domains=frozenset(domains),
        emails=given,
        number=number_key(registration_number),
        number_words=" ".join(re.findall(r"\w+", registration_number)),
    )


def reasons_of(mine: Look, theirs: Look) -> tuple[str, ...]:
    """Say in words what two records have in common."""
    domains = mine.domains & theirs.domains
    emails = mine.emails & theirs.emails
    found = [
        _("same name") if mine.name == theirs.name else "",
        _("same registration number") if mine.number and mine.number == theirs.number else "",
        _("same e-mail %(address)s") % {"address": min(emails)} if emails else "",
        _("same web address %(domain)s") % {"domain": min(domains)} if domains and not emails else "",
    ]
    return tuple(filter(None, found))


def possible_duplicates(look: Look, *, but: int | None = None) -> list[Match]:
    """Return records on file that may be the same firm; at most four queries, through the search's index."""
    people = _people(look)
    places = (
        Q(pk__in=[organisation_id for organisation_id, _email in people]),
        *(Q(search_text__contains=_folded(text)) for text in look.domains | look.emails),
        _holds_all(look.name),
        _holds_all(look.number_words),
    )
    found = []
    for organisation in _candidates(but, [place for place in places if place]):
        emails = [organisation.email, *(email for pk, email in people if pk == organisation.pk)]
        reasons = reasons_of(look, _look_of_record(organisation, emails))
        if reasons:
            found.append(Match(organisation, reasons))
    return sorted(found, key=lambda match: -len(match.reasons))[:SHOWN]


def _candidates(but: int | None, places: list[Q]) -> Iterable[Organisation]:
    """Each place is looked up by itself: a single condition over all of them would not use the index."""
    organisations = Organisation.objects.on_file().exclude(pk=but or 0).select_related("owner")
    unique = {row.pk: row for place in places for row in organisations.filter(place)[:LOOKED_AT]}
    return unique.values()


def _look_of_record(organisation: Organisation, emails: Iterable[str]) -> Look:
    return look_of(
        name=organisation.name,
        website=organisation.website,
        emails=emails,
        registration_number=organisation.registration_number,
    )


def _people(look: Look) -> list[tuple[int, str]]:
    """Return the organisations of people who have one of the addresses."""
    same = Q(*(Q(search_text__contains=_folded(email)) for email in look.emails), _connector=Q.OR)
    people = Contact.objects.here().filter(same) if look.emails else Contact.objects.none()
    return list(people.values_list("organisation_id", "email")[:LOOKED_AT])


def _holds_all(words: str) -> Q:
    return Q(*(Q(search_text__contains=_folded(word)) for word in words_of(words)))


def _folded(text: str) -> Fold:
    return Fold(Value(text, output_field=TextField()))
