"""Proposals: what we offer one partner, round by round, and what they answered."""

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
from mailing.models import EmailedLink
from opportunities.enums import (
    ANSWERABLE_STATES,
    DECIDED_STATES,
    OPEN_STATES,
    PROPOSAL_TRANSITIONS,
    SETTLED_STATES,
    WRITABLE_STATES,
    AnswerKind,
    DecisionReason,
    ProposalStatus,
)
from partnerships.models import Contact, Need, Organisation
from propositions.models import OfferType
from roadmap.lifecycle import Transitions
from roadmap.search import Fold

LONGEST_TEXT = 4_000
LONGEST_ANSWER = 2_000
MOST_MONEY = 9_999_999
MOST_HOURS = 99_999


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> Self:
        """Being written, or neither accepted nor refused yet."""
        return self.filter(status__in=OPEN_STATES)

    def later_rounds(self) -> Self:
        """Open and in the second round or a later one."""
        return self.open().filter(round__gte=2)

    def decided(self) -> Self:
        return self.filter(status__in=DECIDED_STATES)

    def settled(self) -> Self:
        """Accepted, declined or run out: what the share won is worked out of."""
        return self.filter(status__in=SETTLED_STATES)

    def to_expire(self, on: dt.date) -> Self:
        return self.filter(status=ProposalStatus.SENT, valid_until__lt=on)


class Proposal(Stamped):
    """What the school offers one partner, until it is accepted, refused or runs out.

    `round` is the number of its newest version, sent or not. What was sent last decides `valid_until`.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="proposals", verbose_name=_("partner"))
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("goes to")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    number = models.CharField(_("reference"), max_length=40, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=160)
    currency = models.CharField(_("currency"), max_length=3, default="EUR", editable=False)
    round = models.PositiveSmallIntegerField(_("round"), default=1, editable=False)

    status = models.CharField(_("state"), max_length=16, choices=ProposalStatus, default=ProposalStatus.DRAFT)
    status_since = models.DateTimeField(default=timezone.now, editable=False)
    first_sent_on = models.DateField(null=True, editable=False)
    sent_on = models.DateField(_("sent last on"), null=True, editable=False)
    valid_until = models.DateField(_("open for an answer until"), null=True, editable=False)
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    decision_reason = models.CharField(
        _("reason"), max_length=16, choices=DecisionReason, blank=True, default="", editable=False
    )
    decision_words = models.TextField(_("in their words"), max_length=LONGEST_ANSWER, blank=True, editable=False)

    search_text = models.GeneratedField(
        expression=Fold("number", "title"), output_field=models.TextField(), db_persist=True
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_sent_on=None) | Q(sent_on__gte=F("first_sent_on")), name="opportunities_sent_in_order"
            ),
            # What lies with a partner has a day by which it is to be answered.
            models.CheckConstraint(
                condition=~Q(status__in=[*ANSWERABLE_STATES, *SETTLED_STATES])
                | Q(first_sent_on__isnull=False, valid_until__isnull=False),
                name="opportunities_sent_has_days",
            ),
            models.CheckConstraint(
                condition=Q(status__in=DECIDED_STATES, decided_on__isnull=False)
                | (~Q(status__in=DECIDED_STATES) & Q(decided_on=None)),
                name="opportunities_decided_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(status=ProposalStatus.DECLINED) | ~Q(decision_reason=""),
                name="opportunities_declined_has_reason",
            ),
        ]
        indexes: ClassVar = [
            # The list by each of its orders, whole and by state.
            models.Index(fields=["status_since", "id"], name="opportunities_by_move"),
            models.Index(fields=["number", "id"], name="opportunities_by_number"),
            models.Index(fields=["status", "status_since", "id"], name="opportunities_by_status"),
            # A partner's page.
            models.Index(fields=["organisation", "-id"], name="opportunities_of_partner"),
            # Waiting for me.
            models.Index(fields=["owner", "status", "-status_since"], name="opportunities_of_owner"),
            # Figures: open in a later round; the sweep and what runs out: sent and unanswered; how long they took.
            models.Index(fields=["round", "id"], name="opportunities_open_round", condition=Q(status__in=OPEN_STATES)),
            models.Index(
                fields=["valid_until", "id"], name="opportunities_to_expire", condition=Q(status=ProposalStatus.SENT)
            ),
            models.Index(
                fields=["decided_on", "first_sent_on"],
                name="opportunities_decided",
                condition=Q(decided_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("opportunities:proposal", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return PROPOSAL_TRANSITIONS

    @property
    def is_writable(self) -> bool:
        return self.status in WRITABLE_STATES

    @property
    def is_answerable(self) -> bool:
        return self.status in ANSWERABLE_STATES

    @property
    def is_decided(self) -> bool:
        return self.status in DECIDED_STATES


class ProposalVersion(models.Model):
    """A round of a proposal. Once sent it is frozen: `sha256` is the fingerprint of what was sent.

    `title` and `valid_until` stand here too, so that what a partner reads never changes under their eyes.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="versions")
    no = models.PositiveSmallIntegerField(_("round"), default=1)
    title = models.CharField(_("title"), max_length=160)
    intro = models.TextField(_("letter"), max_length=LONGEST_TEXT, blank=True)
    changes = models.TextField(_("what changed, in short"), max_length=600, blank=True)
    valid_until = models.DateField(_("open for an answer until"), null=True, blank=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    sent_to = models.CharField(max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("round of a proposal")
        verbose_name_plural = _("rounds of proposals")
        ordering: ClassVar = ["no"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "no"], name="opportunities_version_no"),
            models.CheckConstraint(
                condition=Q(sent_at=None, sha256="")
                | (Q(sent_at__isnull=False, valid_until__isnull=False) & ~Q(sha256="")),
                name="opportunities_sent_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.no})"

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None


SIDES = ("hours_school", "hours_business", "money_school", "money_business")
# What a point says, whichever round it stands in, beside what it refers to.
ITEM_TERMS = (
    "description",
    "detail",
    "quantity",
    "starts_on",
    "ends_on",
    *SIDES,
)


class ProposalItem(models.Model):
    """A point of a round: what each side puts in for it, in hours and in money, in all.

    `line` stays the same from round to round, so that one can say what changed.
    """

    version = models.ForeignKey(ProposalVersion, models.CASCADE, related_name="items")
    line = models.PositiveSmallIntegerField(editable=False)
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    offer_type = models.ForeignKey(
        OfferType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("offer")
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("programme")
    )
    need = models.ForeignKey(
        Need, models.SET_NULL, null=True, blank=True, related_name="proposed", verbose_name=_("answers the need")
    )
    description = models.CharField(_("point"), max_length=160)
    detail = models.CharField(_("in a few words"), max_length=300, blank=True)
    quantity = models.PositiveIntegerField(
        _("how many"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    hours_school = models.DecimalField(
        _("our hours"),
        max_digits=7,
        decimal_places=1,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS)],
    )
    hours_business = models.DecimalField(
        _("their hours"),
        max_digits=7,
        decimal_places=1,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS)],
    )
    money_school = models.DecimalField(
        _("what we give is worth"),
        max_digits=12,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_MONEY)],
    )
    money_business = models.DecimalField(
        _("what they pay or give is worth"),
        max_digits=12,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_MONEY)],
    )
    reason = models.CharField(_("why it changed"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("point of a proposal")
        verbose_name_plural = _("points of proposals")
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "line"], name="opportunities_item_line"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="opportunities_item_days",
            ),
            models.CheckConstraint(
                condition=Q(hours_school__gte=0, hours_business__gte=0, money_school__gte=0, money_business__gte=0),
                name="opportunities_item_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.description


class ProposalAnswer(models.Model):
    """What a partner answered to a round: by their link, or as a colleague noted it (`recorded_by`)."""

    version = models.ForeignKey(ProposalVersion, models.CASCADE, related_name="answers")
    kind = models.CharField(_("answer"), max_length=10, choices=AnswerKind)
    words = models.TextField(_("in their words"), max_length=LONGEST_ANSWER, blank=True)
    reason = models.CharField(_("main reason"), max_length=16, choices=DecisionReason, blank=True, default="")
    name = models.CharField(_("who answered"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer to a proposal")
        verbose_name_plural = _("answers to proposals")
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"


class ProposalLink(EmailedLink):
    """Opens a proposal for the person it was sent to. A later round to the same person leaves it working."""

    url_name = "opportunities:answer"
    version = models.ForeignKey(ProposalVersion, models.CASCADE, related_name="links")

    class Meta:
        verbose_name = _("link to a proposal")
        verbose_name_plural = _("links to proposals")

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"
