"""Who is asked, and what they answer."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from evaluation.enums import WAVE_TRANSITIONS, Asked, WaveStatus
from evaluation.models.questions import Question, Questionnaire
from mailing.models import EmailedLink
from opportunities.models import Student
from partnerships.models import Contact, Organisation
from pilots.models import Pilot
from roadmap.lifecycle import Transitions

MOST_IN_A_CLASS = 200


class WaveQuerySet(models.QuerySet):
    def with_counts(self) -> Self:
        """Add `invited` and `answered`, each counted on its own index; of a class its size is invited."""
        return self.annotate(
            invited=_number_of(Invitation.objects.all())
            + _number_of(StudentInvitation.objects.all())
            + Coalesce("class_size", 0)
        ).with_answered()

    def with_answered(self) -> Self:
        return self.annotate(answered=_number_of(Response.objects.submitted()))

    def answered_by_few(self, least: int) -> Self:
        """Keep those of which some answers are in, but not enough to be shown."""
        return self.with_answered().filter(answered__gt=0, answered__lt=least)

    def opened_since(self, moment: dt.datetime) -> Self:
        return self.filter(opened_at__gte=moment)

    def to_close(self, today: dt.date) -> Self:
        return self.filter(status=WaveStatus.OPEN, closes_on__lt=today)


def _number_of(rows: models.QuerySet) -> Coalesce:
    mine = rows.filter(wave=models.OuterRef("pk")).order_by().values("wave")
    return Coalesce(models.Subquery(mine.annotate(n=models.Count("pk")).values("n")), 0)


class Wave(Stamped):
    """One round of asking: who was asked what, until when.

    Firms answer in confidence: coordinators see who said what. Students answer without a name: nobody does.
    `told_pilot` is how many answers the pilot has been told of, `safety_seen` how many the safeguarding lead has seen.
    """

    title = models.CharField(_("title"), max_length=160)
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="waves", verbose_name=_("questionnaire")
    )
    asked = models.CharField(_("who is asked"), max_length=8, choices=Asked, default=Asked.CONTACTS)
    group = models.CharField(_("class"), max_length=60, blank=True)
    class_size = models.PositiveSmallIntegerField(
        _("students in the class"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_IN_A_CLASS)],
    )
    pilot = models.ForeignKey(
        Pilot, models.SET_NULL, null=True, blank=True, related_name="waves", verbose_name=_("pilot")
    )
    about = models.CharField(
        _("what they are asked about"),
        max_length=200,
        blank=True,
        help_text=_("One line under the heading of the form, such as “Placement of four students in February”."),
    )
    closes_on = models.DateField(_("open until"))
    status = models.CharField(_("status"), max_length=8, choices=WaveStatus, default=WaveStatus.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("owner")
    )

    told_pilot = models.PositiveIntegerField(default=0, editable=False)
    safety_seen = models.PositiveIntegerField(default=0, editable=False)

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"], name="evaluation_waves_newest"),
            models.Index(fields=["closes_on", "id"], name="evaluation_waves_by_end"),
            # The sweep: waves whose last day is over.
            models.Index(fields=["closes_on"], name="evaluation_waves_open", condition=Q(status=WaveStatus.OPEN)),
            # The figures of a year, and the list of the rounds they count.
            models.Index(fields=["opened_at"], name="evaluation_waves_of_year"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(asked=Asked.CLASS) | Q(class_size__isnull=False) & ~Q(group=""),
                name="evaluation_class_has_name_and_size",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evaluation:wave", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return WAVE_TRANSITIONS

    @property
    def is_of_students(self) -> bool:
        return self.asked != Asked.CONTACTS

    @property
    def is_of_class(self) -> bool:
        return self.asked == Asked.CLASS

    def is_answerable(self, today: dt.date) -> bool:
        return self.status == WaveStatus.OPEN and today <= self.closes_on


class AskedQuerySet(models.QuerySet):
    """People asked in a wave. `UNSENT` says who of them has not sent answers."""

    UNSENT: ClassVar[Q]

    def silent(self) -> Self:
        """Those who were written to and have not sent their answers."""
        return self.exclude(sent_at=None).filter(self.UNSENT)

    def owed(self) -> Self:
        """Those who wait for a mail: never written to, or silent since before a reminder that has not reached them."""
        called = models.F("wave__reminded_at")
        not_reminded = Q(reminded_at=None) | Q(reminded_at__lt=called)
        return self.filter(Q(sent_at=None) | Q(sent_at__lt=called) & not_reminded & self.UNSENT, problem="")


class InvitationQuerySet(AskedQuerySet):
    UNSENT = Q(response=None) | Q(response__submitted_at=None)


class StudentInvitationQuerySet(AskedQuerySet):
    UNSENT = Q(answered=False)


class WrittenTo(models.Model):
    """Whether the mails to somebody asked have left, or why not."""

    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class Invitation(WrittenTo):
    """One person asked in a wave. Links to the form hang on it, so that a new link never breaks an older one."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wave", "contact"], name="evaluation_asked_once"),
        ]
        indexes: ClassVar = [
            # The sweep: who of an open wave has not been written to.
            models.Index(fields=["wave", "id"], name="evaluation_to_send", condition=Q(sent_at=None, problem="")),
            models.Index(fields=["organisation", "-id"], name="evaluation_of_partner"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} in {self.wave_id}"


class StudentInvitation(WrittenTo):
    """One student asked in a wave. That an answer came is all it keeps: nothing joins it to what was said."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="student_invitations")
    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    answered = models.BooleanField(default=False)

    objects = StudentInvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wave", "student"], name="evaluation_student_asked_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["wave", "id"], name="evaluation_students_to_send", condition=Q(sent_at=None, problem="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student_id} in {self.wave_id}"


class FeedbackLink(EmailedLink):
    """The emailed link to one person's form."""

    url_name = "evaluation:answer"

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="links")


class StudentLink(EmailedLink):
    """The emailed link to one student's form. It is never marked as used: that would say when the answer was sent."""

    url_name = "evaluation:answer_student"

    invitation = models.ForeignKey(StudentInvitation, models.CASCADE, related_name="links")


class ClassLink(EmailedLink):
    """The link on a class's sheet: one for all of them, and for nobody's mailbox."""

    url_name = "evaluation:answer_class"

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="class_links")


class ResponseQuerySet(models.QuerySet):
    def submitted(self) -> Self:
        return self.exclude(submitted_at=None)

    def of_firms(self) -> Self:
        return self.filter(organisation__isnull=False)

    def of_students(self, since: dt.datetime, *, least: int) -> Self:
        """Keep what students said in rounds opened since a moment, of which enough answers are in to be shown."""
        rounds = (
            Response.objects.filter(organisation=None, submitted_at__gte=since)
            .order_by()
            .values("wave")
            .annotate(n=models.Count("pk"))
            .filter(n__gte=least)
        )
        return self.filter(organisation=None, submitted_at__gte=since, wave__in=rounds.values("wave"))

    def latest_a_firm(self, since: dt.datetime, field: str) -> Self:
        """Keep each firm's newest response since a moment that answers `field` (`overall` or `recommend`)."""
        answered = {f"{field}__isnull": False, "submitted_at__gte": since}
        newest = (
            Response.objects.filter(organisation=models.OuterRef("organisation"), **answered)
            .order_by("-submitted_at", "-id")
            .values("id")[:1]
        )
        return self.filter(id=models.Subquery(newest), **answered)


class Response(models.Model):
    """One person's answers. `overall` and `recommend` repeat the answers that figures are made of.

    A student's answers name nobody: no invitation, no organisation, a random key, and as their moment the one at which
    their round was opened, the same for all of them.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="responses")
    invitation = models.OneToOneField(Invitation, models.CASCADE, null=True, related_name="response")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now, null=True)
    submitted_at = models.DateTimeField(null=True)
    overall = models.PositiveSmallIntegerField(null=True)
    recommend = models.PositiveSmallIntegerField(null=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ResponseQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["wave", "-submitted_at"], name="evaluation_of_wave"),
            # A partner's panel and the satisfaction figures: each firm's newest answers.
            models.Index(fields=["organisation", "-submitted_at", "-id"], name="evaluation_newest_of_firm"),
            models.Index(
                fields=["-submitted_at"],
                name="evaluation_unread",
                condition=Q(submitted_at__isnull=False, read_at=None, organisation__isnull=False),
            ),
            models.Index(fields=["-submitted_at", "-id"], name="evaluation_by_time"),
            # What students say, by round.
            models.Index(
                fields=["submitted_at", "wave"], name="evaluation_of_students", condition=Q(organisation=None)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(invitation__isnull=False, organisation__isnull=False, started_at__isnull=False)
                | Q(invitation=None, organisation=None, started_at=None),
                name="evaluation_students_stay_unnamed",
            ),
        ]

    def __str__(self) -> str:
        return f"Response {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:response", args=[self.pk])


class Answer(models.Model):
    """What was answered to one question: a number or text. “Can’t say” leaves both empty."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    number = models.SmallIntegerField(null=True)
    text = models.TextField(max_length=4000, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "question"], name="evaluation_answered_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["question", "number"], name="evaluation_figures")]

    def __str__(self) -> str:
        return self.text or str(self.number)
