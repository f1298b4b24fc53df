"""Adding, changing and archiving organisations, and who looks after them."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import can_edit
from partnerships.enums import Status
from partnerships.models import Contact, Organisation
from partnerships.services.contacts import add_contact
from partnerships.services.relationship import UndoRefusedError, begin_status
from partnerships.services.timeline import record_event
from ui.conflicts import rewrite


class AlreadyOwnedError(Exception):
    """Somebody else looks after the organisation by now."""

    def __init__(self, owner: User) -> None:
        super().__init__(str(owner))
        self.owner = owner


@transaction.atomic
def add_organisation(*, organisation: Organisation, by: User, first_contact: Contact | None = None) -> Organisation:
    """Save a new organisation, and the first person there if one is given. Raises PermissionDenied."""
    if not can_edit(by):
        raise PermissionDenied
    organisation.created_by = organisation.updated_by = by
    organisation.save(force_insert=True)
    begin_status(organisation, status=Status(organisation.status), by=by)
    record_event(
        organisation, "partnerships.added", title=_("Added to Tandem"), body=organisation.source_detail, actor=by
    )
    if first_contact:
        first_contact.organisation = organisation
        first_contact.is_primary = True
        add_contact(contact=first_contact, by=by)
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, changes: Mapping[str, Any], opened: int, by: User
) -> Organisation:
    """Write what a form says. `opened` is the version it showed. Raises PermissionDenied, StaleRecordError."""
    organisation = _locked(organisation, by=by)
    owner_before, banned_before = organisation.owner, organisation.do_not_contact
    organisation.save(update_fields=rewrite(organisation, changes, opened=opened, by=by))
    if organisation.owner != owner_before:
        _record_owner(organisation, by=by)
    if organisation.do_not_contact != banned_before:
        _record_ban(organisation, by=by)
    return organisation


@transaction.atomic
def take_ownership(*, organisation: Organisation, by: User) -> Organisation:
    """Let somebody look after an organisation that nobody has. Raises PermissionDenied, AlreadyOwnedError."""
    organisation = _locked(organisation, by=by)
    if organisation.owner and organisation.owner != by:
        raise AlreadyOwnedError(organisation.owner)
    if organisation.owner is None:
        organisation.owner = by
        organisation.save(update_fields=["owner"])
        _record_owner(organisation, by=by)
    return organisation


@transaction.atomic
def give_back_ownership(*, organisation: Organisation, by: User) -> Organisation:
    """Undo `take_ownership`. Raises PermissionDenied, and UndoRefusedError where somebody else has it by now."""
    organisation = _locked(organisation, by=by)
    if organisation.owner != by:
        raise UndoRefusedError
    organisation.owner = None
    organisation.save(update_fields=["owner"])
    _record_owner(organisation, by=by)
    return organisation


@transaction.atomic
def archive_organisation(*, organisation: Organisation, by: User) -> Organisation:
    """Take an organisation off every list without losing anything. Raises PermissionDenied."""
    organisation = _locked(organisation, by=by)
    if organisation.archived_at is None:
        organisation.archived_at = timezone.now()
        organisation.save(update_fields=["archived_at"])
        record_event(organisation, "partnerships.archived", title=_("Archived"), actor=by)
    return organisation


@transaction.atomic
def restore_organisation(*, organisation: Organisation, by: User) -> Organisation:
    """Put an archived organisation back on the lists. Raises PermissionDenied."""
    organisation = _locked(organisation, by=by)
    if organisation.archived_at is not None:
        organisation.archived_at = None
        organisation.save(update_fields=["archived_at"])
        record_event(organisation, "partnerships.archived", title=_("Back from the archive"), actor=by)
    return organisation


def _locked(organisation: Organisation, *, by: User) -> Organisation:
    if not can_edit(by):
        raise PermissionDenied
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def _record_owner(organisation: Organisation, *, by: User) -> None:
    owner = organisation.owner
    title = _("%(name)s looks after it") % {"name": owner.name} if owner else _("Nobody looks after it now")
    record_event(organisation, "partnerships.owner", title=title, actor=by)


def _record_ban(organisation: Organisation, *, by: User) -> None:
    title = _("Not to be contacted") if organisation.do_not_contact else _("May be contacted again")
    record_event(organisation, "partnerships.ban", title=title, body=organisation.do_not_contact_reason, actor=by)
