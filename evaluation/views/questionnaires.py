"""Questionnaires: list, write, copy, put away."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import Request
from accounts.rules import can_edit
from evaluation.forms import BaseQuestionFormSet, QuestionForm, QuestionFormSet, QuestionnaireForm
from evaluation.models import Questionnaire
from evaluation.rules import can_change_questions
from evaluation.services import (
    archive_questionnaire,
    change_questionnaire,
    copy_questionnaire,
    restore_questionnaire,
    save_questionnaire,
)
from ui.drafts import submission_key
from ui.services import act_once
from ui.undo import read_undo, undo_token

SHOWN = 100


@require_GET
def questionnaire_list(request: Request) -> HttpResponse:
    rows = Questionnaire.objects.filter(archived_at=None)[:SHOWN]
    context = {"questionnaires": rows.prefetch_related("questions"), "can_edit": can_edit(request.user)}
    return render(request, "evaluation/questionnaires.html", context)


@require_GET
def questionnaire_detail(request: Request, pk: int) -> HttpResponse:
    questionnaire = get_object_or_404(Questionnaire, pk=pk)
    context = {
        "questionnaire": questionnaire,
        "questions": questionnaire.questions.all(),
        "can_edit": can_edit(request.user),
        "can_change": can_change_questions(request.user, questionnaire),
    }
    return render(request, "evaluation/questionnaire.html", context)


def questionnaire_add(request: Request) -> HttpResponse:
    if not can_edit(request.user):
        raise PermissionDenied
    form, questions = QuestionnaireForm(request.POST or None), QuestionFormSet(request.POST or None, prefix="q")
    if _is_saved(request, form, questions):
        return redirect(act_once(submission=submission_key(request.POST), act=lambda: _save(request, form, questions)))
    return _form_page(request, form, questions)


def _save(request: Request, form: QuestionnaireForm, questions: BaseQuestionFormSet) -> str:
    saved = save_questionnaire(**form.cleaned_data, questions=questions.questions(), by=request.user)
    return saved.get_absolute_url()


def questionnaire_change(request: Request, pk: int) -> HttpResponse:
    questionnaire = get_object_or_404(Questionnaire, pk=pk)
    if not can_change_questions(request.user, questionnaire):
        raise PermissionDenied
    form = QuestionnaireForm(request.POST or None, instance=questionnaire)
    asked = list(questionnaire.questions.values(*QuestionForm.Meta.fields))
    questions = QuestionFormSet(request.POST or None, prefix="q", initial=asked)
    if _is_saved(request, form, questions):
        change_questionnaire(
            questionnaire=questionnaire, **form.cleaned_data, questions=questions.questions(), by=request.user
        )
        messages.success(request, _("Questionnaire saved."))
        return redirect(questionnaire)
    return _form_page(request, form, questions)


def _is_saved(request: Request, form: QuestionnaireForm, questions: BaseQuestionFormSet) -> bool:
    """Whether the form is to be saved; “add another question” only shows it again with one more row."""
    if request.method != "POST" or "add" in request.POST:
        return False
    return all([form.is_valid(), questions.is_valid()])


def _form_page(request: Request, form: QuestionnaireForm, questions: BaseQuestionFormSet) -> HttpResponse:
    if "add" in request.POST:
        questions = _one_more(request)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or _has_errors(questions) else HTTPStatus.OK
    return render(request, "evaluation/questionnaire_form.html", {"form": form, "questions": questions}, status=status)


def _has_errors(questions: BaseQuestionFormSet) -> bool:
    return questions.is_bound and not questions.is_valid()


def _one_more(request: Request) -> BaseQuestionFormSet:
    data = request.POST.copy()
    data["q-TOTAL_FORMS"] = str(min(int(data.get("q-TOTAL_FORMS") or 0) + 1, QuestionFormSet.max_num))
    return QuestionFormSet(data, prefix="q")


@require_POST
def questionnaire_copy(request: Request, pk: int) -> HttpResponse:
    copy = copy_questionnaire(questionnaire=get_object_or_404(Questionnaire, pk=pk), by=request.user)
    messages.success(request, _("A copy to change is ready. What was asked before stays as it was."))
    return redirect("evaluation:questionnaire_change", copy.pk)


@require_POST
def questionnaire_archive(request: Request, pk: int) -> HttpResponse:
    questionnaire = get_object_or_404(Questionnaire, pk=pk)
    archive_questionnaire(questionnaire=questionnaire, by=request.user)
    undo = reverse("evaluation:questionnaire_restore", args=[undo_token("questionnaire", pk=pk)])
    words = _("Put away: “%(title)s”.") % {"title": questionnaire.title}
    messages.success(request, words, extra_tags=undo)
    return redirect("evaluation:questionnaires")


@require_POST
def questionnaire_restore(request: Request, signed: str) -> HttpResponse:
    what = read_undo("questionnaire", signed)
    if what is None:
        messages.warning(request, _("It is too late to undo that."))
        return redirect("evaluation:questionnaires")
    questionnaire = get_object_or_404(Questionnaire, pk=what["pk"])
    restore_questionnaire(questionnaire=questionnaire, by=request.user)
    return redirect(questionnaire)
