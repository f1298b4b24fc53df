"""Writing questions. What was asked is never rewritten: a frozen questionnaire is copied."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rules import can_edit
from evaluation import starters
from evaluation.enums import Audience
from evaluation.models import Question, Questionnaire
from evaluation.rules import can_change_questions

COPIED = ["text", "kind", "topic", "required", "low", "high"]


@transaction.atomic
def write_starters() -> None:
    """Write the starter questionnaires where there are none, as in a database that was emptied."""
    if not Questionnaire.objects.exists():
        starters.write(Questionnaire.objects, Question.objects)


@transaction.atomic
def save_questionnaire(
    *,
    title: str,
    intro: str,
    minutes: int,
    questions: list[dict[str, Any]],
    by: User,
    audience: str = Audience.FIRMS,
) -> Questionnaire:
    """Add a questionnaire with its questions, each a dict of the fields in COPIED, in their order."""
    if not can_edit(by):
        raise PermissionDenied
    questionnaire = Questionnaire.objects.create(
        title=title, intro=intro, minutes=minutes, audience=audience, created_by=by
    )
    _write_questions(questionnaire, questions)
    return questionnaire


@transaction.atomic
def change_questionnaire(
    *, questionnaire: Questionnaire, questions: list[dict[str, Any]], by: User, **fields: Any
) -> Questionnaire:
    """Rewrite a questionnaire that nobody has been asked with yet; `fields` are those of its heading."""
    questionnaire = Questionnaire.objects.select_for_update(of=("self",)).get(pk=questionnaire.pk)
    if not can_change_questions(by, questionnaire):
        raise PermissionDenied
    for name, value in fields.items():
        setattr(questionnaire, name, value)
    questionnaire.version += 1
    questionnaire.updated_by = by
    questionnaire.save()
    questionnaire.questions.all().delete()
    _write_questions(questionnaire, questions)
    return questionnaire


def _write_questions(questionnaire: Questionnaire, questions: list[dict[str, Any]]) -> None:
    Question.objects.bulk_create(
        [Question(questionnaire=questionnaire, order=order, **fields) for order, fields in enumerate(questions, 1)]
    )


@transaction.atomic
def copy_questionnaire(*, questionnaire: Questionnaire, by: User) -> Questionnaire:
    """Make an editable copy with the same questions."""
    if not can_edit(by):
        raise PermissionDenied
    copy = Questionnaire.objects.create(
        title=questionnaire.title,
        intro=questionnaire.intro,
        minutes=questionnaire.minutes,
        audience=questionnaire.audience,
        copied_from=questionnaire,
        created_by=by,
    )
    _write_questions(copy, list(questionnaire.questions.values(*COPIED)))
    return copy


@transaction.atomic
def archive_questionnaire(*, questionnaire: Questionnaire, by: User) -> None:
    """Take a questionnaire off the list of those to choose from; its waves and answers stay."""
    if not can_edit(by):
        raise PermissionDenied
    Questionnaire.objects.filter(pk=questionnaire.pk, archived_at=None).update(archived_at=timezone.now())


@transaction.atomic
def restore_questionnaire(*, questionnaire: Questionnaire, by: User) -> None:
    if not can_edit(by):
        raise PermissionDenied
    Questionnaire.objects.filter(pk=questionnaire.pk).update(archived_at=None)
