"""A file of partners on its way in, and what happens to each of its rows."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from partnerships.enums import IMPORT_TRANSITIONS, Fate, ImportStatus, Rule
from partnerships.models.organisation import Organisation
from roadmap.lifecycle import Transitions
from ui.models import StoredFile


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def recent(self) -> Self:
        return self.select_related("requested_by").order_by("-pk")

    def done(self) -> Self:
        return self.filter(status=ImportStatus.DONE)

    def before(self, batch: "ImportBatch") -> Self:
        """Earlier imports of the same file, or of another under the same name; the same first."""
        same = models.Q(sha256=batch.sha256)
        alike = self.done().filter(same | models.Q(original_name=batch.original_name)).exclude(pk=batch.pk)
        order = models.Case(models.When(same, then=0), default=1)
        return alike.select_related("requested_by").order_by(order, "-pk")


class ImportBatch(StoredFile):
    """One file. `columns` says what each column holds, `mapping` a field or nothing for each, `counts` rows by fate."""

    status = models.CharField(max_length=12, choices=ImportStatus, default=ImportStatus.MATCHING)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    row_count = models.PositiveIntegerField(default=0)
    rule = models.CharField(_("partners on file"), max_length=4, choices=Rule, default=Rule.FILL)
    counts = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            # Was this very file, or one of its name, imported before?
            models.Index(fields=["sha256"], name="partnerships_import_content"),
            models.Index(fields=["original_name"], name="partnerships_import_name"),
            # What may be forgotten.
            models.Index(fields=["stored_at"], name="partnerships_import_age"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("partnerships:import_detail", args=[self.pk])

    @property
    def transitions(self) -> Transitions:
        return IMPORT_TRANSITIONS

    @property
    def is_under_way(self) -> bool:
        return self.status == ImportStatus.IMPORTING and self.job is not None and self.job.is_open

    @property
    def has_broken_off(self) -> bool:
        return self.status == ImportStatus.IMPORTING and not self.is_under_way

    def count(self, *fates: Fate) -> int:
        return sum(self.counts.get(fate.value, 0) for fate in fates)

    @property
    def counted(self) -> list[tuple[Fate, int]]:
        """How many rows have each fate, in the order of the page."""
        return [(fate, self.count(fate)) for fate in Fate]

    @property
    def concerned(self) -> int:
        """How many rows the import does something with."""
        return self.count(Fate.NEW, Fate.JOINS, Fate.FILLS)

    @property
    def on_file(self) -> int:
        return self.count(Fate.FILLS, Fate.EXISTS)

    @property
    def seconds(self) -> int | None:
        """How long the import took."""
        if self.job is None or self.job.started_at is None or self.finished_at is None:
            return None
        return max(1, round((self.finished_at - self.job.started_at).total_seconds()))


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def of(self, batch: ImportBatch) -> Self:
        return self.filter(batch=batch).order_by("number")


class ImportRow(models.Model):
    """A row as it was read. `number` counts as a spreadsheet does; `changes` are (field, value) pairs it fills."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    name = models.CharField(_("partner"), max_length=255, blank=True)
    cells = models.JSONField(default=list)
    fate = models.CharField(_("what happens"), max_length=8, choices=Fate)
    reason = models.TextField(_("why"), blank=True)
    changes = models.JSONField(default=list)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+")

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            # The list of rows, in the order of the file.
            models.UniqueConstraint(fields=["batch", "number"], name="partnerships_import_row"),
        ]
        indexes: ClassVar = [
            # The same list narrowed to one fate.
            models.Index(fields=["batch", "fate", "number"], name="partnerships_import_fate"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"
