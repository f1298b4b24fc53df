"""The list of partners as a workbook: the rows of one filter, written in the background."""

import io
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.services import current_school
from jobs.kinds import Outcome
from jobs.models import Job
from jobs.progress import Progress
from partnerships.filters import exported
from ui.exports import write_xlsx

REPORTED_EVERY = 500


def export_workbook(job: Job, progress: Progress) -> Outcome:
    """Write what the list shows under the job's query string, in its order, with the school's dates."""
    with timezone.override(current_school().zone):
        lines, total = exported(job.params["query"], user=job.requested_by)
        progress(0, of=total)
        buffer = io.BytesIO()
        write_xlsx(_reported(lines, progress), buffer)
        name = f"{_('partners')}-{timezone.localdate():%Y-%m-%d}.xlsx"
    said = ngettext("%(n)s partner is in the file.", "%(n)s partners are in the file.", total) % {"n": total}
    return Outcome(text=said, file=ContentFile(buffer.getvalue()), file_name=name)


def _reported(lines: Iterator[list[object]], progress: Progress) -> Iterator[list[object]]:
    for done, line in enumerate(lines):
        if done % REPORTED_EVERY == 0:
            progress(done)
        yield line
