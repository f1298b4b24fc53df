"""The people at an organisation."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import Request
from partnerships.forms import ContactForm
from partnerships.models import Contact, Organisation
from partnerships.services import add_contact, archive_contact, change_contact
from partnerships.views.access import need_editor
from ui.conflicts import StaleRecordError
from ui.drafts import submission_key
from ui.requests import posted
from ui.responses import conflict_response
from ui.services import act_once
from ui.undo import undo_token


def person_add(request: Request, pk: int) -> HttpResponse:
    need_editor(request)
    organisation = get_object_or_404(Organisation, pk=pk)
    form = ContactForm(posted(request), instance=Contact(organisation=organisation))
    if form.is_valid():
        landing = act_once(submission=submission_key(request.POST), act=lambda: _add(form, request))
        return redirect(landing)
    return _form_page(request, form, organisation)


def _add(form: ContactForm, request: Request) -> str:
    contact = add_contact(contact=form.instance, by=request.user)
    messages.success(request, _("%(name)s added.") % {"name": contact.name})
    return contact.get_absolute_url()


def person_edit(request: Request, pk: int) -> HttpResponse:
    need_editor(request)
    contact = get_object_or_404(Contact.objects.here().select_related("organisation"), pk=pk)
    form = ContactForm(posted(request), instance=contact)
    if form.is_valid():
        try:
            opened = form.cleaned_data["version"] or 0
            change_contact(contact=contact, changes=form.changes, opened=opened, by=request.user)
        except StaleRecordError:
            back = contact.get_absolute_url()
            return conflict_response(request, form=form, record=Contact.objects.get(pk=pk), back_url=back)
        messages.success(request, _("%(name)s saved.") % {"name": contact.name})
        return redirect(contact)
    return _form_page(request, form, contact.organisation)


def _form_page(request: Request, form: ContactForm, organisation: Organisation) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "partnerships/person.html", {"form": form, "organisation": organisation}, status=status)


@require_POST
def person_archive(request: Request, pk: int) -> HttpResponse:
    contact = get_object_or_404(Contact.objects.select_related("organisation"), pk=pk)
    archive_contact(contact=contact, by=request.user)
    undo = reverse("partnerships:undo", args=["person", undo_token("partnerships.person", pk=pk)])
    messages.success(request, _("%(name)s is archived.") % {"name": contact.name}, extra_tags=undo)
    return redirect(contact)
