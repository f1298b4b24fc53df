"""What happens to the school and its people."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Theme
from accounts.looks import once
from accounts.mails import mail_user, password_url
from accounts.models import NumberSeries, School, User
from accounts.rules import can_administer, can_change_rights


class AccountRefusedError(Exception):
    """Something that may not happen to an account; the message says why, in words for the screen."""


class OwnRightsError(AccountRefusedError):
    """Somebody tried to change their own rights."""


class LastAdministratorError(AccountRefusedError):
    """Without this one nobody could administer any longer."""


def current_school() -> School:
    """Return the school; an installation that has not been set up yet gets an empty one, unsaved."""
    return once("accounts.school", _find_school)


def _find_school() -> School:
    return School.objects.filter(pk=School.PK).first() or School(pk=School.PK, name="")


@transaction.atomic
def next_number(*, key: str, year: int, prefix: str, figures: int = 3) -> str:
    """Return the next document number of a series, such as `LV-MOU-2026-018`; gaps never occur."""
    try:
        with transaction.atomic():
            NumberSeries.objects.get_or_create(key=key, year=year)
    except IntegrityError:  # two at once made the first number of the year
        pass
    series = NumberSeries.objects.select_for_update().get(key=key, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{prefix}-{year}-{series.last:0{figures}d}"


@transaction.atomic
def save_school(*, school: School, by: User) -> School:
    """Save the one row there is; a logo that was replaced is deleted once nothing points to it."""
    _authorise(by)
    old = School.objects.select_for_update().filter(pk=School.PK).first()
    school.pk = School.PK
    school.save()
    if old and old.logo and old.logo.name != school.logo.name:
        transaction.on_commit(partial(old.logo.storage.delete, str(old.logo.name)))
    return school


@transaction.atomic
def invite_user(*, email: str, by: User, **fields: Any) -> User:
    """Add a colleague without a password and mail a link that sets one; `fields` are name, role and the like."""
    _authorise(by)
    user = User.objects.create_user(email, **fields)
    return send_invitation(user=user, by=by)


@transaction.atomic
def send_invitation(*, user: User, by: User) -> User:
    """Mail the link that sets the first password; links sent before stop working."""
    _authorise(by)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.has_usable_password():
        raise AccountRefusedError(_("%(name)s has signed in before and needs no invitation.") % {"name": user})
    if not user.is_active:
        raise AccountRefusedError(_("%(name)s may not sign in. Allow it first, then invite.") % {"name": user})
    user.invited_at = user.password_link_at = timezone.now()
    user.save(update_fields=["invited_at", "password_link_at"])
    mail_user(user, "invitation", {"url": password_url(user), "by": by})
    return user


@transaction.atomic
def send_password_link(*, user: User) -> None:
    """Mail a link that sets a new password, to whoever owns the address; the link before it stops working."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.password_link_at = timezone.now()
    user.save(update_fields=["password_link_at"])
    mail_user(user, "password_link", {"url": password_url(user)})


@transaction.atomic
def change_user(*, user: User, by: User, role: str, is_active: bool, **fields: Any) -> User:
    """Save what an administrator changed about a colleague; losing the right to sign in ends sessions at once."""
    _keep_rights_in_order(user=user, by=by, role=role, is_active=is_active)
    user = User.objects.select_for_update().get(pk=user.pk)
    was_active = user.is_active
    for name, value in {**fields, "role": role, "is_active": is_active}.items():
        setattr(user, name, value)
    user.save(update_fields=[*fields, "role", "is_active"])
    if was_active and not is_active:
        _end_sessions(user)
    return user


@transaction.atomic
def set_active(*, user: User, by: User, is_active: bool) -> User:
    """Deactivate a colleague, or let one sign in again."""
    return change_user(user=user, by=by, role=user.role, is_active=is_active)


@transaction.atomic
def end_sessions(*, user: User, by: User) -> None:
    """Sign a colleague out on every device."""
    _authorise(by)
    _end_sessions(User.objects.select_for_update().get(pk=user.pk))


@transaction.atomic
def reset_second_factor(*, user: User, by: User) -> None:
    """Take off the second factor of somebody whose phone is gone, sign them out, and tell them."""
    _authorise(by)
    if not can_change_rights(by, of=user):
        raise OwnRightsError(_("Your own second factor is changed in Settings."))
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(User.objects.select_for_update().get(pk=user.pk))
    what = _("%(name)s took the second factor off your account. Connect an app again in Settings.") % {"name": by}
    mail_user(user, "notice", {"what": what, "at": timezone.now()})


@transaction.atomic
def save_preferences(*, user: User, theme: Theme, keyboard_shortcuts: bool, morning_reminder: bool) -> User:
    user.theme, user.keyboard_shortcuts, user.morning_reminder = theme, keyboard_shortcuts, morning_reminder
    user.save(update_fields=["theme", "keyboard_shortcuts", "morning_reminder"])
    return user


def _authorise(by: User) -> None:
    """Ask the database rather than the session: rights may have gone a moment ago."""
    if not can_administer(User.objects.filter(pk=by.pk).first() or User()):
        raise PermissionDenied


def _keep_rights_in_order(*, user: User, by: User, role: str, is_active: bool) -> None:
    """Refuse a change of rights that must not happen; the administrators' rows stay locked until the commit."""
    administrators = list(User.objects.administrators().select_for_update().order_by("pk"))
    _authorise(by)
    now = User.objects.get(pk=user.pk)
    if (now.role, now.is_active) == (role, is_active):
        return
    if can_change_rights(by, of=user):
        return
    if len(administrators) == 1:
        raise LastAdministratorError(_("You are the last administrator. Name another one first."))
    raise OwnRightsError(_("Nobody changes their own role. Another administrator can do it."))


def _end_sessions(user: User) -> None:
    user.sessions_ended_at = timezone.now()
    user.save(update_fields=["sessions_ended_at"])
    UserSession.objects.filter(user=user).delete()
