"""The organisations a school works with, their people, and what happened."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from partnerships.enums import (
    STAGE_OF_STATUS,
    STATUS_TRANSITIONS,
    ContactRole,
    EndedReason,
    Kind,
    SizeBand,
    Source,
    Status,
)
from roadmap.lifecycle import Transitions
from roadmap.search import Fold

FAR_FUTURE = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
LONG_AGO = dt.datetime(1, 1, 2, tzinfo=dt.UTC)


class OrganisationQuerySet(models.QuerySet):
    def on_file(self) -> Self:
        """Those not archived."""
        return self.filter(archived_at=None)

    def in_relationship(self) -> Self:
        """Those the school works or talks with: neither paused nor ended."""
        return self.on_file().exclude(status__in=[Status.PAUSED, Status.ENDED])


class Organisation(Stamped):
    """A firm, chamber, public body or school. One installation is one school, so its relationship is on the row too.

    The facts (`last_contact_at` … `active_placements`) are written by `services.refresh_facts` alone, so that lists and
    boards read one table. Facts that lists sort by are never null: LONG_AGO and FAR_FUTURE stand for “never”.
    """

    name = models.CharField(_("name"), max_length=255)
    legal_name = models.CharField(_("legal name"), max_length=255, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.BUSINESS)
    nace_section = models.CharField(_("sector (NACE)"), max_length=1, blank=True)
    nace_division = models.CharField(_("division (NACE)"), max_length=2, blank=True)
    trade = models.CharField(_("trade, in their words"), max_length=160, blank=True)
    size_band = models.CharField(_("staff"), max_length=16, choices=SizeBand, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("general e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    town = models.CharField(_("town"), max_length=120, blank=True)
    distance_km = models.PositiveSmallIntegerField(_("distance in km"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(_("students at once"), null=True, blank=True)
    source = models.CharField(_("found through"), max_length=16, choices=Source, blank=True)
    source_detail = models.CharField(_("found through, in words"), max_length=160, blank=True)
    description = models.TextField(_("notes"), max_length=4000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="organisations", verbose_name=_("owner")
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

    search_text = models.GeneratedField(
        expression=Fold("name", "legal_name", "trade", "town", "email", "phone", "website", "registration_number"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

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


class Contact(Stamped):
    """A person at an organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts", verbose_name=_("organisation"))
    name = models.CharField(_("name"), max_length=200)
    job_title = models.CharField(_("job title"), max_length=160, blank=True)
    role = models.CharField(_("role in the partnership"), max_length=16, choices=ContactRole, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    is_primary = models.BooleanField(_("main contact"), default=False)
    do_not_contact = models.BooleanField(_("does not want to be contacted"), default=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    search_text = models.GeneratedField(
        expression=Fold("name", "email", "phone", "job_title"), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('partnerships:detail', args=[self.organisation_id])}#people"


class TimelineEvent(models.Model):
    """One thing that happened with an organisation. Append-only; erasure and merge alone change it.

    `kind` is declared by a TimelineKind slot; `url_name` and `object_id` lead to what it is about.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="timeline")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    title = models.CharField(max_length=255)
    body = models.TextField(blank=True)
    url_name = models.CharField(max_length=80, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            # A partner's page: newest first, then older by keyset.
            models.Index(fields=["organisation", "-at", "-id"], name="partnerships_timeline"),
        ]

    def __str__(self) -> str:
        return self.title
