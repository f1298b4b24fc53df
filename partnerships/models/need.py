"""What a firm needs, as somebody there said it."""

import datetime as dt
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from partnerships.enums import NEED_TRANSITIONS, URGENCY_RANK, NeedKind, NeedStatus, Urgency
from partnerships.models.contact import Contact
from partnerships.models.organisation import Organisation
from roadmap.lifecycle import Transitions
from roadmap.search import Fold

VALID_FOR = dt.timedelta(days=365)
MOST_PEOPLE = 9999
OPEN = models.Q(status=NeedStatus.OPEN)


class NeedQuerySet(models.QuerySet["Need"]):
    def open(self) -> Self:
        """Those nobody has answered yet."""
        return self.filter(OPEN)

    def stated_before(self, day: dt.date) -> Self:
        return self.filter(stated_on__lt=day)

    def for_list(self) -> Self:
        """With just what the list shows."""
        return self.select_related("organisation", "stated_by").only(
            "title", "kind", "headcount", "urgency", "urgency_rank", "stated_on", "status", "organisation__name",
            "stated_by__name",
        )  # fmt: skip

    def alive(self) -> Self:
        """Open ones and those that an offer answers."""
        return self.filter(status__in=[NeedStatus.OPEN, NeedStatus.MATCHED])

    def in_order(self) -> Self:
        """What is wanted soonest first."""
        return self.order_by("urgency_rank", "-id")


class Need(Stamped):
    """A need holds for a year from the day it was stated, unless the firm says so again."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="needs", db_index=False)
    kind = models.CharField(_("kind"), max_length=24, choices=NeedKind)
    title = models.CharField(_("need"), max_length=160)
    detail = models.TextField(_("details"), max_length=4000, blank=True)
    headcount = models.PositiveSmallIntegerField(
        _("people"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    urgency = models.CharField(_("when"), max_length=12, choices=Urgency, default=Urgency.TWELVE_MONTHS)
    stated_by = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="needs", verbose_name=_("who said it")
    )
    stated_on = models.DateField(_("said on"), default=timezone.localdate)
    status = models.CharField(_("status"), max_length=12, choices=NeedStatus, default=NeedStatus.OPEN)

    urgency_rank = models.GeneratedField(
        expression=models.Case(*(models.When(urgency=urgency, then=rank) for urgency, rank in URGENCY_RANK.items())),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=Fold("title", "detail"), output_field=models.TextField(), db_persist=True
    )

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title=""), name="partnerships_need_named"),
        ]
        indexes: ClassVar = [
            # A partner’s page, and “has an open need” on the list of partners.
            models.Index(fields=["organisation", "status"], name="partnerships_needs_of"),
            # The list of needs, by each of its orders, and how many are open.
            models.Index(fields=["status", "urgency_rank", "id"], name="partnerships_needs_urgency"),
            models.Index(fields=["urgency_rank", "id"], name="partnerships_needs_all"),
            models.Index(fields=["stated_on", "id"], name="partnerships_needs_stated"),
            models.Index(fields=["kind", "id"], name="partnerships_needs_kind"),
            # Every night: what was stated a year ago and never again.
            models.Index(fields=["stated_on"], condition=OPEN, name="partnerships_needs_to_expire"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('partnerships:detail', args=[self.organisation_id])}#needs"

    @property
    def transitions(self) -> Transitions:
        return NEED_TRANSITIONS

    @property
    def is_open(self) -> bool:
        return self.status == NeedStatus.OPEN


def has_open_need() -> Exists:
    """Say of an organisation that somebody has written down what it needs, and that it still holds."""
    return Exists(Need.objects.open().filter(organisation=OuterRef("pk")).order_by())
