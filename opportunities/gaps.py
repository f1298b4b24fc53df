"""What a round still needs before it can be sent."""

import datetime as dt

from django.utils.translation import gettext as _

from opportunities.models import Proposal, ProposalVersion


def gaps_of(proposal: Proposal, version: ProposalVersion, today: dt.date) -> list[str]:
    """Return each thing that is missing, in words; nothing when it may leave."""
    return [words for words, is_missing in _checks(proposal, version, today) if is_missing]


def _checks(proposal: Proposal, version: ProposalVersion, today: dt.date) -> list[tuple[str, bool]]:
    contact, organisation = proposal.contact, proposal.organisation
    until = version.valid_until
    gone = contact is not None and (contact.archived_at is not None or contact.organisation_id != organisation.pk)
    return [
        (_("Name the person it goes to."), contact is None),
        (_("The person it goes to has no e-mail address."), contact is not None and not contact.email),
        (_("The person it goes to is no longer at this partner."), gone),
        (_("This partner asked not to be written to."), organisation.do_not_contact),
        (_("This partner is archived."), organisation.archived_at is not None),
        (_("Write down at least one point."), not version.items.exists()),
        (_("Say until when it may be answered."), until is None),
        (_("The last day for an answer has to lie ahead."), until is not None and until <= today),
    ]
