from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from roadmap.search import teach_sqlite


def _teach(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        teach_sqlite(connection.connection)


class RoadmapConfig(AppConfig):
    name = "roadmap"
    verbose_name = _("Roadmap")

    def ready(self) -> None:
        # Django's only hook for a function that each new SQLite connection needs.
        connection_created.connect(_teach, dispatch_uid="roadmap.fold")
