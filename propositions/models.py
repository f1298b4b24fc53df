"""What a school offers to which firms and why it should be believed; and the words of others, with their consent."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import ClassVar, Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from goals.models import Programme
from mailing.models import EmailedLink
from partnerships.models import Contact, Organisation
from propositions.enums import (
    CONSENTED_STATES,
    OPEN_STATES,
    PROPOSITION_TRANSITIONS,
    STRENGTH_ICONS,
    TESTIMONIAL_TRANSITIONS,
    BenefitKind,
    Channel,
    NameShown,
    Price,
    PropositionStatus,
    StrengthKind,
    TestimonialStatus,
)
from roadmap.lifecycle import Transitions
from roadmap.search import Fold

# A strength that nobody ever checked was due for checking then.
NEVER_CHECKED = dt.date(1, 1, 2)
PROOF_LASTS_MONTHS = 12
MOST_BENEFITS = 8
LONGEST_QUOTE = 600


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

    def is_usable(self, on: dt.date) -> bool:
        return self.is_shareable and self.is_checked(on)


class Segment(Stamped):
    """A kind of firm that hears the same promise: a stored, checked filter of the list of partners."""

    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("who decides there, and what sets them apart"), max_length=300, blank=True)
    pains = models.TextField(_("what worries them"), max_length=1500, blank=True)
    query = models.CharField(_("filter"), max_length=2000, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], condition=Q(archived_at=None), name="propositions_segment_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("propositions:segment", args=[self.pk])


class PropositionQuerySet(models.QuerySet["Proposition"]):
    def published(self) -> Self:
        return self.filter(status=PropositionStatus.PUBLISHED)

    def current(self) -> Self:
        """Everything that is not put away."""
        return self.exclude(status=PropositionStatus.RETIRED)

    def waiting(self) -> Self:
        return self.filter(status=PropositionStatus.IN_REVIEW)

    def to_review(self, on: dt.date) -> Self:
        return self.published().filter(review_by__lt=on)


class Proposition(Stamped):
    """A value sheet: why one kind of firm should say yes. Each row is one edition; what is in use is frozen.

    `supersedes` is the edition that this one replaces once it comes into use.
    """

    segment = models.ForeignKey(Segment, models.PROTECT, related_name="propositions", verbose_name=_("who it is for"))
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="propositions",
        verbose_name=_("programme"),
    )
    offer = models.ForeignKey(
        OfferType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("what to start with"),
    )
    headline = models.CharField(_("headline"), max_length=90)
    promise = models.TextField(_("promise"), max_length=500, blank=True)
    edition = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    supersedes = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="successors"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    status = models.CharField(
        _("state"), max_length=12, choices=PropositionStatus, default=PropositionStatus.DRAFT, editable=False
    )
    status_since = models.DateTimeField(default=timezone.now, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    approved_on = models.DateField(null=True, editable=False)
    review_by = models.DateField(_("look at it again by"), null=True, blank=True)

    search_text = models.GeneratedField(
        expression=Fold("headline", "promise"), output_field=models.TextField(), db_persist=True
    )

    objects = PropositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("value sheet")
        verbose_name_plural = _("value sheets")
        constraints: ClassVar = [
            # One next edition at a time.
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=Q(status__in=OPEN_STATES, supersedes__isnull=False),
                name="propositions_one_next_edition",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[PropositionStatus.APPROVED, PropositionStatus.PUBLISHED])
                | Q(approved_on__isnull=False),
                name="propositions_used_is_approved",
            ),
        ]
        indexes: ClassVar = [
            # The list, by each of its orders; Today: what waits for approval.
            models.Index(fields=["headline", "id"], name="propositions_by_headline"),
            models.Index(fields=["status_since", "id"], name="propositions_by_move"),
            models.Index(fields=["status", "status_since"], name="propositions_by_status"),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("propositions:sheet", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return PROPOSITION_TRANSITIONS


class Benefit(models.Model):
    """What a firm gains, the strengths behind it, and its proof: a fact with source and date, or somebody's words."""

    proposition = models.ForeignKey(Proposition, models.CASCADE, related_name="benefits")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    statement = models.CharField(_("what they gain"), max_length=120)
    detail = models.CharField(_("in a sentence or two"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=BenefitKind, default=BenefitKind.TALENT)
    strengths = models.ManyToManyField(
        Strength, blank=True, related_name="benefits", verbose_name=_("strengths behind it")
    )
    proof = models.CharField(_("proof"), max_length=200, blank=True)
    proof_source = models.CharField(_("where it comes from"), max_length=120, blank=True)
    proof_as_of = models.DateField(_("as of"), null=True, blank=True)
    testimonial = models.ForeignKey(
        "Testimonial",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="benefits",
        verbose_name=_("or in somebody’s words"),
    )

    class Meta:
        verbose_name = _("benefit")
        verbose_name_plural = _("benefits")
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return self.statement


class TestimonialQuerySet(models.QuerySet["Testimonial"]):
    def consented(self) -> Self:
        """Those whose subject said yes to at least one place and has not taken it back."""
        return self.filter(status__in=CONSENTED_STATES)

    def unseen_by(self, user: models.Model) -> Self:
        """Answers to this user's requests that nobody has marked as read."""
        return self.filter(created_by=user, answered_at__isnull=False, seen_at=None)

    def to_expire(self, today: dt.date) -> Self:
        return self.filter(status=TestimonialStatus.REQUESTED, answer_by__lt=today)

    def shown_in(self, channel: Channel, on: dt.date) -> Self:
        """Those whose subject agreed to that place, for that day, and which the school has released for it."""
        consents = PublicationConsent.objects.in_force(on).filter(channel=channel, published_at__isnull=False)
        return self.consented().filter(pk__in=consents.values("testimonial"))


class Testimonial(Stamped):
    """What somebody at a firm said about working with the school, and how far it may be shown.

    `quote` is what was asked about and, once answered, what they approved; it never changes after that. `asked_quote`
    keeps what we proposed. `person_name` and `person_role` are as they were when they were asked.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="testimonials", verbose_name=_("partner")
    )
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="testimonials", verbose_name=_("who said it"))
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("programme")
    )
    quote = models.TextField(_("their words"), max_length=LONGEST_QUOTE)
    asked_quote = models.TextField(max_length=LONGEST_QUOTE, editable=False)
    source = models.CharField(_("where they said it"), max_length=120)
    said_on = models.DateField(_("when"), null=True, blank=True)
    person_name = models.CharField(max_length=200, editable=False)
    person_role = models.CharField(max_length=160, blank=True, editable=False)
    name_shown = models.CharField(max_length=8, choices=NameShown, default=NameShown.NOBODY, editable=False)
    status = models.CharField(
        _("state"), max_length=12, choices=TestimonialStatus, default=TestimonialStatus.REQUESTED, editable=False
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answer_by = models.DateField(editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    seen_at = models.DateTimeField(null=True, editable=False)

    search_text = models.GeneratedField(
        expression=Fold("quote", "person_name", "person_role", "source"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = TestimonialQuerySet.as_manager()

    class Meta:
        verbose_name = _("testimonial")
        verbose_name_plural = _("testimonials")
        indexes: ClassVar = [
            # The list, newest first, whole and by state; the figure of those that may be shown.
            models.Index(fields=["-asked_at", "-id"], name="propositions_quotes_newest"),
            models.Index(fields=["status", "-asked_at", "-id"], name="propositions_quotes_by_state"),
            models.Index(fields=["organisation", "-asked_at"], name="propositions_quotes_of_firm"),
            # The sweep: asked, and the time for an answer is over.
            models.Index(
                fields=["answer_by"],
                name="propositions_quotes_open",
                condition=Q(status=TestimonialStatus.REQUESTED),
            ),
            # Today: answers that whoever asked has not looked at.
            models.Index(
                fields=["created_by", "-answered_at"],
                name="propositions_quotes_unseen",
                condition=Q(answered_at__isnull=False, seen_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.quote

    def get_absolute_url(self) -> str:
        return reverse("propositions:testimonial", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return TESTIMONIAL_TRANSITIONS


class PublicationConsentQuerySet(models.QuerySet["PublicationConsent"]):
    def in_force(self, on: dt.date) -> Self:
        return self.filter(ended_at=None, until__gte=on)

    def run_out(self, on: dt.date) -> Self:
        return self.filter(ended_at=None, until__lt=on)


class PublicationConsent(models.Model):
    """One person's yes to one place, for as long as their link can take it back. What has ended stays as proof.

    `words` and `shown_as` are exactly what they saw; `published_at` is when the school began to use it there.
    """

    testimonial = models.ForeignKey(Testimonial, models.CASCADE, related_name="consents")
    channel = models.CharField(_("place"), max_length=12, choices=Channel)
    words = models.TextField(max_length=LONGEST_QUOTE)
    shown_as = models.CharField(max_length=600)
    given_at = models.DateTimeField(default=timezone.now)
    until = models.DateField()
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = PublicationConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["testimonial", "channel"],
                condition=Q(ended_at=None),
                name="propositions_one_consent_a_place",
            ),
        ]
        indexes: ClassVar = [
            # What may be shown in a place; the sweep for what has run out.
            models.Index(fields=["until", "channel"], name="propositions_consents", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.testimonial_id}"


class ConsentLink(EmailedLink):
    """The emailed link with which somebody says where their words may be shown, and takes them down again."""

    url_name = "propositions:consent"

    testimonial = models.ForeignKey(Testimonial, models.CASCADE, related_name="links")


auditlog.register(Proposition, exclude_fields=["updated_at", "version", "status_since", "search_text"])
auditlog.register(PublicationConsent)
