"""Recording what was said, and correcting the record."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from outreach.models import Interaction
from outreach.rules import can_change_interaction, can_log
from outreach.services.next_step import KEEP, NextStep, take_next_step
from outreach.services.said import Said
from outreach.services.telling import tell_interaction, untell
from partnerships.enums import Status
from partnerships.models import Contact, Organisation
from partnerships.services import advance_status, refresh_facts
from ui.conflicts import next_version

# Clocks of two machines differ a little; more than this and somebody means a meeting still to come.
CLOCKS_DIFFER = dt.timedelta(minutes=5)


class NotYetError(Exception):
    """What is still to happen is a follow-up, not an interaction."""


@transaction.atomic
def log_interaction(*, organisation: Organisation, said: Said, by: User, next_step: NextStep = KEEP) -> Interaction:
    """Record a call, e-mail, meeting or note with all that follows from it: timeline, facts, status, next step.

    Raises NotYetError.
    """
    interaction = record(organisation=organisation, said=said, by=by)
    title = tell_interaction(interaction)
    if said.is_contact_from_us:
        advance_status(
            organisation=organisation, to=Status.CONTACTED, why=_("First contact: %(what)s") % {"what": title}, by=by
        )
    take_next_step(
        next_step, organisation=organisation, contact=first_of(said), fallback_title=follow_up_title(said), by=by
    )
    refresh_facts(organisation.pk)
    return interaction


def record(*, organisation: Organisation, said: Said, by: User) -> Interaction:
    """Write the bare record, in the caller's transaction. Raises NotYetError."""
    if not can_log(by):
        raise PermissionDenied
    now = timezone.now()
    _refuse_future(said, now)
    interaction = Interaction(organisation=organisation, by=by, created_by=by, updated_by=by)
    said.put_on(interaction, now=now)
    interaction.save()
    interaction.contacts.set(_of(organisation, said))
    return interaction


def _refuse_future(said: Said, now: dt.datetime) -> None:
    if said.at and said.at > now + CLOCKS_DIFFER:
        raise NotYetError


def _of(organisation: Organisation, said: Said) -> list[Contact]:
    """Return the people named, as far as they are this organisation's."""
    return [contact for contact in said.contacts if contact.organisation_id == organisation.pk]


def first_of(said: Said) -> Contact | None:
    return said.contacts[0] if said.contacts else None


def follow_up_title(said: Said) -> str:
    """Return what a follow-up is called whose author gave it no name."""
    contact = first_of(said)
    if contact:
        return _("Get back to %(name)s") % {"name": contact.name}
    return _("Try again") if said.outcome else _("Get back to them")


@transaction.atomic
def change_interaction(*, interaction: Interaction, version: int, said: Said, by: User) -> Interaction:
    """Correct one's own record; the timeline tells it anew. Raises StaleRecordError, NotYetError."""
    interaction = _own(interaction, by=by)
    now = timezone.now()
    _refuse_future(said, now)
    versioned = next_version(interaction, opened=version, by=by)
    interaction.save(update_fields=[*said.put_on(interaction, now=now), *versioned])
    interaction.contacts.set(_of(interaction.organisation, said))
    untell(interaction)
    tell_interaction(interaction)
    refresh_facts(interaction.organisation_id)
    return interaction


@transaction.atomic
def delete_interaction(*, interaction: Interaction, by: User) -> Interaction:
    """Take back what one recorded by mistake. What followed from it, such as a status, stays for a person to judge."""
    interaction = _own(interaction, by=by)
    interaction.archived_at = timezone.now()
    interaction.save(update_fields=["archived_at", *next_version(interaction, opened=interaction.version, by=by)])
    untell(interaction)
    refresh_facts(interaction.organisation_id)
    return interaction


@transaction.atomic
def restore_interaction(*, interaction: Interaction, by: User) -> Interaction:
    """Undo a deletion; one that is there already stays as it is."""
    interaction = _own(interaction, by=by)
    if interaction.archived_at is None:
        return interaction
    interaction.archived_at = None
    interaction.save(update_fields=["archived_at", *next_version(interaction, opened=interaction.version, by=by)])
    tell_interaction(interaction)
    refresh_facts(interaction.organisation_id)
    return interaction


def _own(interaction: Interaction, *, by: User) -> Interaction:
    locked = Interaction.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=interaction.pk)
    if not can_change_interaction(by, locked):
        raise PermissionDenied
    return locked
