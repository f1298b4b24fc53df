"""What is asked."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from evaluation.enums import BOUNDS, Audience, QuestionKind, Topic


class Questionnaire(Stamped):
    """A set of questions for firms or for students. Once a wave has opened with it, it is frozen: change a copy."""

    title = models.CharField(_("title"), max_length=160)
    intro = models.TextField(_("what it is about"), max_length=600, blank=True)
    audience = models.CharField(_("who answers"), max_length=8, choices=Audience, default=Audience.FIRMS)
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
                condition=Q(topic__in=[Topic.OVERALL, Topic.RECOMMEND]),
                name="evaluation_one_question_a_figure",
            ),
            models.CheckConstraint(
                condition=~Q(topic=Topic.OVERALL) | Q(kind=QuestionKind.SCALE),
                name="evaluation_overall_is_1_to_5",
            ),
            models.CheckConstraint(
                condition=~Q(topic=Topic.SAFE) | Q(kind=QuestionKind.YES_NO),
                name="evaluation_safe_is_yes_or_no",
            ),
            models.CheckConstraint(
                condition=~Q(topic=Topic.RECOMMEND) | Q(kind=QuestionKind.RECOMMEND),
                name="evaluation_recommend_is_0_to_10",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def bounds(self) -> tuple[int, int] | None:
        return BOUNDS.get(QuestionKind(self.kind))
