"""What the interface itself remembers: saved views, drafts, forms sent already; and how files are kept."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def shown_to(self, user: models.Model) -> "SavedViewQuerySet":
        """Own views and those that colleagues share, in the order of the tabs."""
        return self.filter(models.Q(owner=user) | models.Q(is_shared=True)).order_by("-is_pinned", "name", "id")


class SavedView(models.Model):
    """A list's filter and order under a name."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    list_key = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    is_shared = models.BooleanField(_("Show it to all colleagues"), default=False)
    is_pinned = models.BooleanField(_("Keep it in front"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            # Saving under the same name again changes the view instead of making a twin.
            models.UniqueConstraint(fields=["owner", "list_key", "name"], name="ui_view_name"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["list_key"],
                name="ui_view_shared",
                condition=models.Q(is_shared=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """What somebody typed and has not sent: saved while they type, or kept from a form whose session was lost.

    With an owner, `key` names the form (“outreach.call:12”); without one it is a random name that only the browser
    knows which sent the form. `fields` holds lists of values by field name and never a secret.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="drafts")
    key = models.CharField(max_length=120)
    path = models.CharField(max_length=500, blank=True)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "key"], name="ui_draft_key"),
        ]
        indexes: ClassVar = [models.Index(fields=["saved_at"], name="ui_draft_age")]

    def __str__(self) -> str:
        return self.key


class SubmittedForm(models.Model):
    """A form that was acted on, and where that led; the same form sent again leads there without acting."""

    key = models.CharField(max_length=64, unique=True)
    landed_on = models.CharField(max_length=500, blank=True)
    submitted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["submitted_at"], name="ui_submitted_age")]

    def __str__(self) -> str:
        return self.key


class StoredFile(models.Model):
    """A file under a random name: what a person called it is only ever shown and offered for download."""

    file = models.FileField(max_length=200, editable=False)
    original_name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=100, default="application/octet-stream")
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    stored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.original_name
