"""Answers that several apps give in the same way: a list, an export, a stored file, two texts that collide."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header

from accounts.http import Request
from accounts.models import Stamped
from ui.conflicts import VERSION, differences
from ui.exports import csv_lines, export_rows
from ui.lists import ListSpec, build_list, filtered
from ui.models import SavedView, StoredFile

PDF = "application/pdf"
SHOWN_IN_BROWSER = {PDF, "image/png"}


def list_response(
    request: Request,
    spec: ListSpec,
    queryset: QuerySet[Any],
    template: str,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse | StreamingHttpResponse:
    """Answer with a list page, with its part “rows” for HTMX, or with all of it as a CSV file (`?export=csv`)."""
    if request.GET.get("export") == "csv" and spec.columns:
        return csv_response(spec, filtered(spec, queryset, request.GET))
    page = build_list(spec, queryset, request.GET)
    page.views = list(SavedView.objects.shown_to(request.user).filter(list_key=spec.key)[:20])
    whole = {"page": page, **(context or {})}
    if not request.htmx or request.htmx.history_restore_request:
        return render(request, template, whole)
    response = render(request, f"{template}#rows", whole)
    response["HX-Push-Url"] = f"{request.path}?{page.address}" if page.address else request.path
    return response


def csv_response(spec: ListSpec, queryset: QuerySet[Any]) -> StreamingHttpResponse:
    """Stream the rows, so that a long list needs no memory; `queryset` is what the list shows, in its order."""
    name = f"{spec.key.rpartition('.')[2]}-{timezone.localdate():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        csv_lines(export_rows(spec, queryset)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)},
    )


def serve_stored_file(stored: StoredFile, *, as_attachment: bool = True) -> FileResponse:
    """Hand out a file. Only PDF and PNG may open in the browser; all else is a download, whatever it claims to be."""
    inline = not as_attachment and stored.content_type in SHOWN_IN_BROWSER
    response = FileResponse(
        stored.file.open("rb"),
        as_attachment=not inline,
        filename=stored.original_name,
        content_type=stored.content_type if inline else "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    if not inline or stored.content_type != PDF:  # the browser's own PDF viewer does not run in a sandbox
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def conflict_response(request: Request, *, form: BaseForm, record: Stamped, back_url: str) -> HttpResponse:
    """Show both texts side by side after somebody else saved first; `record` is fresh from the database.

    The page offers to leave the record as it is or to send the same form again on top of the newer version.
    """
    own = {"csrfmiddlewaretoken", VERSION}
    kept = [(name, value) for name, values in request.POST.lists() if name not in own for value in values]
    context = {
        "differences": differences(form, record),
        "record": record,
        "back_url": back_url,
        "kept": [*kept, (VERSION, record.version)],
    }
    return render(request, "ui/conflict.html", context, status=HTTPStatus.CONFLICT)
