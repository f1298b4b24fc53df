"""Locking a proposal, and what every service does with a locked one."""

from django.utils import timezone

from accounts.models import User
from opportunities.enums import ProposalStatus
from opportunities.models import Proposal, ProposalVersion
from partnerships.models import Contact
from partnerships.services import record_event
from roadmap.lifecycle import move


def lock_proposal(pk: int) -> Proposal:
    """Lock a proposal, always before its rounds and links."""
    rows = Proposal.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "contact", "owner").get(pk=pk)


def newest(proposal: Proposal) -> ProposalVersion:
    """Return the newest round, sent or not."""
    return _with_proposal(proposal.versions.latest("no"), proposal)


def on_the_table(proposal: Proposal) -> ProposalVersion | None:
    """Return the newest round that was sent: the one that may be answered."""
    version = proposal.versions.exclude(sent_at=None).order_by("-no").first()
    return _with_proposal(version, proposal) if version else None


def _with_proposal(version: ProposalVersion, proposal: Proposal) -> ProposalVersion:
    version.proposal = proposal
    return version


def move_proposal(proposal: Proposal, *, to: ProposalStatus, also: tuple[str, ...] = ()) -> None:
    """Move a locked proposal and save it with the fields named in `also`. Raises TransitionRefusedError."""
    move(proposal, to=to)
    proposal.status_since = timezone.now()
    proposal.save(update_fields=["status", "status_since", "updated_at", *also])


def tell_timeline(
    proposal: Proposal, kind: str, *, title: str, body: str = "", by: User | None = None, contact: Contact | None = None
) -> None:
    record_event(
        proposal.organisation,
        f"opportunities.{kind}",
        title=title,
        body=body,
        actor=by,
        contact=contact,
        url_name="opportunities:proposal",
        object_id=proposal.pk,
    )
