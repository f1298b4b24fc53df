"""What an agreement takes over from the pilot or the accepted proposal that it grows out of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from agreements.enums import AgreementStatus, ContributionKind, Party
from agreements.figures import long_date
from agreements.models import Agreement
from opportunities.models import Proposal, ProposalItem
from partnerships.models import Contact, Organisation
from pilots.models import Pilot
from pilots.prefill import accepted_items

MOST_PLACES = 500


@dataclass(frozen=True)
class Origin:
    """Values of the draft's fields, lines to set before the usual duties, and who was spoken with."""

    organisation: Organisation
    pilot: Pilot | None = None
    proposal: Proposal | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    duties: list[dict[str, Any]] = field(default_factory=list)
    gives: list[dict[str, Any]] = field(default_factory=list)
    contact: Contact | None = None


def agreement_of(*, pilot: Pilot | None = None, proposal: Proposal | None = None) -> Agreement | None:
    """Return the agreement that grew out of a pilot or proposal already, unless it was withdrawn."""
    made = Agreement.objects.exclude(status=AgreementStatus.WITHDRAWN).order_by("-pk")
    return (made.filter(pilot=pilot) if pilot else made.filter(proposal=proposal)).first()


def of_pilot(pilot: Pilot) -> Origin:
    """Take over purpose, activity, lesson, students, hours and money of a pilot: those in fact, else those planned.

    Nothing says what an hour is worth: its value stays 0 until somebody enters it.
    """
    ours = pilot.hours_school_planned if pilot.hours_school_actual is None else pilot.hours_school_actual
    theirs = pilot.hours_business_planned if pilot.hours_business_actual is None else pilot.hours_business_actual
    money = pilot.budget_planned if pilot.budget_actual is None else pilot.budget_actual
    gives = [
        _hours(Party.ORGANISATION, _("Time of mentors"), theirs),
        _hours(Party.SCHOOL, _("Time of teachers"), ours),
        _money(Party.SCHOOL, _("Materials and costs, as in the pilot"), money),
    ]
    return Origin(
        organisation=pilot.organisation,
        pilot=pilot,
        fields={
            "purpose": _purpose_of_pilot(pilot),
            "places_per_year": min(pilot.students, MOST_PLACES) or None,
            "currency": pilot.currency,
        },
        duties=[_duty_of_pilot(pilot)],
        gives=[row for row in gives if row],
        contact=pilot.contact,
    )


def _purpose_of_pilot(pilot: Pilot) -> str:
    words = {"title": pilot.title, "first": long_date(pilot.starts_on), "last": long_date(pilot.ends_on)}
    parts = [
        _("Both sides tried out working together in the pilot “%(title)s” (%(first)s to %(last)s).") % words,
        _("This agreement makes it regular."),
    ]
    if pilot.lessons:
        parts.append(_("What the pilot taught: %(lesson)s") % {"lesson": pilot.lessons})
    return " ".join(parts)[:2000]


def _duty_of_pilot(pilot: Pilot) -> dict[str, Any]:
    programme = pilot.programme.title if pilot.programme else _("the programme")
    place = {"place": pilot.place} if pilot.place else {}
    theirs = _("Takes them in as in the pilot, at %(place)s") % place if place else _("Takes them in as in the pilot")
    ours = _("Chooses and prepares students of %(programme)s") % {"programme": programme}
    return {"topic": str(pilot.get_kind_display())[:60], "school_text": ours[:400], "organisation_text": theirs[:400]}


def of_proposal(proposal: Proposal) -> Origin:
    """Take over the points of the accepted round: what each side does, its hours and money, and the days."""
    items = accepted_items(proposal)
    places = sum(item.quantity or 0 for item in items if item.programme_id)
    return Origin(
        organisation=proposal.organisation,
        proposal=proposal,
        fields={
            "title": proposal.title,
            "purpose": _purpose_of_proposal(proposal),
            "places_per_year": min(places, MOST_PLACES) or None,
            "currency": proposal.currency,
            **_term(items),
        },
        duties=[_duty_of_item(item) for item in items],
        gives=[row for item in items for row in _gives_of_item(item)],
        contact=proposal.contact,
    )


def _purpose_of_proposal(proposal: Proposal) -> str:
    words = {"title": proposal.title, "number": proposal.number}
    parts = [
        _("The partner accepted the proposal “%(title)s” (%(number)s).") % words,
        _("This agreement puts down what both sides promise each other."),
    ]
    return " ".join(parts)


def _term(items: list[ProposalItem]) -> dict[str, dt.date]:
    first = min((item.starts_on for item in items if item.starts_on), default=None)
    last = max((item.ends_on for item in items if item.ends_on), default=None)
    if not first:
        return {}
    return {"starts_on": first, "ends_on": last} if last and last >= first else {"starts_on": first}


def _duty_of_item(item: ProposalItem) -> dict[str, Any]:
    detail = item.detail or item.description
    ours = _("%(what)s: about %(n)s hours") % {"what": detail, "n": _plain(item.hours_school)}
    theirs = _("Takes part with about %(n)s hours") % {"n": _plain(item.hours_business)}
    return {
        "topic": item.description[:60],
        "school_text": (ours if item.hours_school else detail)[:400],
        "organisation_text": theirs if item.hours_business else _("Takes part as agreed"),
    }


def _gives_of_item(item: ProposalItem) -> Iterator[dict[str, Any]]:
    if item.hours_school or item.money_school:
        row = _hours(Party.SCHOOL, item.description, item.hours_school) or _in_kind(Party.SCHOOL, item.description)
        yield {**row, "value": item.money_school, "note": "" if item.money_school else _unpriced()}
    if hours := _hours(Party.ORGANISATION, item.description, item.hours_business):
        yield hours
    if money := _money(Party.ORGANISATION, item.description, item.money_business):
        yield money


def _in_kind(party: Party, what: str) -> dict[str, Any]:
    return {"party": party, "kind": ContributionKind.IN_KIND, "description": what[:120], "value": Decimal(0)}


def _hours(party: Party, what: str, hours: Decimal | int | None) -> dict[str, Any]:
    if not hours:
        return {}
    return {**_in_kind(party, what), "quantity": Decimal(hours), "unit": _("hours"), "note": _unpriced()}


def _money(party: Party, what: str, value: Decimal | None) -> dict[str, Any]:
    if not value:
        return {}
    return {**_in_kind(party, what), "kind": ContributionKind.FINANCIAL, "value": value}


def _unpriced() -> str:
    return _("value still to be settled")


def _plain(hours: Decimal) -> str:
    return f"{hours.normalize():f}"
