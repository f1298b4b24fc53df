"""Who may do what, by role alone."""

from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from accounts.models import User

AnyUser = User | AnonymousUser


def has_role(user: AnyUser, *roles: Role) -> bool:
    return isinstance(user, User) and user.is_active and user.role in roles


def can_read(user: AnyUser) -> bool:
    """Every colleague reads partners and agreements; an administrator's work is users and settings."""
    return has_role(user, *Role)


def can_edit(user: AnyUser) -> bool:
    """Coordinators do the daily work."""
    return has_role(user, Role.COORDINATOR)


def can_approve(user: AnyUser) -> bool:
    return has_role(user, Role.DIRECTOR)


def can_administer(user: AnyUser) -> bool:
    return has_role(user, Role.ADMINISTRATOR)
