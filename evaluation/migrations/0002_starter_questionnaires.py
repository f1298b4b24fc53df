"""Questionnaires to begin with, so that an empty installation can ask at once."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from evaluation.starters import FIELDS, STARTERS


def make(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    Questionnaire = apps.get_model("evaluation", "Questionnaire")  # noqa: N806 - a model
    Question = apps.get_model("evaluation", "Question")  # noqa: N806 - a model
    for audience, title, intro, questions in STARTERS:
        questionnaire = Questionnaire.objects.create(title=title, intro=intro, audience=audience)
        Question.objects.bulk_create(
            Question(questionnaire=questionnaire, order=order, **dict(zip(FIELDS, question, strict=True)))
            for order, question in enumerate(questions, 1)
        )


def unmake(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    titles = [title for _audience, title, _intro, _questions in STARTERS]
    apps.get_model("evaluation", "Questionnaire").objects.filter(title__in=titles, waves=None).delete()


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
