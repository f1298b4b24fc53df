"""Reports of a problem: what the safeguarding lead does with them. Nobody else may do anything."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from outreach.enums import ReportStatus
from outreach.models import ProblemReport
from outreach.rules import is_safeguarding_lead
from roadmap.lifecycle import move


@transaction.atomic
def note_report(*, report: ProblemReport, note: str, by: User) -> ProblemReport:
    """Keep the lead’s own notes. Raises PermissionDenied."""
    report = _locked(report, by=by)
    report.note = note.strip()
    return _save(report, by=by)


@transaction.atomic
def close_report(*, report: ProblemReport, by: User) -> ProblemReport:
    """Raises PermissionDenied, TransitionRefusedError."""
    report = _locked(report, by=by)
    move(report, to=ReportStatus.CLOSED)
    report.closed_at = timezone.now()
    return _save(report, by=by)


@transaction.atomic
def reopen_report(*, report: ProblemReport, by: User) -> ProblemReport:
    """Raises PermissionDenied, TransitionRefusedError."""
    report = _locked(report, by=by)
    move(report, to=ReportStatus.OPEN)
    report.closed_at = None
    return _save(report, by=by)


def _locked(report: ProblemReport, *, by: User) -> ProblemReport:
    if not is_safeguarding_lead(by):
        raise PermissionDenied
    return ProblemReport.objects.select_for_update(of=("self",)).get(pk=report.pk)


def _save(report: ProblemReport, *, by: User) -> ProblemReport:
    report.version += 1
    report.updated_by = by
    report.save()
    return report
