"""Who may do what about interactions and follow-ups."""

from django.db.models import QuerySet

from accounts.enums import Role
from accounts.models import User
from accounts.rules import AnyUser, can_edit, has_role
from outreach.models import FollowUp, Interaction

WORKS_WITH_PARTNERS = [Role.COORDINATOR, Role.DIRECTOR]


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


def possible_owners() -> QuerySet[User]:
    return User.objects.filter(is_active=True, role__in=WORKS_WITH_PARTNERS).order_by("name", "id")
