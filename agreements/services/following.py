"""Putting in writing what was tried out or accepted: a draft made from a pilot or from a proposal."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from agreements.enums import Party
from agreements.models import Agreement, Contribution, Obligation, Signatory
from agreements.origins import Origin, agreement_of, of_pilot, of_proposal
from agreements.rules import can_draft, can_follow_pilot, can_follow_proposal
from agreements.services.drafting import draft_agreement
from opportunities.models import Proposal
from pilots.models import Pilot


class NothingToPutInWritingError(Exception):
    """The pilot is not over or was stopped, or the proposal is not accepted."""


class DraftedAlreadyError(Exception):
    """An agreement grew out of it before; `agreement` is that one."""

    def __init__(self, agreement: Agreement) -> None:
        super().__init__(agreement.number)
        self.agreement = agreement


@transaction.atomic
def draft_from_pilot(*, pilot: Pilot, by: User) -> Agreement:
    """Draft an agreement from a pilot. Raises NothingToPutInWritingError, DraftedAlreadyError and PermissionDenied."""
    pilot = Pilot.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=pilot.pk)
    if not can_draft(by):
        raise PermissionDenied
    if not can_follow_pilot(pilot):
        raise NothingToPutInWritingError
    if made := agreement_of(pilot=pilot):
        raise DraftedAlreadyError(made)
    return _draft(of_pilot(pilot), by)


@transaction.atomic
def draft_from_proposal(*, proposal: Proposal, by: User) -> Agreement:
    """Draft an agreement from an accepted proposal; raises what `draft_from_pilot` does."""
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=proposal.pk)
    if not can_draft(by):
        raise PermissionDenied
    if not can_follow_proposal(proposal):
        raise NothingToPutInWritingError
    if made := agreement_of(proposal=proposal):
        raise DraftedAlreadyError(made)
    return _draft(of_proposal(proposal), by)


def _draft(origin: Origin, by: User) -> Agreement:
    agreement = draft_agreement(organisation=origin.organisation, by=by, title=origin.fields.get("title", ""))
    agreement.pilot, agreement.proposal = origin.pilot, origin.proposal
    for name, value in origin.fields.items():
        setattr(agreement, name, value)
    agreement.save(update_fields=["pilot", "proposal", *origin.fields])
    _add_duties(agreement, origin)
    Contribution.objects.bulk_create(
        Contribution(agreement=agreement, order=order, **row) for order, row in enumerate(origin.gives)
    )
    _add_contact(agreement, origin)
    return agreement


def _add_duties(agreement: Agreement, origin: Origin) -> None:
    """Set what was tried out or accepted before the usual duties."""
    usual = list(agreement.obligations.all())
    for line in usual:
        line.order += len(origin.duties)
    Obligation.objects.bulk_update(usual, ["order"])
    Obligation.objects.bulk_create(
        Obligation(agreement=agreement, order=order, **row) for order, row in enumerate(origin.duties)
    )


def _add_contact(agreement: Agreement, origin: Origin) -> None:
    """Where nobody on file decides, suggest whom we worked with as the one who signs."""
    contact = origin.contact
    if contact is None or not contact.email or agreement.signatories.filter(party=Party.ORGANISATION).exists():
        return
    if agreement.signatories.filter(email__iexact=contact.email).exists():
        return
    Signatory.objects.create(
        agreement=agreement,
        order=agreement.signatories.count(),
        party=Party.ORGANISATION,
        name=contact.name,
        capacity=contact.job_title,
        email=contact.email.lower(),
    )
