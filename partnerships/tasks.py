"""Doors for workers and beat."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.rules import can_edit, can_read
from accounts.services import current_school
from jobs.kinds import JobProblemError, Outcome, job_kind
from jobs.models import Job
from jobs.progress import Progress
from partnerships.exporting import export_workbook
from partnerships.importing.table import UnreadableFileError
from partnerships.services import check_facts, expire_needs
from partnerships.services.imports import JOB_KIND, ChangedMeanwhileError, forget_old_imports, run_import


@shared_task(name="partnerships.check_facts")
def check_all_facts() -> None:
    check_facts()


@shared_task(name="partnerships.expire_needs")
def let_old_needs_go() -> None:
    expire_needs(today=current_school().today())


@job_kind("partnerships.export", _("Partners as a workbook"), allowed=can_read)
def export(job: Job, progress: Progress) -> Outcome:
    return export_workbook(job, progress)


@job_kind(JOB_KIND, _("Import of partners"), allowed=can_edit)
def import_file(job: Job, progress: Progress) -> Outcome:
    try:
        batch = run_import(pk=job.params["batch"], job=job, progress=progress)
    except (ChangedMeanwhileError, UnreadableFileError) as reason:
        raise JobProblemError(str(reason)) from reason
    return Outcome(url=batch.get_absolute_url(), url_label=say("See what came of it"))


@shared_task(name="partnerships.forget_imports")
def forget_imports() -> None:
    forget_old_imports(now=timezone.now())
