"""A firm, chamber, public body or school, and where its relationship with the school stands."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped, User
from partnerships.enums import (
    STAGE_OF_STATUS,
    STATUS_RANK,
    STATUS_TRANSITIONS,
    EndedReason,
    Kind,
    SizeBand,
    Source,
    Status,
)
from partnerships.models.phones import Compact, validate_phone
from partnerships.nace import DIVISIONS, SECTIONS
from roadmap.lifecycle import Transitions
from roadmap.search import Fold
from roadmap.slots import Words

FAR_FUTURE = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
QUIET_AFTER = dt.timedelta(days=10)
LONG_AGO = dt.datetime(1, 1, 2, tzinfo=dt.UTC)

ON_FILE = models.Q(archived_at=None)
_FORMS = """
    ab ag as bv cic co company corp corporation doo eg eurl ev gbr gmbh group holding holdings inc incorporated kft kg
    lda limited llc llp lp ltd nv ohg oy plc sa sarl sas sl spa spol srl sro
"""
LEGAL_FORMS = frozenset(_FORMS.split())


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def on_file(self) -> Self:
        """Those not archived."""
        return self.filter(ON_FILE)

    def owned_by(self, user: User) -> Self:
        return self.filter(owner=user)

    def without_owner(self) -> Self:
        return self.filter(owner=None)

    def in_partnership(self, on: dt.date) -> Self:
        """Those that are partners, or whose agreement is in force on that day."""
        return self.on_file().filter(models.Q(status=Status.PARTNER) | models.Q(agreement_ends_on__gte=on))

    def with_agreement(self, on: dt.date) -> Self:
        """Those whose agreement is in force on that day."""
        return self.filter(agreement_ends_on__gte=on)

    def without_agreement(self, on: dt.date) -> Self:
        return self.filter(models.Q(agreement_ends_on=None) | models.Q(agreement_ends_on__lt=on))

    def contacted_since(self, at: dt.datetime) -> Self:
        return self.filter(last_contact_at__gte=at)

    def quiet_since(self, at: dt.datetime) -> Self:
        """Those nobody has been in touch with since then, or ever."""
        return self.filter(last_contact_at__lt=at)

    def gone_quiet(self, now: dt.datetime) -> Self:
        """Those contacted that nobody has been in touch with for ten days, and for whom nothing is planned."""
        silent = self.on_file().filter(status=Status.CONTACTED).quiet_since(now - QUIET_AFTER)
        return silent.without_next_step()

    def prospects(self) -> Self:
        return self.on_file().filter(status=Status.PROSPECT)

    def never_contacted(self) -> Self:
        return self.filter(last_contact_at=LONG_AGO)

    def overdue(self, now: dt.datetime) -> Self:
        """Those whose next step is late; one for a whole day is due until its last second."""
        return self.filter(next_step_at__lt=now)

    def without_next_step(self) -> Self:
        return self.filter(next_step_at=FAR_FUTURE)

    def to_revisit(self, until: dt.date) -> Self:
        """Those paused until a day that has come by then."""
        return self.on_file().filter(status=Status.PAUSED, revisit_on__lte=until)

    def for_list(self) -> Self:
        """With just the columns that rows and cards show."""
        return self.select_related("owner").only(*ROW_FIELDS, "owner__name")


class Organisation(Stamped):
    """One installation is one school, so the organisation's relationship with it is on this row too.

    The facts (`last_contact_at` … `agreement_ends_on`) are written by `services.refresh_facts` alone, so that lists and
    boards read one table. Facts that lists sort by are never null: LONG_AGO and FAR_FUTURE stand for “never”.
    """

    name = models.CharField(_("name"), max_length=255)
    legal_name = models.CharField(_("legal name"), max_length=255, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.BUSINESS)
    nace_section = models.CharField(_("sector"), max_length=1, blank=True)
    nace_division = models.CharField(_("division"), max_length=2, blank=True)
    trade = models.CharField(_("trade, in their words"), max_length=160, blank=True)
    size_band = models.CharField(_("staff"), max_length=16, choices=SizeBand, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("general e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[validate_phone])
    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    town = models.CharField(_("town"), max_length=120, blank=True)
    distance_km = models.PositiveSmallIntegerField(_("distance in km"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(_("students at the same time"), null=True, blank=True)
    source = models.CharField(_("found through"), max_length=16, choices=Source, blank=True)
    source_detail = models.CharField(_("found through, in words"), max_length=160, blank=True)
    description = models.TextField(_("notes"), max_length=4000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("owner"),
    )
    do_not_contact = models.BooleanField(_("do not contact"), default=False)
    do_not_contact_reason = models.CharField(_("why not"), max_length=200, blank=True)

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PROSPECT)
    status_since = models.DateTimeField(default=timezone.now)
    ended_reason = models.CharField(_("reason for ending"), max_length=16, choices=EndedReason, blank=True)
    revisit_on = models.DateField(_("look again on"), null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    last_contact_at = models.DateTimeField(default=LONG_AGO, editable=False)
    last_inbound_at = models.DateTimeField(default=LONG_AGO, editable=False)
    next_step_at = models.DateTimeField(default=FAR_FUTURE, editable=False)
    next_step_text = models.CharField(max_length=200, blank=True, editable=False)
    agreement_ends_on = models.DateField(null=True, editable=False)

    name_folded = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)
    status_rank = models.GeneratedField(
        expression=models.Case(*(models.When(status=status, then=rank) for status, rank in STATUS_RANK.items())),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=Fold(
            "name", "legal_name", "trade", "town", "email", "website", "registration_number", "phone", Compact("phone")
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="partnerships_name_given"),
            # An end without its reason teaches the school nothing.
            models.CheckConstraint(
                condition=~models.Q(status=Status.ENDED, ended_reason=""), name="partnerships_ended_has_reason"
            ),
            # What is paused without a day to look again is forgotten.
            models.CheckConstraint(
                condition=~models.Q(status=Status.PAUSED) | models.Q(revisit_on__isnull=False),
                name="partnerships_paused_has_date",
            ),
            # Colleagues must be able to judge whether the ban still holds.
            models.CheckConstraint(
                condition=~models.Q(do_not_contact=True, do_not_contact_reason=""), name="partnerships_ban_has_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(nace_division="") | ~models.Q(nace_section=""),
                name="partnerships_division_in_sector",
            ),
        ]
        indexes: ClassVar = [
            # The list, by each of its orders.
            models.Index(fields=["name_folded", "id"], condition=ON_FILE, name="partners_by_name"),
            models.Index(fields=["last_contact_at", "id"], condition=ON_FILE, name="partners_by_last_contact"),
            models.Index(fields=["next_step_at", "id"], condition=ON_FILE, name="partners_by_next_step"),
            models.Index(fields=["status_rank", "id"], condition=ON_FILE, name="partners_by_status"),
            models.Index(fields=["created_at", "id"], condition=ON_FILE, name="partners_by_added"),
            # The search page: names that begin with a word. The operator class lets LIKE use it in any collation.
            models.Index(
                fields=["name_folded"],
                opclasses=["text_pattern_ops"],
                condition=ON_FILE,
                name="partners_name_begins",
            ),
            # The list's filters; “mine” with what is due first also serves Today.
            models.Index(fields=["owner", "next_step_at", "id"], condition=ON_FILE, name="partners_of_owner"),
            models.Index(fields=["nace_section", "nace_division", "id"], condition=ON_FILE, name="partners_in_sector"),
            models.Index(fields=["status", "last_contact_at", "id"], condition=ON_FILE, name="partners_gone_quiet"),
            models.Index(Upper("town"), "id", condition=ON_FILE, name="partners_in_town"),
            models.Index(fields=["distance_km", "id"], condition=ON_FILE, name="partners_by_distance"),
            models.Index(
                fields=["agreement_ends_on", "id"],
                condition=ON_FILE & models.Q(agreement_ends_on__isnull=False),
                name="partners_with_agreement",
            ),
            models.Index(fields=["name_folded", "id"], condition=~ON_FILE, name="partners_archived"),
            # Morning reminder and Today: pauses that are over.
            models.Index(
                fields=["owner", "revisit_on"],
                condition=ON_FILE & models.Q(status=Status.PAUSED),
                name="partners_to_revisit",
            ),
            # The board: a column's cards, those due first on top, and how many there are.
            models.Index(fields=["status", "next_step_at", "id"], condition=ON_FILE, name="partners_on_board"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partnerships:detail", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return STATUS_TRANSITIONS

    @property
    def stage(self) -> int | None:
        """The stage whose colour the status has; None for paused and ended."""
        return STAGE_OF_STATUS.get(Status(self.status))

    @property
    def short_name(self) -> str:
        """The name without the legal form at its end, for the two letters that stand for a firm."""
        words = self.name.split()
        telling = [word for word in words if word.strip(".,").lower() not in LEGAL_FORMS]
        return " ".join(telling or words)

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def sector(self) -> Words:
        """The trade by NACE, as exactly as it is known."""
        if self.nace_division in DIVISIONS:
            return DIVISIONS[self.nace_division][1]
        return SECTIONS.get(self.nace_section, "")

    @property
    def sector_code(self) -> str:
        return f"{self.nace_section}{self.nace_division}"

    @property
    def trade_words(self) -> Words:
        return self.trade or self.sector

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.street, self.town) if part)

    @property
    def has_contact(self) -> bool:
        """Whether anybody has ever been in touch."""
        return self.last_contact_at > LONG_AGO

    @property
    def added_on(self) -> dt.date:
        return timezone.localdate(self.created_at)

    @property
    def last_contact_on(self) -> dt.date | None:
        return timezone.localdate(self.last_contact_at) if self.has_contact else None

    @property
    def has_next_step(self) -> bool:
        return self.next_step_at < FAR_FUTURE

    @property
    def next_step_on(self) -> dt.date | None:
        return timezone.localdate(self.next_step_at) if self.has_next_step else None

    @property
    def is_late(self) -> bool:
        return self.next_step_at < timezone.now()

    @property
    def colour(self) -> int:
        """The stage that colours its letters; none for paused and ended."""
        return self.stage or 0


ROW_FIELDS = (
    "id",
    "name",
    "trade",
    "nace_section",
    "nace_division",
    "town",
    "distance_km",
    "status",
    "last_contact_at",
    "next_step_at",
    "next_step_text",
    "agreement_ends_on",
    "do_not_contact",
    "archived_at",
    "owner",
    "name_folded",
    "status_rank",
    "created_at",
)
