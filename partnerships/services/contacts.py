"""The people at an organisation."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import can_edit
from partnerships.models import Contact, Organisation
from partnerships.services.timeline import record_event
from ui.conflicts import rewrite


@transaction.atomic
def add_contact(*, contact: Contact, by: User) -> Contact:
    """Save a new person; the first one at an organisation is its main contact. Raises PermissionDenied."""
    organisation = _locked_organisation(contact, by=by)
    others = organisation.contacts.here()
    contact.is_primary = contact.is_primary or not others.exists()
    _make_room(contact)
    contact.created_by = contact.updated_by = by
    contact.save(force_insert=True)
    _record(contact, _("Person added: %(name)s"), by=by)
    return contact


@transaction.atomic
def change_contact(*, contact: Contact, changes: Mapping[str, Any], opened: int, by: User) -> Contact:
    """Write what a form says. `opened` is the version it showed. Raises PermissionDenied, StaleRecordError."""
    contact = _locked(contact, by=by)
    banned_before = contact.do_not_contact
    saved = rewrite(contact, changes, opened=opened, by=by)
    _make_room(contact)
    contact.save(update_fields=saved)
    if contact.do_not_contact != banned_before:
        _record(
            contact,
            _("%(name)s is not to be contacted") if contact.do_not_contact else _("%(name)s may be contacted"),
            by=by,
        )
    return contact


@transaction.atomic
def archive_contact(*, contact: Contact, by: User) -> Contact:
    """Take a person who left off the page; what happened with them stays. Raises PermissionDenied."""
    contact = _locked(contact, by=by)
    if contact.archived_at is None:
        contact.archived_at = timezone.now()
        contact.save(update_fields=["archived_at"])
        _record(contact, _("Person archived: %(name)s"), by=by)
    return contact


@transaction.atomic
def restore_contact(*, contact: Contact, by: User) -> Contact:
    """Undo `archive_contact`; whoever became main contact meanwhile stays it. Raises PermissionDenied."""
    contact = _locked(contact, by=by)
    if contact.archived_at is not None:
        contact.archived_at = None
        contact.is_primary = contact.is_primary and not _others(contact).filter(is_primary=True).exists()
        contact.save(update_fields=["archived_at", "is_primary"])
        _record(contact, _("Person back: %(name)s"), by=by)
    return contact


def _locked_organisation(contact: Contact, *, by: User) -> Organisation:
    """Lock the organisation, so that two at once cannot both become its main contact."""
    if not can_edit(by):
        raise PermissionDenied
    return Organisation.objects.select_for_update(of=("self",)).get(pk=contact.organisation_id)


def _locked(contact: Contact, *, by: User) -> Contact:
    _locked_organisation(contact, by=by)
    return Contact.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=contact.pk)


def _others(contact: Contact) -> Any:
    return Contact.objects.here().filter(organisation_id=contact.organisation_id).exclude(pk=contact.pk)


def _make_room(contact: Contact) -> None:
    if contact.is_primary:
        _others(contact).filter(is_primary=True).update(is_primary=False)


def _record(contact: Contact, title: str, *, by: User) -> None:
    record_event(
        contact.organisation,
        "partnerships.contact",
        title=title % {"name": contact.name},
        actor=by,
        contact=contact,
    )
