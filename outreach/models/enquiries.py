"""What people outside write through the contact form, and what the school answers."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from mailing.models import Message
from outreach.enums import (
    ENQUIRY_TRANSITIONS,
    OPEN_ENQUIRIES,
    REPORT_TRANSITIONS,
    Channel,
    Credit,
    Direction,
    Door,
    EnquiryStatus,
    ReportStatus,
    Suspicion,
    Wish,
)
from partnerships.models import Contact, Organisation
from roadmap.lifecycle import Transitions
from roadmap.search import Fold

MOST_LETTERS = 4000
CAME_DUE_DAYS = 90


class Received(Stamped):
    """Something that came through the contact form.

    The hashes stand for the sender’s network and e-mail address. They change every day, serve to limit how often
    somebody may write, and are forgotten after two days.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    message = models.TextField(_("message"), max_length=MOST_LETTERS)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    network_hash = models.CharField(max_length=64, blank=True, editable=False)
    email_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True
        indexes: ClassVar = [
            # How often has this sender written lately? And: whose hashes are to be forgotten?
            models.Index(
                fields=["network_hash", "received_at"],
                condition=~Q(network_hash=""),
                name="%(app_label)s_%(class)s_net",
            ),
            models.Index(
                fields=["email_hash", "received_at"], condition=~Q(email_hash=""), name="%(app_label)s_%(class)s_mail"
            ),
            models.Index(fields=["received_at"], name="%(app_label)s_%(class)s_at"),
        ]

    def __str__(self) -> str:
        return self.reference


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def open(self) -> Self:
        """Those that wait for the school."""
        return self.filter(status__in=OPEN_ENQUIRIES)

    def held_back(self) -> Self:
        return self.filter(status=EnquiryStatus.SUSPECTED)

    def for_queue(self) -> Self:
        """The oldest promise first, with what a row shows."""
        return self.for_rows().order_by("due_on", "id")

    def for_rows(self) -> Self:
        return self.select_related("assigned_to").defer("search_text", "results")

    def overdue(self, today: dt.date) -> Self:
        return self.open().filter(due_on__lt=today)

    def came_due(self, today: dt.date) -> Self:
        """Those whose promised day came in the last ninety days, but for spam and what was not for the school."""
        since = today - dt.timedelta(days=CAME_DUE_DAYS)
        left_out = [EnquiryStatus.SUSPECTED, EnquiryStatus.SPAM, EnquiryStatus.OUT_OF_SCOPE]
        return self.filter(due_on__gte=since, due_on__lt=today).exclude(status__in=left_out)


class Enquiry(Received):
    """A question, a practice or a business that wants to work with the school.

    `due_on` is the day by which an answer was promised, `answered_on` the day of the first one, `moved_at` when the
    status changed last.
    """

    door = models.CharField(_("kind"), max_length=10, choices=Door)
    status = models.CharField(_("state"), max_length=12, choices=EnquiryStatus, default=EnquiryStatus.NEW)
    suspicion = models.CharField(_("held back because"), max_length=8, choices=Suspicion, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    town = models.CharField(_("town"), max_length=120, blank=True)
    wishes = models.JSONField(_("wishes"), default=list, blank=True)
    people = models.PositiveSmallIntegerField(_("people"), null=True, blank=True)
    by_when = models.CharField(_("by when"), max_length=80, blank=True)
    title = models.CharField(_("title"), max_length=160, blank=True)
    stage = models.PositiveSmallIntegerField(_("stage"), null=True, blank=True)
    results = models.TextField(_("what came of it"), max_length=MOST_LETTERS, blank=True)
    credit = models.CharField(_("how to be named"), max_length=12, choices=Credit, blank=True)
    due_on = models.DateField(_("answer promised by"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    moved_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="enquiries",
        verbose_name=_("who answers"),
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="enquiries", verbose_name=_("partner")
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="enquiries", verbose_name=_("person")
    )

    search_text = models.GeneratedField(
        expression=Fold("reference", "name", "organisation_name", "email", "title"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = EnquiryQuerySet.as_manager()

    class Meta(Received.Meta):
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        indexes: ClassVar = [
            *Received.Meta.indexes,
            # The queue, how many are open, and what is overdue.
            models.Index(fields=["status", "due_on", "id"], name="outreach_enquiry_queue"),
            # The list of all, and those that came due.
            models.Index(fields=["due_on", "id"], name="outreach_enquiry_due"),
            models.Index(fields=["received_at", "id"], name="outreach_enquiry_received"),
            # Every night: what has been quiet for long, and what was closed long ago.
            models.Index(fields=["status", "moved_at"], name="outreach_enquiry_quiet"),
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="outreach_enquiry_closed"),
        ]
        constraints: ClassVar = [
            # What is closed counts its months from a moment; what is not must never be erased.
            models.CheckConstraint(
                condition=Q(status=EnquiryStatus.CLOSED, closed_at__isnull=False)
                | (~Q(status=EnquiryStatus.CLOSED) & Q(closed_at__isnull=True)),
                name="outreach_enquiry_closed_at",
            ),
            # Without either nobody could be answered.
            models.CheckConstraint(condition=~Q(email="", phone=""), name="outreach_enquiry_reachable"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("outreach:enquiry", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return ENQUIRY_TRANSITIONS

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_ENQUIRIES

    @property
    def is_held_back(self) -> bool:
        return self.status == EnquiryStatus.SUSPECTED

    @property
    def sender(self) -> str:
        """Who wrote, in a few words: the firm, or the person and where from."""
        if self.door == Door.BUSINESS:
            return self.organisation_name
        return ", ".join(part for part in (self.name, self.organisation_name) if part)

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def wish_labels(self) -> list[str]:
        return [str(Wish(wish).label) for wish in self.wishes if wish in Wish]

    def is_overdue(self, today: dt.date) -> bool:
        return self.is_open and self.due_on < today


class EnquiryReply(models.Model):
    """A word of the school to whoever enquired, or back: the thread, oldest first.

    `message` is the mail where Tandem sent it, `undelivered_at` since when it is known not to have arrived.
    """

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="replies", db_index=False)
    direction = models.CharField(max_length=3, choices=Direction)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.EMAIL)
    text = models.TextField(max_length=8000)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    undelivered_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["enquiry", "at", "id"], name="outreach_reply_thread")]

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.at:%Y-%m-%d}"

    @property
    def is_ours(self) -> bool:
        return self.direction == Direction.OUT


class ProblemReport(Received):
    """A report of a problem, for the school’s safeguarding lead alone.

    It is no enquiry: no list, figure, search, export or mail that others see can come across one.
    """

    status = models.CharField(_("state"), max_length=8, choices=ReportStatus, default=ReportStatus.OPEN)
    note = models.TextField(_("note"), max_length=MOST_LETTERS, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(Received.Meta):
        verbose_name = _("report of a problem")
        verbose_name_plural = _("reports of a problem")
        indexes: ClassVar = [
            *Received.Meta.indexes,
            models.Index(fields=["status", "received_at", "id"], name="outreach_report_list"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("outreach:report", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return REPORT_TRANSITIONS

    @property
    def is_open(self) -> bool:
        return self.status == ReportStatus.OPEN
