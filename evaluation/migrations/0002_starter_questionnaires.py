"""Questionnaires to begin with, so that an empty installation can ask at once."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from evaluation import starters


def make(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    starters.write(*(apps.get_model("evaluation", name).objects for name in ("Questionnaire", "Question")))


def unmake(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    titles = [title for _audience, title, _intro, _questions in starters.STARTERS]
    apps.get_model("evaluation", "Questionnaire").objects.filter(title__in=titles, waves=None).delete()


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
