"""Who may see and steer the outbox."""

from accounts.enums import Role
from accounts.rules import AnyUser, has_role


def can_read_outbox(user: AnyUser) -> bool:
    """Those who write to partners or answer for it, and the administrator, whose mail server it is."""
    return has_role(user, Role.COORDINATOR, Role.DIRECTOR, Role.ADMINISTRATOR)


def can_steer_outbox(user: AnyUser) -> bool:
    """Send again, call off, say what arrived."""
    return has_role(user, Role.COORDINATOR, Role.ADMINISTRATOR)
