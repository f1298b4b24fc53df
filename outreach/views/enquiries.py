"""The queue of enquiries, and what colleagues do with one."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.http import Request
from outreach.conversion import Proposal, propose
from outreach.enums import Door, EnquiryStatus
from outreach.filters import ENQUIRIES
from outreach.forms.enquiries import ANSWER, ASK_BACK, PHONE, AnswerForm, AssignForm, ConvertForm, WordBackForm
from outreach.models import Enquiry
from outreach.rules import can_log, is_safeguarding_lead
from outreach.services import (
    NoAddressError,
    answer_enquiry,
    assign_enquiry,
    clear_suspicion,
    close_enquiry,
    convert_enquiry,
    note_answer,
    note_word_back,
    reopen_enquiry,
    set_aside,
)
from outreach.views.access import need_logger
from roadmap.lifecycle import TransitionRefusedError, may_move
from ui.drafts import submission_key
from ui.responses import list_response
from ui.services import act_once

BESIDE = 6
MOVED_ON = gettext_lazy("A colleague has dealt with this enquiry meanwhile. Nothing was changed.")


@require_safe
def enquiry_list(request: Request) -> HttpResponseBase:
    context = {
        "today": request.school.today(),
        "is_lead": is_safeguarding_lead(request.user),
        "held_back": Enquiry.objects.held_back().order_by()[:100].count(),
    }
    return list_response(request, ENQUIRIES, Enquiry.objects.for_rows(), "outreach/enquiries.html", context)


@require_safe
def enquiry(request: Request, pk: int) -> HttpResponse:
    return _page(request, _get(pk))


def _get(pk: int) -> Enquiry:
    rows = Enquiry.objects.select_related("assigned_to", "organisation", "contact")
    return get_object_or_404(rows, pk=pk)


def _page(request: Request, record: Enquiry, status: HTTPStatus = HTTPStatus.OK, **forms: Any) -> HttpResponse:
    may_act = can_log(request.user)
    may = {to.value: may_act and may_move(record, to=to) for to in EnquiryStatus}
    context = {
        "enquiry": record,
        "today": request.school.today(),
        "replies": record.replies.select_related("by").order_by("at", "id"),
        "queue": Enquiry.objects.open().for_queue()[:BESIDE],
        "can_log": may_act,
        "may": may,
        "may_answer": may_act and record.status not in UNANSWERABLE,
        "answer": AnswerForm(auto_id="answer_%s"),
        "word_back": WordBackForm(auto_id="back_%s"),
        "assign": AssignForm(initial={"to": record.assigned_to_id or request.user.pk}, auto_id="assign_%s"),
    }
    if may["converted"] and record.door == Door.BUSINESS and not {"convert", "answer"} & set(forms):
        proposal = propose(record, request.GET.get("firm", ""))
        forms |= {"proposal": proposal, "convert": _convert_form(record, proposal)}
    return render(request, "outreach/enquiry.html", context | forms, status=status)


UNANSWERABLE = {EnquiryStatus.CLOSED, EnquiryStatus.SPAM, EnquiryStatus.SUSPECTED, EnquiryStatus.OUT_OF_SCOPE}


def _convert_form(record: Enquiry, proposal: Proposal, data: Any = None) -> ConvertForm:
    return ConvertForm(data, enquiry=record, onto=proposal.onto, pairs=proposal.pairs, auto_id="convert_%s")


@require_POST
def enquiry_answer(request: Request, pk: int) -> HttpResponse:
    """Answer by mail, ask back by mail, or note that it was answered by telephone."""
    need_logger(request)
    record = _get(pk)
    form = AnswerForm(request.POST, auto_id="answer_%s")
    if not form.is_valid():
        return _page(request, record, HTTPStatus.UNPROCESSABLE_ENTITY, answer=form)
    how = request.POST.get("how", ANSWER)
    try:
        return redirect(act_once(submission=submission_key(request.POST), act=lambda: _answer(request, record, how)))
    except NoAddressError:
        form.add_error("text", _("They left no e-mail address. Ring them, then note your answer."))
    except TransitionRefusedError:
        form.add_error("text", str(MOVED_ON))
    return _page(request, _get(pk), HTTPStatus.UNPROCESSABLE_ENTITY, answer=form)


def _answer(request: Request, record: Enquiry, how: str) -> str:
    text = request.POST["text"]
    if how == PHONE:
        note_answer(enquiry=record, text=text, by=request.user)
        messages.success(request, _("Noted as answered by telephone."))
    else:
        answer_enquiry(enquiry=record, text=text, by=request.user, asks_back=how == ASK_BACK)
        messages.success(request, _("Your answer to %(name)s is in the outbox.") % {"name": record.name})
    return record.get_absolute_url()


@require_POST
def enquiry_word_back(request: Request, pk: int) -> HttpResponse:
    need_logger(request)
    record = _get(pk)
    form = WordBackForm(request.POST, auto_id="back_%s")
    if not form.is_valid():
        return _page(request, record, HTTPStatus.UNPROCESSABLE_ENTITY, word_back=form)

    def note() -> str:
        note_word_back(enquiry=record, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Noted. The enquiry is in the queue again."))
        return record.get_absolute_url()

    try:
        return redirect(act_once(submission=submission_key(request.POST), act=note))
    except TransitionRefusedError:
        form.add_error("text", str(MOVED_ON))
    return _page(request, _get(pk), HTTPStatus.UNPROCESSABLE_ENTITY, word_back=form)


@require_POST
def enquiry_convert(request: Request, pk: int) -> HttpResponse:
    """Make a partner of a business, and answer it in the same act if a text is there."""
    need_logger(request)
    record = _get(pk)
    proposal = propose(record, request.POST.get("firm", "new"))
    form = _convert_form(record, proposal, request.POST)
    if record.door == Door.BUSINESS and form.is_valid():
        try:
            act = lambda: _convert(request, record, form)  # noqa: E731 - two lines less than a function
            return redirect(act_once(submission=submission_key(request.POST), act=act))
        except TransitionRefusedError:
            form.add_error(None, str(MOVED_ON))
    return _page(request, _get(pk), HTTPStatus.UNPROCESSABLE_ENTITY, convert=form, proposal=proposal)


def _convert(request: Request, record: Enquiry, form: ConvertForm) -> str:
    made = convert_enquiry(enquiry=record, conversion=form.conversion(), by=request.user)
    if text := form.cleaned_data.get("text"):
        answer_enquiry(enquiry=made, text=text, by=request.user)
    messages.success(request, _("%(firm)s has this enquiry now.") % {"firm": made.organisation})
    return made.get_absolute_url()


@require_POST
def enquiry_assign(request: Request, pk: int) -> HttpResponse:
    need_logger(request)
    record = _get(pk)
    form = AssignForm(request.POST, auto_id="assign_%s")
    if not form.is_valid():
        return _page(request, record, HTTPStatus.UNPROCESSABLE_ENTITY, assign=form)
    colleague = form.cleaned_data["to"]
    assign_enquiry(enquiry=record, to=colleague, by=request.user)
    messages.success(request, _("%(name)s answers this enquiry.") % {"name": colleague.name})
    return redirect(record)


def _spam(record: Enquiry, request: Request) -> str:
    set_aside(enquiry=record, to=EnquiryStatus.SPAM, by=request.user)
    return _("Marked as spam.")


def _not_for_us(record: Enquiry, request: Request) -> str:
    set_aside(enquiry=record, to=EnquiryStatus.OUT_OF_SCOPE, by=request.user)
    return _("Marked as not for us.")


def _close(record: Enquiry, request: Request) -> str:
    close_enquiry(enquiry=record, by=request.user)
    return _("Closed.")


def _no_spam(record: Enquiry, request: Request) -> str:
    clear_suspicion(enquiry=record, by=request.user)
    return _("It is in the queue now, and the receipt is on its way.")


def _reopen(record: Enquiry, request: Request) -> str:
    reopen_enquiry(enquiry=record, by=request.user)
    return _("It is in the queue again.")


ACTS: dict[str, Callable[[Enquiry, Request], str]] = {
    "spam": _spam,
    "not-for-us": _not_for_us,
    "close": _close,
    "no-spam": _no_spam,
    "reopen": _reopen,
}
# These can be taken back by opening the enquiry again.
CAN_BE_UNDONE = {"spam", "not-for-us", "close"}


@require_POST
def enquiry_act(request: Request, pk: int, act: str) -> HttpResponse:
    need_logger(request)
    record = _get(pk)
    undo = reverse("outreach:enquiry_reopen", args=[pk]) if act in CAN_BE_UNDONE else ""
    try:
        messages.success(request, ACTS[act](record, request), extra_tags=undo)
    except TransitionRefusedError:
        messages.info(request, str(MOVED_ON))
    return redirect(record)
