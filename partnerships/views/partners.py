"""The list of partners, a partner's page, and the forms behind them."""

from http import HTTPStatus

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.http import Request
from accounts.rules import can_edit
from jobs.services import request_job
from partnerships import page
from partnerships.beginning import has_no_partners
from partnerships.enums import WAY, Status
from partnerships.filters import list_for
from partnerships.forms import AddOrganisationForm, OrganisationForm
from partnerships.models import Organisation
from partnerships.services import (
    AlreadyOwnedError,
    add_organisation,
    archive_organisation,
    change_organisation,
    restore_organisation,
    take_ownership,
)
from partnerships.timeline import Asked, timeline_of
from partnerships.views.access import need_editor
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.lists import COUNT_CAP
from ui.requests import posted, way_back
from ui.responses import conflict_response, list_response
from ui.services import act_once, landing_of
from ui.undo import undo_token


def _count(rows: QuerySet[Organisation]) -> int:
    return rows.order_by()[:COUNT_CAP].count()


@require_safe
def organisation_list(request: Request) -> HttpResponseBase:
    is_export = "export" in request.GET
    rows = Organisation.objects.select_related("owner") if is_export else Organisation.objects.for_list()
    on_file = Organisation.objects.on_file()
    context = {
        "can_edit": can_edit(request.user),
        "is_first_use": not request.GET and has_no_partners(),
        "total": lambda: _count(on_file),
        "in_force": lambda: _count(on_file.with_agreement(timezone.localdate())),
    }
    return list_response(request, list_for(request.user), rows, "partnerships/list.html", context)


@require_POST
def organisation_export(request: Request) -> HttpResponse:
    query = QueryDict(request.POST.get("query", "")[:2000]).urlencode()
    return redirect(request_job(kind="partnerships.export", by=request.user, params={"query": query}))


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def organisation_detail(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.select_related("owner"), pk=pk)
    parts = {"log": _composer, "timeline": _timeline, "older": _timeline}
    if request.htmx and not request.htmx.history_restore_request and request.htmx.target in parts:
        context = parts[request.htmx.target](request, organisation)
        return render(request, f"partnerships/_{context['part']}.html", context)
    context = {
        **_timeline(request, organisation),
        **_composer(request, organisation),
        "people": page.people_of(organisation),
        "steps": page.steps_of(organisation),
        "step_css": f"hide-m s-{organisation.colour}",
        "facts": page.facts_of(organisation),
        "step_number": page.step_number(organisation),
        "panels": page.panels_of(organisation, request.user, request.school),
        "acts": page.acts_of(organisation, request.user),
    }
    return render(request, "partnerships/detail.html", context)


def _composer(request: Request, organisation: Organisation) -> dict[str, object]:
    tab = request.GET.get("log", "")
    composer = page.composer_of(organisation, request.user, request.school, tab)
    return {
        "part": "composer",
        "organisation": organisation,
        "composer": composer,
        "can_edit": can_edit(request.user),
    }


def _timeline(request: Request, organisation: Organisation) -> dict[str, object]:
    timeline = timeline_of(organisation, Asked.of(request.GET.dict()), timezone.now())
    is_older = request.htmx.target == "older"
    return {
        "part": "timeline_entries" if is_older else "timeline",
        "organisation": organisation,
        "timeline": timeline,
        "can_edit": can_edit(request.user),
    }


def organisation_add(request: Request) -> HttpResponse:
    need_editor(request)
    if landing := landing_of(submission=submission_key(request.POST)):
        return redirect(landing)
    initial = {"owner": request.user, "name": request.GET.get("name", "")[:255]}
    form = AddOrganisationForm(posted(request), initial=initial, cancel_url=reverse("partnerships:list"))
    if form.is_valid():
        form.instance.status = _asked_status(request)
        landing = act_once(submission=submission_key(request.POST), act=lambda: _add(form, request))
        return redirect(landing)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "partnerships/add.html", {"form": form, "at": _asked_status(request)}, status=status)


def _asked_status(request: Request) -> Status:
    """Return where the new partner begins: the column of the board from which it is added."""
    asked = request.GET.get("status", "")
    return Status(asked) if asked in WAY else Status.PROSPECT


def _add(form: AddOrganisationForm, request: Request) -> str:
    made = add_organisation(organisation=form.instance, by=request.user, first_contact=form.first_contact)
    messages.success(request, _("%(name)s is in Tandem now.") % {"name": made.name})
    return made.get_absolute_url()


def organisation_edit(request: Request, pk: int) -> HttpResponse:
    need_editor(request)
    organisation = get_object_or_404(Organisation.objects.select_related("owner"), pk=pk)
    back = organisation.get_absolute_url()
    form = OrganisationForm(posted(request), instance=organisation, cancel_url=back)
    if form.is_valid():
        try:
            opened = form.cleaned_data["version"] or 0
            change_organisation(organisation=organisation, changes=form.changes, opened=opened, by=request.user)
        except StaleRecordError:
            fresh = Organisation.objects.select_related("owner").get(pk=pk)
            return conflict_response(request, form=form, record=fresh, back_url=back)
        messages.success(request, _("Key facts saved."))
        return redirect(back)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"form": form, "organisation": Organisation.objects.get(pk=pk) if form.is_bound else organisation}
    return render(request, "partnerships/edit.html", context, status=status)


@require_POST
def organisation_take(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    try:
        take_ownership(organisation=organisation, by=request.user)
    except AlreadyOwnedError as error:
        said = {"name": organisation.name, "owner": error.owner}
        messages.warning(request, _("%(owner)s looks after %(name)s already.") % said)
    else:
        undo = reverse("partnerships:undo", args=["take", undo_token("partnerships.take", pk=pk)])
        messages.success(request, _("You look after %(name)s now.") % {"name": organisation.name}, extra_tags=undo)
    return redirect(way_back(request, organisation.get_absolute_url()))


@require_POST
def organisation_archive(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    archive_organisation(organisation=organisation, by=request.user)
    undo = reverse("partnerships:undo", args=["archive", undo_token("partnerships.archive", pk=pk)])
    messages.success(request, _("%(name)s is archived.") % {"name": organisation.name}, extra_tags=undo)
    return redirect("partnerships:list")


@require_POST
def organisation_restore(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    restore_organisation(organisation=organisation, by=request.user)
    messages.success(request, _("%(name)s is back on the list.") % {"name": organisation.name})
    return redirect(organisation)
