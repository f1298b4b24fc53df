"""Who signs in, the one school they work for, and what every record keeps about its making."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import WORKS_WITH_PARTNERS, Role, Theme


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone. An example is “Europe/Vienna”."), params={"name": name})


class School(models.Model):
    """The one school of this installation: always the row with primary key 1."""

    PK = 1

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    address = models.TextField(_("address"), max_length=500, blank=True)
    website = models.URLField(_("website"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    logo = models.ImageField(_("logo"), upload_to="accounts/logo/", blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    document_prefix = models.CharField(_("prefix of document numbers"), max_length=12, blank=True)
    sender_name = models.CharField(_("sender name of e-mails"), max_length=120, blank=True)
    sender_email = models.EmailField(_("sender address of e-mails"), blank=True)
    reply_to_email = models.EmailField(_("address for answers"), blank=True)
    data_protection_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("data-protection lead"),
    )
    safeguarding_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("safeguarding lead"),
    )
    reminder_hour = models.PositiveSmallIntegerField(
        _("hour of the morning reminder"), default=7, validators=[MaxValueValidator(23)]
    )
    min_group_size_students = models.PositiveSmallIntegerField(
        _("least answers shown of students"), default=5, validators=[MinValueValidator(3)]
    )
    min_group_size_organisations = models.PositiveSmallIntegerField(
        _("least answers shown of firms"), default=3, validators=[MinValueValidator(1)]
    )
    agreement_notice_days = models.PositiveSmallIntegerField(_("days before an agreement’s end to warn"), default=90)
    signing_link_days = models.PositiveSmallIntegerField(_("days a signing link lasts"), default=30)

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("school")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="accounts_one_school"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def today(self, now: dt.datetime | None = None) -> dt.date:
        """Return the date on the school's wall calendar at `now` (default: this moment)."""
        return (now or timezone.now()).astimezone(self.zone).date()

    def get_short_name(self) -> str:
        return self.short_name or self.name or gettext("Our college")


class UserQuerySet(models.QuerySet["User"]):
    def administrators(self) -> UserQuerySet:
        """Those who may administer and sign in."""
        return self.filter(role=Role.ADMINISTRATOR, is_active=True)

    def working_with_partners(self) -> UserQuerySet:
        """Those who own something or once did: whether they may still sign in is not asked."""
        return self.filter(role__in=WORKS_WITH_PARTNERS)

    def possible_owners(self) -> UserQuerySet:
        """Those to whom something may be given."""
        return self.working_with_partners().filter(is_active=True)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc] # made by Django
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a user; without a password nobody can sign in until an invitation is taken up."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, role=Role.ADMINISTRATOR, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A colleague at the school. What somebody may do follows from the role alone: there are no groups or flags."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    email = models.EmailField(
        _("e-mail"), unique=True, error_messages={"unique": _("Somebody already uses this e-mail address.")}
    )
    name = models.CharField(_("name"), max_length=120)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.VIEWER)
    is_active = models.BooleanField(_("may sign in"), default=True)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    # A password link works only if it is the last one sent: this moment is part of its signature.
    password_link_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Sessions begun before this moment are over: it is part of what each session is checked against.
    sessions_ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    date_joined = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    theme = models.CharField(_("appearance"), max_length=8, choices=Theme, default=Theme.AUTO)
    keyboard_shortcuts = models.BooleanField(_("single-key shortcuts"), default=True)
    morning_reminder = models.BooleanField(_("morning reminder by e-mail"), default=True)

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            # Two spellings of one address would be two accounts.
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="accounts_email_lower_case"),
        ]
        indexes: ClassVar = [
            # Who may administer: the sign-in page, and the rule that one of them stays.
            models.Index(fields=["role"], name="accounts_user_role"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def is_staff(self) -> bool:
        """Whether the Django admin opens to this user."""
        return self.role == Role.ADMINISTRATOR

    @property
    def is_invited(self) -> bool:
        """Whether an invitation was sent and not taken up yet."""
        return self.invited_at is not None and not self.has_usable_password()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session is checked against: it ends with a new password, or when sessions are ended."""
        value = f"{self.password}|{self.sessions_ended_at and self.sessions_ended_at.timestamp()}"
        return salted_hmac("accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        return any(backend.has_perm(self, perm, obj) for backend in get_backends())

    def has_perms(self, perms: Iterable[str], obj: models.Model | None = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        return any(self.has_perm(f"{app_label}.view_{model}") for model in apps.all_models[app_label])


class NumberSeries(models.Model):
    """The last number given in a series, such as the MOUs of a year."""

    key = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "year"], name="accounts_series_key_year")]

    def __str__(self) -> str:
        return f"{self.key}-{self.year}: {self.last}"


@cache
def _labels_of(field: models.Field[Any, Any]) -> dict[Any, Any]:
    return dict(field.flatchoices)


class Stamped(models.Model):
    """Who made a record and who changed it last; `version` guards against lost updates."""

    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> Any:  # noqa: N802 - what Django calls it
        """Read a choice's label from a table made once; Django makes it anew for every row of a list."""
        value = getattr(self, field.attname)
        return force_str(_labels_of(field).get(value, value), strings_only=True)
