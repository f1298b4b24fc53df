"""Bringing partners in from a file: upload, match and try, import, look at what came of it."""

from http import HTTPStatus
from io import BytesIO

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import Request
from partnerships.enums import Fate, ImportStatus, Rule
from partnerships.importing.forms import EncodingForm, MatchForm, UploadForm
from partnerships.importing.rows import IMPORT_ROWS
from partnerships.importing.table import UnreadableFileError
from partnerships.importing.wording import earlier_import, export_lines, filled_fields
from partnerships.models import ImportBatch, ImportRow
from partnerships.services.imports import (
    UnderWayError,
    discard_import,
    match_columns,
    read_again,
    receive_file,
    start_import,
)
from partnerships.views.access import need_editor
from roadmap.counts import forget_counts
from ui.drafts import submission_key
from ui.exports import csv_lines, write_xlsx
from ui.responses import list_response
from ui.services import act_once

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RECENT = 10
SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Request) -> HttpResponse:
    need_editor(request)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if form.is_valid():
        try:
            return redirect(act_once(submission=submission_key(request.POST), act=lambda: _receive(request, form)))
        except UnreadableFileError as reason:
            form.add_error("file", str(reason))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_sent else HTTPStatus.OK
    context = {"form": form, "recent": ImportBatch.objects.recent()[:RECENT]}
    return render(request, "partnerships/import.html", context, status=status)


def _receive(request: Request, form: UploadForm) -> str:
    file = form.cleaned_data["file"]
    batch = receive_file(content=file.read(), name=file.name, content_type=file.content_type, by=request.user)
    return batch.get_absolute_url()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: Request, pk: int) -> HttpResponse:
    """Show an import as far as it is: its columns and test run, its progress, or what came of it."""
    need_editor(request)
    batch = get_object_or_404(ImportBatch.objects.select_related("job", "requested_by"), pk=pk)
    if request.method == "POST":
        return _match(request, batch)
    if batch.status == ImportStatus.DONE:
        return _result(request, batch)
    if batch.is_under_way:
        return _progress(request, batch)
    if request.htmx:  # the progress page asks once more after the work broke off
        return HttpResponse(headers={"HX-Redirect": batch.get_absolute_url()})
    return _match_page(request, batch, MatchForm(batch=batch))


def _match_page(request: Request, batch: ImportBatch, form: MatchForm, status: int = HTTPStatus.OK) -> HttpResponse:
    rows = ImportRow.objects.of(batch)
    context = {
        "batch": batch,
        "form": form,
        "encoding_form": EncodingForm(initial={"encoding": batch.encoding}) if batch.encoding else None,
        "earlier": earlier_import(batch),
        "guessed": sum(map(bool, batch.mapping)),
        "problems": rows.filter(fate=Fate.PROBLEM)[:SHOWN],
        "on_file": rows.filter(fate__in=[Fate.FILLS, Fate.EXISTS])[:SHOWN],
    }
    return render(request, "partnerships/import_match.html", context, status=status)


def _match(request: Request, batch: ImportBatch) -> HttpResponse:
    """Try the rows with the columns as chosen; import them where the columns were tried like this already."""
    form = MatchForm(request.POST, batch=batch)
    if not form.is_valid():
        return _match_page(request, batch, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    wants_import = request.POST.get("act") == "import"
    try:
        landing = act_once(
            submission=submission_key(request.POST), act=lambda: _go_on(request, batch, form, wants_import=wants_import)
        )
    except UnderWayError:
        landing = batch.get_absolute_url()
    except UnreadableFileError as reason:
        messages.error(request, str(reason))
        landing = reverse("partnerships:import")
    return redirect(landing)


def _go_on(request: Request, batch: ImportBatch, form: MatchForm, *, wants_import: bool) -> str:
    rule = Rule(form.cleaned_data["rule"])
    was_tried = form.mapping == batch.mapping and batch.status == ImportStatus.CHECKED
    if not was_tried or rule != batch.rule or not wants_import:
        batch = match_columns(batch=batch, mapping=form.mapping, rule=rule, by=request.user)
    if wants_import and was_tried:
        start_import(batch=batch, by=request.user)
    elif wants_import:
        messages.warning(request, _("Nothing was imported yet: the columns have changed, so here is a new test run."))
    return batch.get_absolute_url()


def _progress(request: Request, batch: ImportBatch) -> HttpResponse:
    seconds = batch.job.seconds_left(timezone.now()) if batch.job else None
    context = {"batch": batch, "job": batch.job, "seconds_left": seconds}
    template = "partnerships/import_progress.html#progress" if request.htmx else "partnerships/import_progress.html"
    return render(request, template, context)


def _result(request: Request, batch: ImportBatch) -> HttpResponse:
    if request.htmx:  # the progress page asks once more after the end
        return HttpResponse(headers={"HX-Redirect": batch.get_absolute_url()})
    forget_counts(request.user, "partnerships:list")  # the number beside Partners shows what has come in
    filled = ImportRow.objects.of(batch).filter(fate=Fate.FILLS).select_related("organisation")
    context = {"batch": batch, "filled": filled_fields(filled[:SHOWN]), "kept_rows": bool(batch.file)}
    return render(request, "partnerships/import_result.html", context)


@require_POST
def encoding(request: Request, pk: int) -> HttpResponse:
    """Read the file in other letters; its columns are guessed anew."""
    need_editor(request)
    batch = get_object_or_404(ImportBatch, pk=pk)
    form = EncodingForm(request.POST)
    if form.is_valid() and batch.encoding:
        try:
            read_again(batch=batch, encoding=form.cleaned_data["encoding"], by=request.user)
        except UnreadableFileError as reason:
            messages.error(request, str(reason))
        except UnderWayError:
            messages.warning(request, _("The import has begun; the file is no longer read anew."))
    return redirect(batch)


@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    need_editor(request)
    batch = get_object_or_404(ImportBatch, pk=pk)
    try:
        discard_import(batch=batch, by=request.user)
    except UnderWayError:
        return redirect(batch)
    messages.success(request, _("“%(name)s” is forgotten; nothing of it was imported.") % {"name": batch.original_name})
    return redirect("partnerships:import")


@require_safe
def rows(request: Request, pk: int) -> HttpResponseBase:
    need_editor(request)
    batch = get_object_or_404(ImportBatch, pk=pk)
    context = {"batch": batch, "fate": request.GET.get("fate", "")}
    found = ImportRow.objects.filter(batch=batch).select_related("organisation").defer("cells", "changes")
    return list_response(request, IMPORT_ROWS, found, "partnerships/import_rows.html", context)


@require_safe
def download(request: Request, pk: int) -> HttpResponseBase:
    """Hand out the rows with what happens to each and why, as CSV or as a workbook."""
    need_editor(request)
    batch = get_object_or_404(ImportBatch, pk=pk)
    lines = export_lines(batch, _asked_for(request, batch).iterator(chunk_size=2_000))
    is_workbook = request.GET.get("format") == "xlsx"
    stem = batch.original_name.rpartition(".")[0] or batch.original_name
    name = f"{stem}-{_('rows')}.{'xlsx' if is_workbook else 'csv'}"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    if is_workbook:
        buffer = BytesIO()
        write_xlsx(lines, buffer)
        return HttpResponse(buffer.getvalue(), content_type=WORKBOOK, headers=headers)
    return StreamingHttpResponse(csv_lines(lines), content_type="text/csv; charset=utf-8", headers=headers)


def _asked_for(request: Request, batch: ImportBatch) -> QuerySet[ImportRow]:
    found = ImportRow.objects.of(batch)
    fate = request.GET.get("fate", "")
    return found.filter(fate=fate) if fate in Fate.values else found
