"""What a school and its partners promise each other in writing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar, Self

from auditlog.registry import auditlog
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from agreements.enums import (
    AGREEMENT_TRANSITIONS,
    BINDING_STATES,
    OPEN_STATES,
    AgreementStatus,
    ContributionKind,
    Party,
    Renewal,
)
from opportunities.models import Proposal
from partnerships.models import Organisation
from pilots.models import Pilot
from roadmap.lifecycle import Transitions
from roadmap.search import Fold

NEVER = dt.date(9999, 12, 31)
LONGEST_CLAUSE = 6_000
BASIC = "basic-mou"


class AgreementTemplate(models.Model):
    """A set of clauses to start from. Agreements copy the words, so that later edits here change no document."""

    key = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=120)
    intro = models.TextField(_("what it is for"), max_length=1000, blank=True)
    checked_on = models.DateField(_("wording last checked"), null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")

    def __str__(self) -> str:
        return self.name


class ClauseText(models.Model):
    """Words of a clause. `{{ name }}` stands for a figure of the agreement; see `agreements.placeholders`."""

    number = models.PositiveSmallIntegerField(_("number"))
    part = models.CharField(_("part"), max_length=80, blank=True)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), max_length=LONGEST_CLAUSE)
    is_locked = models.BooleanField(_("wording locked"), default=False)
    is_binding = models.BooleanField(_("binding by law"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class TemplateClause(ClauseText):
    template = models.ForeignKey(AgreementTemplate, models.CASCADE, related_name="clauses")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "number"], name="agreements_template_clause"),
        ]


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_force(self, on: dt.date) -> Self:
        """Signed by all, begun and not over on that day."""
        return self.filter(status=AgreementStatus.ACTIVE, starts_on__lte=on, ends_on__gte=on)

    def on_the_way(self) -> Self:
        """Begun by us and not yet in force."""
        return self.filter(status__in=OPEN_STATES)

    def ending_by(self, day: dt.date) -> Self:
        return self.filter(ends_on__lte=day)

    def to_activate(self, on: dt.date) -> Self:
        return self.filter(status=AgreementStatus.SIGNED, starts_on__lte=on)

    def to_expire(self, on: dt.date) -> Self:
        return self.filter(status=AgreementStatus.ACTIVE, ends_on__lt=on)

    def for_list(self) -> Self:
        """Add what each side gives a year, and how many of how many have signed."""
        return self.annotate(
            school_value=_given_by(Party.SCHOOL),
            organisation_value=_given_by(Party.ORGANISATION),
            seats=_signatories(),
            signatures=_signatories(signed_at__isnull=False),
        )


def _given_by(party: Party) -> models.functions.Coalesce:
    given = Contribution.objects.filter(agreement=models.OuterRef("pk"), party=party).order_by()
    total = given.values("agreement").annotate(total=models.Sum("value")).values("total")
    money = models.DecimalField(max_digits=14, decimal_places=2)
    return models.functions.Coalesce(models.Subquery(total, output_field=money), Decimal(0), output_field=money)


def _signatories(**which: bool) -> models.functions.Coalesce:
    people = Signatory.objects.filter(agreement=models.OuterRef("pk"), **which).order_by()
    counted = people.values("agreement").annotate(n=models.Count("pk")).values("n")
    return models.functions.Coalesce(models.Subquery(counted), 0)


class Agreement(Stamped):
    """An agreement between the school and one organisation.

    `edition` counts what was sent: taken back into draft, it becomes the next one and signatures start again.
    `ends_on` is never null, so that lists can sort by it; NEVER stands for an open end, and for one not yet agreed.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreements", verbose_name=_("partner"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    pilot = models.ForeignKey(Pilot, models.SET_NULL, null=True, editable=False, related_name="agreements")
    proposal = models.ForeignKey(Proposal, models.SET_NULL, null=True, editable=False, related_name="agreements")
    number = models.CharField(_("reference"), max_length=40, unique=True, editable=False)
    edition = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    template = models.ForeignKey(AgreementTemplate, models.PROTECT, related_name="+", verbose_name=_("template"))
    title = models.CharField(_("title"), max_length=160)
    purpose = models.TextField(_("purpose"), max_length=2000, blank=True)
    expectations = models.TextField(_("what we expect of each other"), max_length=2000, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), default=NEVER)
    is_open_ended = models.BooleanField(_("no fixed end"), default=False)
    renewal = models.CharField(_("renewal"), max_length=12, choices=Renewal, default=Renewal.BY_AGREEMENT)
    notice_days = models.PositiveSmallIntegerField(
        _("days before the end to speak about renewal"), default=90, validators=[MinValueValidator(1)]
    )
    notice_days_termination = models.PositiveSmallIntegerField(
        _("days’ notice for ending early"), default=90, validators=[MinValueValidator(1)]
    )
    places_per_year = models.PositiveSmallIntegerField(_("student places a year"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")

    status = models.CharField(_("state"), max_length=12, choices=AgreementStatus, default=AgreementStatus.DRAFT)
    status_since = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    closed_reason = models.TextField(blank=True, editable=False)

    search_text = models.GeneratedField(
        expression=Fold("number", "title"), output_field=models.TextField(), db_persist=True
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on__gte=models.F("starts_on")), name="agreements_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(is_open_ended=False) | Q(ends_on=NEVER), name="agreements_open_end_has_no_day"
            ),
            # What was signed has a first day.
            models.CheckConstraint(
                condition=~Q(status__in=BINDING_STATES) | Q(starts_on__isnull=False, signed_at__isnull=False),
                name="agreements_signed_has_dates",
            ),
        ]
        indexes: ClassVar = [
            # The list, by each of its orders, and the sweep for what is over.
            models.Index(fields=["ends_on", "id"], name="agreements_by_end"),
            models.Index(fields=["number", "id"], name="agreements_by_number"),
            models.Index(fields=["status_since", "id"], name="agreements_by_move"),
            models.Index(fields=["status", "ends_on", "id"], name="agreements_by_status"),
            # A partner's page and facts.
            models.Index(fields=["organisation", "status", "ends_on"], name="agreements_of_partner"),
            # The sweep: signed ones whose first day has come.
            models.Index(
                fields=["starts_on"], name="agreements_to_activate", condition=Q(status=AgreementStatus.SIGNED)
            ),
            # The Roadmap: what has waited longest in a state.
            models.Index(fields=["status", "status_since", "id"], name="agreements_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("agreements:detail", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return AGREEMENT_TRANSITIONS

    @property
    def is_draft(self) -> bool:
        return self.status == AgreementStatus.DRAFT

    @property
    def is_signed(self) -> bool:
        return self.status in BINDING_STATES

    @property
    def last_day(self) -> dt.date | None:
        return None if self.ends_on == NEVER else self.ends_on


auditlog.register(Agreement, exclude_fields=["updated_at", "version", "status_since", "search_text"])


class AgreementClause(ClauseText):
    """A clause as this agreement has it; its words may change while the agreement is a draft."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="clauses")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreements_clause_number"),
        ]


class Obligation(models.Model):
    """A line of “who does what”: what each side does in one matter."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="obligations")
    order = models.PositiveSmallIntegerField(default=0)
    topic = models.CharField(_("topic"), max_length=60)
    school_text = models.CharField(_("what the college does"), max_length=400, blank=True)
    organisation_text = models.CharField(_("what the partner does"), max_length=400, blank=True)

    class Meta:
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return self.topic


class Contribution(models.Model):
    """Money or something in kind that one side gives each year.

    `value` is quantity times unit value where both are known, else an agreed or estimated sum.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="contributions")
    order = models.PositiveSmallIntegerField(default=0)
    party = models.CharField(_("given by"), max_length=12, choices=Party)
    kind = models.CharField(_("kind"), max_length=12, choices=ContributionKind)
    description = models.CharField(_("what"), max_length=120)
    quantity = models.DecimalField(_("how many"), max_digits=10, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("of what"), max_length=60, blank=True)
    unit_value = models.DecimalField(_("value of one"), max_digits=12, decimal_places=2, null=True, blank=True)
    value = models.DecimalField(_("value a year"), max_digits=12, decimal_places=2)
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(value__gte=0), name="agreements_value_not_negative"),
        ]

    def __str__(self) -> str:
        return self.description


class Signatory(models.Model):
    """Who signs for a side; what was typed when signing is kept as it was typed."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatories")
    order = models.PositiveSmallIntegerField(default=0)
    party = models.CharField(_("signs for"), max_length=12, choices=Party)
    name = models.CharField(_("name"), max_length=120)
    capacity = models.CharField(_("role"), max_length=120)
    email = models.EmailField(_("e-mail"))
    sent_at = models.DateTimeField(null=True, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    signed_name = models.CharField(max_length=120, blank=True, editable=False)
    signed_capacity = models.CharField(max_length=120, blank=True, editable=False)
    declined_at = models.DateTimeField(null=True, editable=False)
    declined_reason = models.TextField(max_length=2000, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            # One address gets one link: nobody signs for both sides with the same mailbox.
            models.UniqueConstraint("agreement", models.functions.Lower("email"), name="agreements_signatory_email"),
        ]
        indexes: ClassVar = [
            # “Waiting for my signature” on Today.
            models.Index(models.functions.Lower("email"), name="agreements_waiting_for", condition=Q(signed_at=None)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_other_name(self) -> bool:
        """Whether somebody typed another name than the one invited."""
        typed, invited = (" ".join(name.split()).casefold() for name in (self.signed_name, self.name))
        return bool(typed) and typed != invited
