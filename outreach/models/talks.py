"""What was said with a firm, what comes next, and which reminders have left."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from mailing.models import Message
from outreach.enums import FOLLOW_UP_TRANSITIONS, UNANSWERED, Channel, Direction, FollowUpStatus, Outcome
from partnerships.models import Contact, Organisation
from roadmap.lifecycle import Transitions


class InteractionQuerySet(models.QuerySet):
    def kept(self) -> Self:
        """Those that nobody deleted."""
        return self.filter(archived_at=None)

    def in_touch(self) -> Self:
        """Calls, e-mails and meetings; neither notes nor mails that never arrived."""
        return self.kept().filter(undelivered_at=None).exclude(channel=Channel.NOTE)

    def since(self, at: dt.datetime, now: dt.datetime) -> Self:
        return self.filter(at__gt=at, at__lte=now)

    def for_rows(self) -> Self:
        """With what a row shows of the partner, the people and the colleague."""
        return self.select_related("organisation", "by").prefetch_related("contacts").defer("organisation__search_text")

    def from_us(self) -> Self:
        """Times we got in touch, whether or not anybody answered."""
        return self.in_touch().filter(direction=Direction.OUT)

    def heard_from(self) -> Self:
        """Times the other side said something: they called or wrote, took our call, or met us."""
        return self.in_touch().filter(HEARD)


# What counts as having heard from a firm, of interactions that are in touch at all.
HEARD = Q(direction=Direction.IN) | Q(channel=Channel.MEETING) | Q(channel=Channel.CALL, outcome=Outcome.REACHED)


class Interaction(Stamped):
    """A call, e-mail, meeting or note, as a colleague recorded it.

    `message` is the mail where Tandem itself sent it, `undelivered_at` since when it is known not to have arrived.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="interactions", db_index=False, verbose_name=_("partner")
    )
    contacts = models.ManyToManyField(Contact, related_name="interactions", blank=True, verbose_name=_("people"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction, default=Direction.OUT)
    at = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    summary = models.TextField(_("what was said"), max_length=8000, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="interactions", db_index=False
    )
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    undelivered_at = models.DateTimeField(null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InteractionQuerySet.as_manager()

    class Meta:
        verbose_name = _("interaction")
        verbose_name_plural = _("interactions")
        indexes: ClassVar = [
            # Facts of an organisation, and what was last said with it.
            models.Index(fields=["organisation", "-at", "-id"], name="outreach_ia_partner"),
            # Whom a colleague was in touch with last.
            models.Index(fields=["by", "-at", "-id"], name="outreach_ia_mine"),
            # Figures of a period.
            models.Index(fields=["at", "id"], name="outreach_ia_period"),
        ]
        constraints: ClassVar = [
            # A note has no direction of its own and nobody who could have answered it.
            models.CheckConstraint(
                condition=~Q(channel=Channel.NOTE) | Q(direction=Direction.OUT, outcome=""), name="outreach_ia_note"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("outreach:interaction", args=[self.pk])

    @property
    def was_unanswered(self) -> bool:
        return self.outcome in UNANSWERED

    @property
    def is_mail_of_ours(self) -> bool:
        """Whether Tandem sent it: what has left cannot be unsaid."""
        return self.message_id is not None


auditlog.register(Interaction, exclude_fields=["updated_at", "version"], m2m_fields={"contacts"})


class FollowUpQuerySet(models.QuerySet):
    def planned(self) -> Self:
        return self.filter(status=FollowUpStatus.OPEN)

    def came_due(self, today: dt.date) -> Self:
        """Whose day came in the last ninety days, today left out, but for those that turned out unneeded."""
        since = today - dt.timedelta(days=90)
        return self.filter(due_on__gte=since, due_on__lt=today).exclude(status=FollowUpStatus.SKIPPED)

    def for_rows(self) -> Self:
        """With what a row shows of the partner, the person and the colleague."""
        return self.select_related("organisation", "contact", "owner").only(
            "title", "due_on", "due_at", "note", "status", "snoozed", "version", "done_at",
            "organisation", "organisation__name", "organisation__status",
            "contact", "contact__name", "owner", "owner__name", "owner__email",
        )  # fmt: skip


class FollowUp(Stamped):
    """Something a colleague means to do about a partner on a day, or at an hour of it.

    `due_on` is the school's calendar day, `due_at` the moment where an hour was given. `remind_at` is that moment for
    as long as its reminder is owed; nothing else decides whether one leaves.
    """

    title = models.CharField(_("what to do"), max_length=200)
    due_on = models.DateField(_("day"))
    due_at = models.DateTimeField(_("time"), null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="follow_ups",
        db_index=False,
        verbose_name=_("who does it"),
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="follow_ups", db_index=False, verbose_name=_("partner")
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="follow_ups", verbose_name=_("person")
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)
    status = models.CharField(_("state"), max_length=8, choices=FollowUpStatus, default=FollowUpStatus.OPEN)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    snoozed = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        indexes: ClassVar = [
            # Today, the morning reminder and the list of one's own.
            models.Index(fields=["owner", "status", "due_on", "id"], name="outreach_fu_mine"),
            # The list of the whole team, and the figures of a period.
            models.Index(fields=["status", "due_on", "id"], name="outreach_fu_team"),
            models.Index(fields=["due_on", "id"], name="outreach_fu_all"),
            # A partner's next step.
            models.Index(fields=["organisation", "status", "due_on", "id"], name="outreach_fu_partner"),
            # The reminders' clock: what is owed a mail at an hour.
            models.Index(fields=["remind_at", "id"], name="outreach_fu_remind", condition=Q(remind_at__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status=FollowUpStatus.OPEN, done_at__isnull=True)
                | (~Q(status=FollowUpStatus.OPEN) & Q(done_at__isnull=False)),
                name="outreach_fu_done_at",
            ),
            # A reminder is owed only for a planned follow-up that has an hour.
            models.CheckConstraint(
                condition=Q(remind_at__isnull=True) | Q(status=FollowUpStatus.OPEN, due_at__isnull=False),
                name="outreach_fu_remind_hour",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("outreach:follow_up", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return FOLLOW_UP_TRANSITIONS

    @property
    def is_planned(self) -> bool:
        return self.status == FollowUpStatus.OPEN

    @property
    def due_time(self) -> dt.time | None:
        """The hour on the clock in force."""
        return timezone.localtime(self.due_at).time() if self.due_at else None


class MorningReminder(models.Model):
    """One colleague's morning, dealt with: the mail that left, or nothing where nothing was due.

    The row is the promise that no second mail leaves for this day of the school's calendar, whatever the clocks do.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="morning_reminders", db_index=False)
    on = models.DateField()
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "on"], name="outreach_morning_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.on}"
