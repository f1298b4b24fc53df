"""What is asked, who is asked, and what they answered."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from evaluation.enums import BOUNDS, WAVE_TRANSITIONS, QuestionKind, Topic, WaveStatus
from mailing.models import EmailedLink
from partnerships.models import Contact, Organisation
from roadmap.lifecycle import Transitions


class Questionnaire(Stamped):
    """A set of questions for firms. Once a wave has opened with it, it is frozen: a change makes a new one."""

    title = models.CharField(_("title"), max_length=160)
    intro = models.TextField(_("what it is about"), max_length=600, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"), default=3, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="copies"
    )
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering: ClassVar = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evaluation:questionnaire", args=[self.pk])


class Question(models.Model):
    """One question. `low` and `high` name the ends of a scale."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(_("question"), max_length=300)
    kind = models.CharField(_("answer"), max_length=12, choices=QuestionKind, default=QuestionKind.SCALE)
    topic = models.CharField(_("topic"), max_length=12, choices=Topic, default=Topic.OTHER)
    required = models.BooleanField(_("must be answered"), default=True)
    low = models.CharField(_("word at the low end"), max_length=40, blank=True)
    high = models.CharField(_("word at the high end"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            # A topic's figure reads one answer a response: the two that feed figures may stand once.
            models.UniqueConstraint(
                fields=["questionnaire", "topic"],
                condition=models.Q(topic__in=[Topic.OVERALL, Topic.RECOMMEND]),
                name="evaluation_one_question_a_figure",
            ),
            models.CheckConstraint(
                condition=~models.Q(topic=Topic.OVERALL) | models.Q(kind=QuestionKind.SCALE),
                name="evaluation_overall_is_1_to_5",
            ),
            models.CheckConstraint(
                condition=~models.Q(topic=Topic.RECOMMEND) | models.Q(kind=QuestionKind.RECOMMEND),
                name="evaluation_recommend_is_0_to_10",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def bounds(self) -> tuple[int, int] | None:
        return BOUNDS.get(QuestionKind(self.kind))


class WaveQuerySet(models.QuerySet):
    def with_counts(self) -> Self:
        """Add `invited` and `answered`, each counted on its own index."""
        mine = Invitation.objects.filter(wave=models.OuterRef("pk")).order_by().values("wave")
        answered = Response.objects.submitted().filter(wave=models.OuterRef("pk")).order_by().values("wave")
        count = models.Count("pk")
        return self.annotate(
            invited=models.functions.Coalesce(models.Subquery(mine.annotate(n=count).values("n")), 0),
            answered=models.functions.Coalesce(models.Subquery(answered.annotate(n=count).values("n")), 0),
        )

    def to_close(self, today: dt.date) -> Self:
        return self.filter(status=WaveStatus.OPEN, closes_on__lt=today)


class Wave(Stamped):
    """One round of asking: who was asked what, until when. Answers are confidential: coordinators see who said what."""

    title = models.CharField(_("title"), max_length=160)
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="waves", verbose_name=_("questionnaire")
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

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"], name="evaluation_waves_newest"),
            models.Index(fields=["closes_on", "id"], name="evaluation_waves_by_end"),
            # The sweep: waves whose last day is over.
            models.Index(
                fields=["closes_on"], name="evaluation_waves_open", condition=models.Q(status=WaveStatus.OPEN)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evaluation:wave", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return WAVE_TRANSITIONS

    def is_answerable(self, today: dt.date) -> bool:
        return self.status == WaveStatus.OPEN and today <= self.closes_on


class InvitationQuerySet(models.QuerySet):
    def silent(self) -> Self:
        """Those who were written to and have not sent their answers."""
        return self.exclude(sent_at=None).filter(models.Q(response=None) | models.Q(response__submitted_at=None))

    def owed(self) -> Self:
        """Those who wait for a mail: never written to, or silent since before a reminder that has not reached them."""
        called = models.F("wave__reminded_at")
        not_reminded = models.Q(reminded_at=None) | models.Q(reminded_at__lt=called)
        unsent = models.Q(response=None) | models.Q(response__submitted_at=None)
        return self.filter(models.Q(sent_at=None) | models.Q(sent_at__lt=called) & not_reminded & unsent, problem="")


class Invitation(models.Model):
    """One person asked in a wave. Links to the form hang on it, so that a new link never breaks an older one."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wave", "contact"], name="evaluation_asked_once"),
        ]
        indexes: ClassVar = [
            # The sweep: who of an open wave has not been written to.
            models.Index(
                fields=["wave", "id"], name="evaluation_to_send", condition=models.Q(sent_at=None, problem="")
            ),
            models.Index(fields=["organisation", "-id"], name="evaluation_of_partner"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} in {self.wave_id}"


class FeedbackLink(EmailedLink):
    """The emailed link to one person's form."""

    url_name = "evaluation:answer"

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="links")


class ResponseQuerySet(models.QuerySet):
    def submitted(self) -> Self:
        return self.exclude(submitted_at=None)

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
    """One person's answers. `overall` and `recommend` repeat the answers that figures are made of."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="responses")
    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="response")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
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
                condition=models.Q(submitted_at__isnull=False, read_at=None),
            ),
            models.Index(fields=["-submitted_at"], name="evaluation_by_time"),
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
