"""The page behind an emailed link: where somebody's words may be shown, and how they come down again."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from mailing.links import open_link, public_page
from propositions.enums import CONSENTED_STATES, NameShown, TestimonialStatus
from propositions.forms import ConsentForm, WithdrawForm
from propositions.models import ConsentLink, Testimonial
from propositions.quotes import attribution
from propositions.services import give_consent, hide_name, withdraw_consent
from propositions.services.testimonials import AnsweredAlreadyError
from propositions.views.answers import page_status


def _opened(request: Request, token: str) -> tuple[ConsentLink, Testimonial]:
    link = open_link(request, ConsentLink, token, used_too=True)
    rows = Testimonial.objects.select_related("organisation", "contact", "created_by")
    return link, rows.get(pk=link.testimonial_id)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: Request, token: str) -> HttpResponse:
    """Ask, once; afterwards show what was decided."""
    link, testimonial = _opened(request, token)
    if not _waits(request, testimonial):
        return _decided(request, testimonial)
    form = ConsentForm(request.POST if request.method == "POST" else None, names=_names(testimonial))
    if not form.is_valid():
        context = {"testimonial": testimonial, "form": form, "link": link}
        return render(request, "propositions/public/consent.html", context, status=page_status(form))
    try:
        give_consent(
            link=link,
            channels=form.channels,
            name_shown=NameShown(form.cleaned_data["name_shown"] or NameShown.NOBODY),
            words=form.quote,
            url=request.build_absolute_uri(request.path),
        )
    except AnsweredAlreadyError:
        return _decided(request, _opened(request, token)[1])
    return redirect(request.path)


def _waits(request: Request, testimonial: Testimonial) -> bool:
    return testimonial.status == TestimonialStatus.REQUESTED and testimonial.answer_by >= request.school.today()


def _names(testimonial: Testimonial) -> list[tuple[str, str]]:
    """Show each way of naming exactly as it would read, each once."""
    anonymous = _("somebody at a partner firm")
    ways = {attribution(testimonial, way, anonymous): way for way in reversed(NameShown)}
    return [(way, f"“{words}”") for words, way in reversed(ways.items())]


def _decided(request: Request, testimonial: Testimonial) -> HttpResponse:
    """Say what was decided and what holds now."""
    consents = list(testimonial.consents.order_by("pk"))
    context = {
        "testimonial": testimonial,
        "in_force": [row for row in consents if row.ended_at is None],
        "ended": [row for row in consents if row.ended_at is not None],
        "may_withdraw": testimonial.status in CONSENTED_STATES,
    }
    is_over = testimonial.answered_at is None
    template = "propositions/public/over.html" if is_over else "propositions/public/decided.html"
    return render(request, template, context, status=HTTPStatus.GONE if is_over else HTTPStatus.OK)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, token: str) -> HttpResponse:
    """Take words down: all, in one place, or the name alone. No reason is asked for."""
    link, testimonial = _opened(request, token)
    if testimonial.status not in CONSENTED_STATES:
        return redirect("propositions:consent", token)
    consents = list(testimonial.consents.filter(ended_at=None).order_by("pk"))
    data = request.POST if request.method == "POST" else None
    form = WithdrawForm(data, testimonial=testimonial, consents=consents)
    if not form.is_valid():
        context = {"testimonial": testimonial, "form": form, "consents": consents, "link": link, "token": token}
        return render(request, "propositions/public/withdraw.html", context, status=page_status(form))
    try:
        if form.is_name_only:
            hide_name(link=link)
        else:
            withdraw_consent(link=link, channels=form.channels)
    except AnsweredAlreadyError:
        pass  # somebody was faster with the same link: the page says how it stands now
    return redirect("propositions:consent", token)
