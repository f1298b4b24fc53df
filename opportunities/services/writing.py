"""Writing a proposal: its first round, and each next one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import School, User
from accounts.services import current_school, next_number
from opportunities.models import ITEM_TERMS, Proposal, ProposalItem, ProposalVersion
from opportunities.rules import can_propose
from opportunities.services.locking import lock_proposal, newest, tell_timeline
from partnerships.models import Contact, Need, Organisation
from propositions.models import OfferType
from ui.conflicts import rewrite

SERIES = "proposal"
USUALLY_OPEN = dt.timedelta(days=30)
COPIED = ("line", "order", "offer_type_id", "programme_id", "need_id", *ITEM_TERMS)


class NotWritableError(Exception):
    """The round was sent or the proposal closed meanwhile; there is no text to write on."""


@dataclass(frozen=True)
class RoundText:
    """All that the editor holds; `items` are in their order, those already there with their `id`."""

    proposal: dict[str, Any]
    version: dict[str, Any]
    items: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def draft_proposal(
    *,
    organisation: Organisation,
    title: str,
    by: User,
    contact: Contact | None = None,
    offers: Iterable[OfferType] = (),
    needs: Iterable[Need] = (),
) -> Proposal:
    """Begin a proposal: a point for each offer with its usual hours, and one for each need that it answers."""
    if not can_propose(by):
        raise PermissionDenied
    school = current_school()
    proposal = Proposal.objects.create(
        organisation=organisation,
        contact=contact,
        owner=by,
        created_by=by,
        updated_by=by,
        number=_number(school),
        title=title,
        currency=school.currency,
    )
    until = school.today() + USUALLY_OPEN
    version = ProposalVersion.objects.create(proposal=proposal, no=1, title=title, valid_until=until)
    points = [_of_offer(offer) for offer in offers] + [_of_need(need) for need in needs]
    ProposalItem.objects.bulk_create(
        ProposalItem(version=version, line=at, order=at, **values) for at, values in enumerate(points)
    )
    tell_timeline(proposal, "drafted", title=_("Proposal %(number)s begun") % {"number": proposal.number}, by=by)
    return proposal


def _number(school: School) -> str:
    prefix = "-".join(filter(None, [school.document_prefix, "PR"]))
    return next_number(key=SERIES, year=school.today().year, prefix=prefix)


def _of_offer(offer: OfferType) -> dict[str, Any]:
    return {
        "offer_type": offer,
        "description": offer.name,
        "detail": offer.description,
        "hours_school": offer.hours_school,
        "hours_business": offer.hours_business,
    }


def _of_need(need: Need) -> dict[str, Any]:
    return {"need": need, "description": need.title[:160], "quantity": need.headcount}


@transaction.atomic
def save_round(*, proposal: Proposal, text: RoundText, opened: int, by: User) -> Proposal:
    """Write the editor's text down. Raises NotWritableError, StaleRecordError and PermissionDenied."""
    proposal = lock_proposal(proposal.pk)
    if not can_propose(by):
        raise PermissionDenied
    version = newest(proposal)
    if not proposal.is_writable or version.is_sent:
        raise NotWritableError
    proposal.save(update_fields=rewrite(proposal, text.proposal, opened=opened, by=by))
    for name, value in text.version.items():
        setattr(version, name, value)
    version.title = proposal.title
    version.save(update_fields=["title", *text.version])
    _write_items(version, text.items)
    return proposal


def _write_items(version: ProposalVersion, rows: list[dict[str, Any]]) -> None:
    """Bring the points in line with the editor; a new one gets a line that no round has had."""
    existing = {item.pk: item for item in version.items.all()}
    unused = _first_unused_line(version)
    for order, values in enumerate(rows):
        item = existing.pop(values.get("id") or 0, None)
        if item is None:
            item = ProposalItem(version=version, line=unused)
            unused += 1
        for name, value in {**values, "order": order}.items():
            if name != "id":
                setattr(item, name, value)
        item.save()
    version.items.filter(pk__in=existing).delete()


def _first_unused_line(version: ProposalVersion) -> int:
    used = ProposalItem.objects.filter(version__proposal=version.proposal_id).order_by("-line")
    return (used.values_list("line", flat=True).first() or 0) + 1


@transaction.atomic
def start_round(*, proposal: Proposal, by: User) -> Proposal:
    """Begin the next round with the points of the last; what was sent stays as it is and may be answered meanwhile.

    Where the next round is begun already, that one is gone on with. Raises NotWritableError and PermissionDenied.
    """
    proposal = lock_proposal(proposal.pk)
    if not can_propose(by):
        raise PermissionDenied
    if not proposal.is_writable:
        raise NotWritableError
    last = newest(proposal)
    if not last.is_sent:
        return proposal
    until = current_school().today() + USUALLY_OPEN
    following = ProposalVersion.objects.create(
        proposal=proposal, no=last.no + 1, title=last.title, intro=last.intro, valid_until=until
    )
    ProposalItem.objects.bulk_create(
        ProposalItem(version=following, **{name: getattr(item, name) for name in COPIED}) for item in last.items.all()
    )
    proposal.round = following.no
    proposal.updated_by = by
    proposal.save(update_fields=["round", "updated_by", "updated_at"])
    return proposal
