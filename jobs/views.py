"""Pages of long work: how far it is, stop it, take what came of it."""

from http import HTTPStatus

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from jobs.models import Job
from jobs.services import stop_job

SHOWN = 50
SAID_IN_SECONDS = 90
# HTMX stops asking when it is answered with this.
STOP_POLLING = 286


@require_safe
def job_list(request: Request) -> HttpResponse:
    jobs = Job.objects.filter(requested_by=request.user).order_by("-id")[:SHOWN]
    return render(request, "jobs/list.html", {"jobs": jobs})


@never_cache
@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    job = get_object_or_404(Job, pk=pk, requested_by=request.user)
    seconds = job.seconds_left(timezone.now())
    minutes = round(seconds / 60) if seconds and seconds > SAID_IN_SECONDS else 0
    context = {"job": job, "seconds_left": seconds, "minutes_left": minutes}
    if not request.htmx:
        return render(request, "jobs/detail.html", context)
    status = HTTPStatus.OK if job.is_open else STOP_POLLING
    return render(request, "jobs/detail.html#progress", context, status=status)


@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    job = get_object_or_404(Job, pk=pk, requested_by=request.user)
    stop_job(job=job, by=request.user)
    messages.info(request, _("Stopping as soon as that is safe."))
    return redirect(job)


@require_safe
def result(request: Request, pk: int) -> FileResponse:
    """Hand the file to whoever asked for the job, always as a download."""
    job = get_object_or_404(Job, pk=pk, requested_by=request.user)
    if not job.result_file:
        raise Http404
    response = FileResponse(
        job.result_file.open("rb"),
        as_attachment=True,
        filename=job.result_name,
        content_type="application/octet-stream",
    )
    response["Cache-Control"] = "private, no-store"
    return response
