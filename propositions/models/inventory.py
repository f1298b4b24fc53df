"""What the school is good at, and what it offers."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from goals.models import Programme
from propositions.enums import (
    STRENGTH_ICONS,
    Price,
    StrengthKind,
)
from roadmap.search import Fold

# A strength that nobody ever checked was due for checking then.
NEVER_CHECKED = dt.date(1, 1, 2)


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day some months on, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class OfferType(Stamped):
    """Something a firm may ask of the school, with what one of it takes; proposals copy its hours."""

    key = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("in one line"), max_length=200, blank=True)
    hours_school = models.DecimalField(
        _("our hours"), max_digits=6, decimal_places=1, default=0, validators=[MinValueValidator(0)]
    )
    hours_business = models.DecimalField(
        _("their hours"), max_digits=6, decimal_places=1, default=0, validators=[MinValueValidator(0)]
    )
    lead_time_days = models.PositiveSmallIntegerField(
        _("days of notice we need"), default=14, validators=[MaxValueValidator(730)]
    )
    price = models.CharField(_("price to the firm"), max_length=8, choices=Price, default=Price.FREE)
    needs_agreement = models.BooleanField(_("needs an agreement"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hours_school__gte=0, hours_business__gte=0), name="propositions_offer_hours"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("propositions:offer_change", args=[self.pk])


class StrengthQuerySet(models.QuerySet["Strength"]):
    def on_file(self) -> Self:
        return self.filter(archived_at=None)

    def fresh(self, on: dt.date) -> Self:
        """Checked within its interval and allowed to be shown: only these reach a firm."""
        return self.on_file().filter(is_shareable=True, check_by__gte=on)

    def to_check(self, on: dt.date) -> Self:
        return self.on_file().filter(check_by__lt=on)


class Strength(Stamped):
    """Something the school is good at, with what proves it and who keeps it true.

    `check_by` is the last day on which it counts as checked: `verified_on` and the interval, in one column to look up.
    """

    title = models.CharField(_("strength"), max_length=120)
    kind = models.CharField(_("kind"), max_length=16, choices=StrengthKind, default=StrengthKind.EXPERTISE)
    description = models.TextField(_("in a few words"), max_length=600, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("keeper")
    )
    programmes = models.ManyToManyField(Programme, blank=True, related_name="strengths", verbose_name=_("programmes"))
    evidence = models.CharField(_("what proves it"), max_length=200, blank=True)
    evidence_url = models.URLField(_("where the proof is"), max_length=300, blank=True)
    is_shareable = models.BooleanField(_("may be shown to firms"), default=False)
    verified_on = models.DateField(_("last checked"), null=True, blank=True)
    verify_every_months = models.PositiveSmallIntegerField(
        _("check again after months"), default=12, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    check_by = models.DateField(_("check by"), default=NEVER_CHECKED, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    search_text = models.GeneratedField(
        expression=Fold("title", "description", "evidence"), output_field=models.TextField(), db_persist=True
    )

    objects = StrengthQuerySet.as_manager()

    class Meta:
        verbose_name = _("strength")
        verbose_name_plural = _("strengths")
        indexes: ClassVar = [
            # The list by title, and what is to be checked again, longest overdue first.
            models.Index(fields=["title", "id"], name="propositions_strengths"),
            models.Index(fields=["check_by", "id"], name="propositions_to_check"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("propositions:strength_change", args=[self.pk])

    @property
    def icon(self) -> str:
        return STRENGTH_ICONS[StrengthKind(self.kind)]

    def next_check(self) -> dt.date:
        return months_after(self.verified_on, self.verify_every_months) if self.verified_on else NEVER_CHECKED

    def is_checked(self, on: dt.date) -> bool:
        return self.archived_at is None and self.check_by >= on
