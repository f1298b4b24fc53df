"""Who may do what about interactions and follow-ups."""

from accounts.enums import WORKS_WITH_PARTNERS
from accounts.models import School, User
from accounts.rules import AnyUser, can_edit, has_role
from outreach.models import FollowUp, Interaction


def can_log(user: AnyUser) -> bool:
    """Coordinators talk with firms for the school."""
    return can_edit(user)


def can_change_interaction(user: AnyUser, interaction: Interaction) -> bool:
    """One's own words only, and never a mail that has left."""
    return can_log(user) and interaction.by_id == user.pk and not interaction.is_mail_of_ours


def can_do(user: AnyUser, follow_up: FollowUp) -> bool:
    """Coordinators stand in for one another; a director sees to what was given to them."""
    return can_edit(user) or (has_role(user, *WORKS_WITH_PARTNERS) and follow_up.owner_id == user.pk)


def may_own(user: User | None) -> bool:
    """Whether follow-ups may be given to this colleague."""
    return user is not None and user.is_active and user.role in WORKS_WITH_PARTNERS


def safeguarding_lead(school: School) -> User | None:
    """Return who alone reads reports of a problem; nobody, while the school names nobody who can sign in."""
    lead = school.safeguarding_lead
    return lead if lead is not None and lead.is_active else None


def is_safeguarding_lead(user: AnyUser) -> bool:
    """Asked of the database each time: what the lead sees is for nobody who was it until yesterday."""
    if not (isinstance(user, User) and user.is_active):
        return False
    return School.objects.filter(pk=School.PK, safeguarding_lead=user).exists()
