"""Who may do what, by role alone."""

from allauth.mfa.models import Authenticator
from django.conf import settings
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


def can_change_rights(user: AnyUser, *, of: User) -> bool:
    """Nobody changes their own role or lets themselves in again."""
    return can_administer(user) and user.pk != of.pk


def needs_second_factor(user: AnyUser) -> bool:
    """Administrators sign in with two factors; a demo sign-in, which has no password, has no first one."""
    if not (settings.SECOND_FACTOR_FOR_ADMINISTRATORS and isinstance(user, User)):
        return False
    return can_administer(user) and user.has_usable_password()


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
