"""An enquiry beside the firm on file: what each says, and what saving would create."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from outreach.models import Enquiry
from partnerships.matching import Match, look_of, possible_duplicates
from partnerships.models import Contact, Need, Organisation
from roadmap.slots import Words

FILE, FORM = "file", "form"


@dataclass(frozen=True)
class Pair:
    """What is on file and what the form says, and which of the two is chosen at first."""

    name: str
    label: Words
    on_file: str
    from_form: str
    default: str


@dataclass(frozen=True)
class Proposal:
    """How an enquiry could become a partner's: the firm it looks like, other candidates, and the pairs to choose."""

    onto: Organisation | None
    reasons: str
    others: list[Match]
    pairs: list[Pair]
    saving: list[str]


def propose(enquiry: Enquiry, asked: str) -> Proposal:
    """Compare with the firm asked for, `new` for none of them, else with the likeliest; at most seven queries."""
    matches = possible_duplicates(look_of(name=enquiry.organisation_name, emails=[enquiry.email]))
    chosen = next((match for match in matches if str(match.organisation.pk) == asked), None)
    if chosen is None and asked != "new" and matches:
        chosen = matches[0]
    others = [match for match in matches if match is not chosen]
    if chosen is None:
        return Proposal(None, "", others, [_new_need()], _saving_new(enquiry))
    person = person_on_file(enquiry, chosen.organisation)
    pairs = pairs_of(enquiry, chosen.organisation, person)
    return Proposal(chosen.organisation, ", ".join(chosen.reasons), others, pairs, _saving(pairs, chosen.organisation))


def pairs_of(enquiry: Enquiry, organisation: Organisation, person: Contact | None) -> list[Pair]:
    """Return a pair for each field that the form speaks of; what is on file stays unless it is empty there."""
    need = Need.objects.open().filter(organisation=organisation).in_order().first()
    fields = [
        ("name", _("Name"), organisation.name, enquiry.organisation_name),
        ("town", _("Town"), organisation.town, enquiry.town),
        ("phone", _("Phone"), organisation.phone, enquiry.phone),
    ]
    pairs = [_pair(*field) for field in fields if field[3]]
    who = str(person) if person else ""
    pairs.append(Pair("person", _("Person"), who or _("Nobody new"), _("%(name)s, new") % {"name": enquiry.name}, FORM))
    if person:
        pairs[-1] = Pair("person", _("Person"), who, _("%(name)s, the same") % {"name": enquiry.name}, FILE)
    pairs.append(Pair("need", _("Need"), need.title if need else _("None"), _("Add the need below"), FORM))
    found = organisation.source_detail or organisation.get_source_display()
    pairs.append(
        Pair("source", _("Found through"), found or _("Unknown"), _("They wrote to us"), FILE if found else FORM)
    )
    return pairs


def _pair(name: str, label: str, on_file: str, from_form: str) -> Pair:
    return Pair(name, label, on_file or _("None"), from_form, FILE if on_file else FORM)


def _new_need() -> Pair:
    return Pair("need", _("Need"), _("Add no need"), _("Add the need below"), FORM)


def person_on_file(enquiry: Enquiry, organisation: Organisation) -> Contact | None:
    """Return the person on file who wrote, by e-mail or else by name."""
    people = list(organisation.contacts.here().in_order())
    by_email = [p for p in people if enquiry.email and p.email.lower() == enquiry.email.lower()]
    by_name = [p for p in people if p.name.casefold() == enquiry.name.casefold()]
    return next(iter(by_email + by_name), None)


def _saving_new(enquiry: Enquiry) -> list[str]:
    return [
        _("adds the firm %(name)s") % {"name": enquiry.organisation_name},
        _("adds %(name)s as its main contact") % {"name": enquiry.name},
        _("adds the need below, unless you choose otherwise"),
        _("makes you its owner and links this enquiry"),
    ]


def _saving(pairs: list[Pair], organisation: Organisation) -> list[str]:
    """Say what saving creates as the pairs stand at first."""
    by_name = {pair.name: pair for pair in pairs}
    created = [
        _("adds 1 person") if by_name["person"].default == FORM else _("adds nobody, for the person is on file"),
        _("adds 1 need"),
        _("links this enquiry"),
        "" if organisation.owner_id else _("makes you the owner"),
    ]
    return [words for words in created if words]
