"""E-mails that a colleague writes to a person at a firm, and what becomes of them."""

from email.utils import formataddr

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from mailing.enums import MessageStatus, Stream
from mailing.models import Message, Suppression, hash_address
from mailing.services import queue_mail
from outreach.enums import Channel
from outreach.models import Interaction
from outreach.rules import can_log
from outreach.services.interactions import follow_up_title, record
from outreach.services.next_step import KEEP, NextStep, take_next_step
from outreach.services.said import Said
from outreach.services.telling import INTERACTION_URL, tell_interaction
from outreach.wording import names_of
from partnerships.enums import Status
from partnerships.models import Contact
from partnerships.services import advance_status, record_event, refresh_facts

NOT_ARRIVED = {
    MessageStatus.FAILED: gettext_lazy("E-mail to %(name)s did not arrive"),
    MessageStatus.SUPPRESSED: gettext_lazy("E-mail to %(name)s was held back"),
    MessageStatus.CANCELLED: gettext_lazy("E-mail to %(name)s was called off"),
    MessageStatus.OUTCOME_UNKNOWN: gettext_lazy("E-mail to %(name)s may not have arrived"),
}


class MailRefusedError(Exception):
    """Somebody must not or cannot be written to; the message says why."""


def refuse_unless_writable(contact: Contact) -> None:
    """Raise MailRefusedError with the reason for which no e-mail may leave to this person."""
    name = {"name": contact.name}
    organisation = contact.organisation
    if organisation.do_not_contact:
        why = organisation.do_not_contact_reason or _("no reason noted")
        raise MailRefusedError(_("%(firm)s is not to be contacted: %(why)s.") % {"firm": organisation, "why": why})
    if contact.do_not_contact:
        raise MailRefusedError(_("%(name)s does not want to be contacted.") % name)
    if contact.archived_at or not contact.email:
        raise MailRefusedError(_("There is no e-mail address on file for %(name)s.") % name)
    if Suppression.objects.filter(address_hash=hash_address(contact.email), stream=Stream.PERSONAL).exists():
        raise MailRefusedError(_("%(name)s asked not to get e-mails from the college.") % name)


@transaction.atomic
def send_email_to_contact(
    *, contact: Contact, subject: str, text: str, by: User, next_step: NextStep = KEEP
) -> Interaction:
    """Put an e-mail into the outbox and record it; answers go to the colleague. Raises MailRefusedError."""
    if not can_log(by):
        raise PermissionDenied
    contact = Contact.objects.select_related("organisation").get(pk=contact.pk)
    refuse_unless_writable(contact)
    said = Said(Channel.EMAIL, summary=text, contacts=(contact,), subject=subject)
    interaction = record(organisation=contact.organisation, said=said, by=by)
    interaction.message = queue_mail(
        "outreach.personal",
        to_email=contact.email,
        to_name=contact.name,
        cause=interaction,
        context={"subject": interaction.subject, "text": interaction.summary, "author": by},
        by=by,
        reply_to=formataddr((by.name, by.email)),
    )
    interaction.save(update_fields=["message"])
    tell_interaction(interaction)
    take_next_step(
        next_step, organisation=contact.organisation, contact=contact, fallback_title=follow_up_title(said), by=by
    )
    refresh_facts(contact.organisation_id)
    return interaction


def note_outcome(message: Message) -> None:
    """Take in what became of a mail, in the transaction that stores it: arrived mails count as contact, others show."""
    rows = Interaction.objects.select_for_update(of=("self",)).select_related("organisation", "by")
    interaction = rows.filter(message=message).first()
    if interaction is None:
        return
    if message.status == MessageStatus.SENT:
        _note_sent(interaction)
    elif message.status in NOT_ARRIVED and not _is_known(interaction, message):
        _note_not_arrived(interaction, message)
    refresh_facts(interaction.organisation_id)


def _is_known(interaction: Interaction, message: Message) -> bool:
    """Whether the timeline says so already: a mail that did not arrive and is then called off is no more news."""
    return message.status == MessageStatus.CANCELLED and interaction.undelivered_at is not None


def _note_sent(interaction: Interaction) -> None:
    if interaction.undelivered_at:
        interaction.undelivered_at = None
        interaction.save(update_fields=["undelivered_at"])
    why = _("First contact: e-mail “%(subject)s”") % {"subject": interaction.subject}
    advance_status(organisation=interaction.organisation, to=Status.CONTACTED, why=why, by=interaction.by)


def _note_not_arrived(interaction: Interaction, message: Message) -> None:
    interaction.undelivered_at = timezone.now()
    interaction.save(update_fields=["undelivered_at"])
    contacts = list(interaction.contacts.all())
    words = NOT_ARRIVED[MessageStatus(message.status)]
    record_event(
        interaction.organisation,
        "outreach.not_delivered",
        title=words % {"name": names_of(contacts) or message.to_email},
        body=message.problem,
        contact=contacts[0] if contacts else None,
        url_name=INTERACTION_URL,
        object_id=interaction.pk,
    )
