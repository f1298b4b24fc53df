"""Recording what was said: choosing the partner, and one page a channel."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from outreach.enums import Channel
from outreach.finding import partners_of_late
from outreach.forms import ComposerForm, EmailForm
from outreach.services import MailRefusedError, log_interaction, send_email_to_contact
from outreach.views.access import need_logger
from outreach.views.partner_page import composer_context, composer_form, draft_key, next_follow_up_panel
from partnerships.models import Organisation
from partnerships.slots import PartnerComposer
from partnerships.views.choosing import choose_partner
from roadmap import registry
from ui.drafts import submission_key
from ui.requests import number_in, way_back
from ui.services import act_once, drop_draft

SAVED = {
    Channel.CALL: gettext_lazy("Call with %(firm)s saved."),
    Channel.NOTE: gettext_lazy("Note about %(firm)s saved."),
    Channel.EMAIL: gettext_lazy("E-mail with %(firm)s saved."),
    Channel.MEETING: gettext_lazy("Meeting with %(firm)s saved."),
}

HEADINGS = {
    "call": gettext_lazy("Log a call, e-mail or meeting"),
    "follow_up_add": gettext_lazy("Plan a follow-up"),
}


@require_safe
def begin(request: Request, purpose: str) -> HttpResponse:
    """Find the partner for a call to record, or a follow-up to plan, from anywhere."""
    need_logger(request)
    return choose_partner(
        request,
        heading=HEADINGS[purpose],
        recent=partners_of_late,
        address=lambda partner: reverse(f"outreach:{purpose}", args=[partner.pk]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: Request, pk: int, channel: Channel) -> HttpResponse:
    need_logger(request)
    organisation = get_object_or_404(Organisation.objects.on_file(), pk=pk)
    asked = number_in(request, "follow_up") or None
    contact = organisation.contacts.here().filter(pk=number_in(request, "contact")).first()
    form = composer_form(
        channel,
        organisation,
        user=request.user,
        school=request.school,
        data=request.POST if request.method == "POST" else None,
        asked=asked,
        contact=contact,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_save(request, form))
        except MailRefusedError as error:
            form.add_error("person", str(error))
    return _show(request, form, asked)


def _save(request: Request, form: ComposerForm) -> str:
    """Record once, however often the form arrives, and return where to go on."""
    organisation = form.organisation
    landing = act_once(submission=submission_key(request.POST), act=lambda: _act(request, form))
    drop_draft(owner=request.user, key=draft_key(form.channel, organisation))
    return landing


def _act(request: Request, form: ComposerForm) -> str:
    organisation, said, step = form.organisation, form.said(), form.next_step()
    if isinstance(form, EmailForm) and form.sends:
        send_email_to_contact(
            contact=form.recipient, subject=said.subject, text=said.summary, by=request.user, next_step=step
        )
        messages.success(request, _("E-mail to %(name)s is on its way.") % {"name": form.recipient.name})
    else:
        log_interaction(organisation=organisation, said=said, by=request.user, next_step=step)
        messages.success(request, SAVED[form.channel] % {"firm": organisation.name})
    return way_back(request, organisation.get_absolute_url())


def _show(request: Request, form: ComposerForm, asked: int | None) -> HttpResponse:
    context = {
        **composer_context(form),
        "organisation": form.organisation,
        "tabs": [
            (tab, reverse(tab.url_name, args=[form.organisation.pk]), tab.url_name == f"outreach:{form.channel}")
            for tab in sorted(registry.of(PartnerComposer), key=lambda tab: tab.order)
        ],
        "asked": asked,
        "next": way_back(request),
        "panel": next_follow_up_panel(form.organisation, request.user, request.school),
        "said": form.organisation.interactions.kept().select_related("by").order_by("-at", "-id")[:3],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "outreach/compose.html", context, status=status)
