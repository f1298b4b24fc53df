"""Who may do what with proposals, openings, students and placements."""

from accounts.rules import AnyUser, can_approve, can_edit


def can_propose(user: AnyUser) -> bool:
    """Coordinators write and send proposals, and note what was answered."""
    return can_edit(user)


def can_stop(user: AnyUser) -> bool:
    """The director may take back what is out, too."""
    return can_edit(user) or can_approve(user)


def can_place(user: AnyUser) -> bool:
    """Coordinators keep openings and place students."""
    return can_edit(user)


def can_see_students(user: AnyUser) -> bool:
    """Names, addresses and birthdays are for those who place students and for the director; others see references."""
    return can_edit(user) or can_approve(user)
