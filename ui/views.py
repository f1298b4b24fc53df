"""Pages of the interface itself: drafts, kept texts, saved views."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from ui.drafts import DRAFT_KEY, fields_to_show, kept_fields
from ui.forms import SavedViewForm
from ui.models import Draft, SavedView
from ui.services import delete_view, drop_draft, save_draft, save_view
from ui.styleguide import sample_context


@require_POST
def draft(request: Request) -> HttpResponse:
    """Save what is being typed; the answer is the time, shown beside the form."""
    key = request.POST.get(DRAFT_KEY, "")[:120]
    if not key:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    fields = kept_fields(request.POST)
    if not fields:
        drop_draft(owner=request.user, key=key)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    saved = save_draft(
        owner=request.user,
        key=key,
        path=request.headers.get("Referer", "")[:500],
        fields=fields,
    )
    clock = timezone.localtime(saved.saved_at)
    return JsonResponse({"saved": _("Draft saved %(time)s") % {"time": f"{clock:%H:%M}"}})


@require_safe
def kept(request: Request, key: str) -> HttpResponse:
    """Show the text of a form that met a lost session; only the person's own click sends it on."""
    lost = get_object_or_404(Draft, owner=None, key=key)
    return render(request, "ui/kept.html", {"lost": lost, "fields": fields_to_show(lost)})


def saved_views(request: Request, list_key: str) -> HttpResponse:
    query = request.POST.get("query", request.GET.urlencode())
    back = _own_address(request, request.POST.get("back") or request.headers.get("Referer", ""))
    form = SavedViewForm(request.POST or None, initial={"query": query, "back": back})
    if request.method == "POST" and form.is_valid():
        view = form.cleaned_data
        save_view(
            owner=request.user,
            list_key=list_key,
            **{name: view[name] for name in SavedViewForm.Meta.fields},
        )
        messages.success(request, _("View “%(name)s” saved.") % {"name": view["name"]})
        return redirect(f"{back.partition('?')[0]}?{QueryDict(view['query']).urlencode()}")
    own = SavedView.objects.filter(owner=request.user, list_key=list_key).order_by("name", "id")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(
        request,
        "ui/views.html",
        {"form": form, "own": own, "back": back, "query": query},
        status=status,
    )


@require_POST
def saved_view_delete(request: Request, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView, pk=pk, owner=request.user)
    delete_view(view=view)
    messages.success(request, _("View “%(name)s” deleted.") % {"name": view.name})
    return redirect("ui:views", view.list_key)


def _own_address(request: Request, address: str) -> str:
    """Return `address` if it is a page of ours, else the start page."""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else "/"


@require_safe
def styleguide(request: Request) -> HttpResponse:
    """Show every component in all its states; only while developing."""
    return render(request, "ui/styleguide.html", sample_context())
