"""Reports of a problem: for the safeguarding lead alone. For everybody else these pages do not exist."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from outreach.enums import ReportStatus
from outreach.forms.enquiries import NoteForm
from outreach.models import ProblemReport
from outreach.rules import is_safeguarding_lead
from outreach.services import close_report, note_report, reopen_report
from roadmap.lifecycle import TransitionRefusedError

SHOWN = 200


def need_lead(request: Request) -> None:
    if not is_safeguarding_lead(request.user):
        raise Http404


@never_cache
@require_safe
def report_list(request: Request) -> HttpResponse:
    need_lead(request)
    rows = ProblemReport.objects.order_by("-received_at", "-id").defer("message", "note")
    groups = [
        (_("Open"), rows.filter(status=ReportStatus.OPEN)[:SHOWN]),
        (_("Closed"), rows.filter(status=ReportStatus.CLOSED)[:SHOWN]),
    ]
    return render(request, "outreach/reports.html", {"groups": groups})


@never_cache
@require_safe
def report(request: Request, pk: int) -> HttpResponse:
    need_lead(request)
    record = get_object_or_404(ProblemReport, pk=pk)
    return render(request, "outreach/report.html", {"report": record, "form": NoteForm(initial={"note": record.note})})


@require_POST
def report_note(request: Request, pk: int) -> HttpResponse:
    need_lead(request)
    record = get_object_or_404(ProblemReport, pk=pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "outreach/report.html", {"report": record, "form": form}, status=422)
    note_report(report=record, note=form.cleaned_data["note"], by=request.user)
    messages.success(request, _("Notes saved."))
    return redirect(record)


@require_POST
def report_move(request: Request, pk: int) -> HttpResponse:
    """Close an open report, open a closed one."""
    need_lead(request)
    record = get_object_or_404(ProblemReport, pk=pk)
    act = close_report if request.POST.get("to") == ReportStatus.CLOSED else reopen_report
    try:
        act(report=record, by=request.user)
    except TransitionRefusedError:
        messages.info(request, _("Nothing was to be changed."))
    return redirect(record)
