"""Answers that came in, and single ones for those who act on them."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request
from evaluation.filters import RESPONSES
from evaluation.models import Response
from evaluation.rules import can_see_names
from evaluation.services import mark_read
from ui.responses import list_response


@require_GET
def answer_list(request: Request) -> HttpResponseBase:
    """Who answered when; what they said only for those who may see it."""
    if "export" in request.GET and not can_see_names(request.user):
        raise PermissionDenied
    answers = Response.objects.submitted().select_related("organisation", "wave", "invitation__contact")
    context = {"can_see_names": can_see_names(request.user)}
    return list_response(request, RESPONSES, answers, "evaluation/answers.html", context)


def _response(request: Request, pk: int) -> Response:
    if not can_see_names(request.user):
        raise PermissionDenied
    found = (
        Response.objects.submitted()
        .of_firms()
        .select_related("organisation", "wave__questionnaire", "invitation__contact")
    )
    return get_object_or_404(found, pk=pk)


@require_GET
def response_detail(request: Request, pk: int) -> HttpResponse:
    response = _response(request, pk)
    answers = response.answers.select_related("question").order_by("question__order", "question_id")
    return render(request, "evaluation/response.html", {"response": response, "answers": answers})


@require_POST
def response_read(request: Request, pk: int) -> HttpResponse:
    response = _response(request, pk)
    mark_read(response=response, by=request.user)
    return redirect("evaluation:answers")
