"""A business that wrote becomes a partner: organisation, person and need, without typing anything twice."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import current_school
from outreach.conversion import person_on_file
from outreach.enums import Channel, Direction, EnquiryStatus
from outreach.models import Enquiry
from outreach.rules import can_log
from outreach.services.enquiries import locked_enquiry, move_enquiry, save_enquiry
from outreach.services.interactions import log_interaction
from outreach.services.said import Said
from partnerships.enums import Kind, NeedKind, Source, Urgency
from partnerships.models import Contact, Organisation
from partnerships.services import (
    add_contact,
    add_organisation,
    change_organisation,
    record_event,
    record_need,
    take_ownership,
)


@dataclass(frozen=True)
class NewNeed:
    """The need that an enquiry speaks of, as the colleague words it."""

    title: str
    kind: NeedKind
    urgency: Urgency
    headcount: int | None = None


@dataclass(frozen=True)
class Conversion:
    """What becomes of an enquiry: onto a firm on file or a new one, and what of the form to take over.

    `taken` names fields of the firm that the form knows better (name, town, phone, source), and “person”.
    """

    onto: Organisation | None
    taken: Collection[str]
    need: NewNeed | None


@transaction.atomic
def convert_enquiry(*, enquiry: Enquiry, conversion: Conversion, by: User) -> Enquiry:
    """Make a partner of a business that wrote. Raises PermissionDenied, TransitionRefusedError."""
    if not can_log(by):
        raise PermissionDenied
    enquiry = locked_enquiry(enquiry, by=by)
    move_enquiry(enquiry, to=EnquiryStatus.CONVERTED, by=by)
    onto = conversion.onto
    organisation = _add(enquiry, by=by) if onto is None else _take_over(enquiry, onto, conversion.taken, by=by)
    contact = _person(enquiry, organisation, is_wanted=onto is None or "person" in conversion.taken, by=by)
    enquiry.organisation, enquiry.contact = organisation, contact
    enquiry.answered_on = enquiry.answered_on or current_school().today()
    save_enquiry(enquiry, by=by)
    _tell(enquiry, organisation, contact, by=by)
    if conversion.need:
        _need(conversion.need, enquiry, by=by)
    return enquiry


def from_form(enquiry: Enquiry) -> dict[str, Any]:
    """Return what the form says of the firm, by the fields of an organisation."""
    return {
        "name": enquiry.organisation_name,
        "town": enquiry.town,
        "phone": enquiry.phone,
        "source": Source.INBOUND_FORM,
    }


def _add(enquiry: Enquiry, *, by: User) -> Organisation:
    organisation = Organisation(
        kind=Kind.BUSINESS, source_detail=_("Contact form, %(number)s") % {"number": enquiry.reference}, owner=by
    )
    for name, value in from_form(enquiry).items():
        setattr(organisation, name, value)
    return add_organisation(organisation=organisation, by=by)


def _take_over(enquiry: Enquiry, organisation: Organisation, taken: Collection[str], *, by: User) -> Organisation:
    changes = {name: value for name, value in from_form(enquiry).items() if name in taken and value}
    if changes:
        organisation = change_organisation(
            organisation=organisation, changes=changes, opened=organisation.version, by=by
        )
    if organisation.owner_id is None:
        organisation = take_ownership(organisation=organisation, by=by)
    return organisation


def _person(enquiry: Enquiry, organisation: Organisation, *, is_wanted: bool, by: User) -> Contact | None:
    known = person_on_file(enquiry, organisation)
    if known or not is_wanted:
        return known
    contact = Contact(organisation=organisation, name=enquiry.name, email=enquiry.email, phone=enquiry.phone)
    return add_contact(contact=contact, by=by)


def _tell(enquiry: Enquiry, organisation: Organisation, contact: Contact | None, *, by: User) -> None:
    """The message, and every word since, is in the partner’s history from now on."""
    people = (contact,) if contact else ()
    first = Said(
        Channel.EMAIL,
        summary=enquiry.message,
        contacts=people,
        direction=Direction.IN,
        at=enquiry.received_at,
        subject=_("Contact form, %(number)s") % {"number": enquiry.reference},
    )
    log_interaction(organisation=organisation, said=first, by=by)
    for reply in enquiry.replies.order_by("at", "id"):
        said = Said(
            Channel(reply.channel),
            summary=reply.text,
            contacts=people,
            direction=Direction(reply.direction),
            at=reply.at,
            subject=enquiry.reference,
        )
        log_interaction(organisation=organisation, said=said, by=by)
    record_event(
        organisation,
        "outreach.enquiry",
        title=_("Enquiry %(number)s linked") % {"number": enquiry.reference},
        actor=by,
        contact=contact,
        url_name="outreach:enquiry",
        object_id=enquiry.pk,
    )


def _need(need: NewNeed, enquiry: Enquiry, *, by: User) -> None:
    if enquiry.organisation is not None:
        record_need(
            organisation=enquiry.organisation,
            kind=need.kind,
            title=need.title,
            headcount=need.headcount,
            urgency=need.urgency,
            stated_by=enquiry.contact,
            stated_on=current_school().today(enquiry.received_at),
            detail=enquiry.message,
            by=by,
        )
