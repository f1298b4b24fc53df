"""Openings in firms, students, and which student works where and when."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from goals.models import Programme
from opportunities.enums import (
    OPENING_TRANSITIONS,
    PLACEMENT_TRANSITIONS,
    SECURED_STATES,
    TAKING_STATES,
    OpeningStatus,
    PlacementStatus,
)
from partnerships.models import Organisation
from roadmap.lifecycle import Transitions
from roadmap.search import Fold

MOST_PLACES = 500
YOUNGEST, OLDEST = 14, 99
OF_AGE = 18


class OpeningQuerySet(models.QuerySet["Opening"]):
    def open(self) -> Self:
        return self.filter(status=OpeningStatus.OPEN)

    def offered(self) -> Self:
        """Whatever was not taken back."""
        return self.exclude(status=OpeningStatus.WITHDRAWN)

    def with_free_places(self) -> Self:
        return self.open().filter(taken__lt=F("places"))

    def within(self, start: dt.date, end: dt.date) -> Self:
        """Those whose first day lies in these days."""
        return self.filter(starts_on__range=(start, end))


class Opening(Stamped):
    """Places that a firm offers to students of one programme.

    `taken` counts the placements that are not cancelled; services write it under the opening's lock.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="openings", verbose_name=_("partner"))
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="openings", verbose_name=_("programme"))
    title = models.CharField(_("what students do there"), max_length=120)
    places = models.PositiveSmallIntegerField(
        _("places"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_PLACES)]
    )
    taken = models.PositiveSmallIntegerField(default=0, editable=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    min_age = models.PositiveSmallIntegerField(
        _("lowest age"), null=True, blank=True, validators=[MinValueValidator(YOUNGEST), MaxValueValidator(OLDEST)]
    )
    note = models.CharField(_("to mind"), max_length=300, blank=True)
    status = models.CharField(_("state"), max_length=10, choices=OpeningStatus, default=OpeningStatus.OPEN)
    status_since = models.DateTimeField(default=timezone.now, editable=False)

    search_text = models.GeneratedField(expression=Fold("title"), output_field=models.TextField(), db_persist=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="opportunities_opening_days"),
            models.CheckConstraint(condition=Q(places__gte=1), name="opportunities_opening_places"),
            # Nobody is sent where there is no place, whoever is quicker.
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="opportunities_places_not_exceeded"),
        ]
        indexes: ClassVar = [
            # The list, by each of its orders, and the figures of a school year.
            models.Index(fields=["starts_on", "id"], name="opportunities_openings"),
            models.Index(fields=["status_since", "id"], name="opportunities_openings_new"),
            models.Index(fields=["status", "starts_on", "id"], name="opportunities_openings_state"),
            # A partner's page.
            models.Index(fields=["organisation", "-starts_on"], name="opportunities_openings_of"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("opportunities:opening", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return OPENING_TRANSITIONS

    @property
    def free(self) -> int:
        return max(self.places - self.taken, 0)

    @property
    def is_open(self) -> bool:
        return self.status == OpeningStatus.OPEN


class StudentQuerySet(models.QuerySet["Student"]):
    def present(self) -> Self:
        return self.filter(left_on=None)


class Student(Stamped):
    """A student of whom no more is kept than a placement needs; shared screens show the reference alone."""

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="students", verbose_name=_("programme"))
    group = models.CharField(_("class"), max_length=20, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    search_text = models.GeneratedField(expression=Fold("reference"), output_field=models.TextField(), db_persist=True)

    objects = StudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("student")
        verbose_name_plural = _("students")
        ordering: ClassVar = ["reference"]
        indexes: ClassVar = [
            # The list, and the students of a programme or class.
            models.Index(fields=["reference", "id"], name="opportunities_students"),
            models.Index(fields=["programme", "left_on", "reference"], name="opportunities_of_programme"),
            models.Index(fields=["group", "reference"], name="opportunities_of_class"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("opportunities:student", args=[self.pk])

    def age_on(self, day: dt.date) -> int | None:
        """Return the age in full years; None where the birthday is not on file."""
        if self.birth_date is None:
            return None
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (not had_birthday)

    def is_minor_on(self, day: dt.date) -> bool:
        age = self.age_on(day)
        return age is not None and age < OF_AGE


class PlacementQuerySet(models.QuerySet["Placement"]):
    def secured(self) -> Self:
        """Confirmed, under way or completed."""
        return self.filter(status__in=SECURED_STATES)

    def within(self, start: dt.date, end: dt.date) -> Self:
        """Those whose first day lies in these days, so that each counts in one school year."""
        return self.filter(starts_on__range=(start, end))

    def taking(self) -> Self:
        return self.filter(status__in=TAKING_STATES)

    def overlapping(self, start: dt.date, end: dt.date) -> Self:
        return self.filter(starts_on__lte=end, ends_on__gte=start)


class Placement(Stamped):
    """A student's time in a firm. `programme` repeats the opening's, so that places are counted without a join."""

    student = models.ForeignKey(Student, models.PROTECT, related_name="placements", verbose_name=_("student"))
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="placements", verbose_name=_("opening"))
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="placements", verbose_name=_("programme"), editable=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    status = models.CharField(_("state"), max_length=12, choices=PlacementStatus, default=PlacementStatus.PLANNED)
    status_since = models.DateTimeField(default=timezone.now, editable=False)
    ended_reason = models.CharField(_("why it ended"), max_length=300, blank=True, editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="opportunities_placement_days"),
            models.CheckConstraint(
                condition=~Q(status=PlacementStatus.ENDED_EARLY) | ~Q(ended_reason=""),
                name="opportunities_ended_has_reason",
            ),
            # A student has one place of an opening.
            models.UniqueConstraint(
                fields=["student", "opening"],
                condition=~Q(status=PlacementStatus.CANCELLED),
                name="opportunities_one_place_each",
            ),
        ]
        indexes: ClassVar = [
            # The list, by each of its orders.
            models.Index(fields=["starts_on", "id"], name="opportunities_placements"),
            models.Index(fields=["status_since", "id"], name="opportunities_placements_move"),
            # Coverage by programme within a school year, from the index alone.
            models.Index(fields=["status", "starts_on", "programme"], name="opportunities_coverage"),
            models.Index(fields=["programme", "starts_on", "id"], name="opportunities_placements_prog"),
        ]

    def __str__(self) -> str:
        return f"{self.student} · {self.opening}"

    def get_absolute_url(self) -> str:
        return reverse("opportunities:placement", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return PLACEMENT_TRANSITIONS

    @property
    def is_new(self) -> bool:
        """Whether it has not been saved yet."""
        return not self.pk
