"""What the school teaches."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from goals.isced import DETAILED, name_of
from roadmap.search import Fold
from roadmap.slots import Words

LOWEST_EQF, HIGHEST_EQF = 1, 8


def validate_field_code(code: str) -> None:
    if code not in DETAILED:
        raise ValidationError(
            _("“%(code)s” is not a field of ISCED-F 2013. An example is “0713”, electricity and energy."),
            params={"code": code},
        )


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class Programme(Stamped):
    """A course of training that leads to a qualification."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=120)
    isced_f = models.CharField(_("field of education"), max_length=4, validators=[validate_field_code])
    eqf = models.PositiveSmallIntegerField(
        _("EQF level"), validators=[MinValueValidator(LOWEST_EQF), MaxValueValidator(HIGHEST_EQF)]
    )
    workplace_hours = models.PositiveIntegerField(
        _("hours in a firm"), default=0, validators=[MaxValueValidator(10_000)]
    )
    places_needed = models.PositiveIntegerField(
        _("places needed this year"), default=0, validators=[MaxValueValidator(100_000)]
    )
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("head")
    )
    is_active = models.BooleanField(_("offered at present"), default=True)
    search_text = models.GeneratedField(
        expression=Fold("code", "title"), output_field=models.TextField(), db_persist=True
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering: ClassVar = ["title", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(eqf__gte=LOWEST_EQF, eqf__lte=HIGHEST_EQF), name="goals_programme_eqf_level"
            ),
        ]
        indexes: ClassVar = [
            # The list, by each of its orders.
            models.Index(fields=["title", "id"], name="goals_programmes_by_title"),
            models.Index(fields=["places_needed", "id"], name="goals_programmes_by_need"),
            models.Index(fields=["eqf", "id"], name="goals_programmes_by_level"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("goals:programme", args=[self.pk])

    @property
    def field_name(self) -> Words:
        return name_of(self.isced_f)
