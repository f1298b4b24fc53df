"""The rows of all apps in one table."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings

from tests.permissions import Row

TABLE: dict[str, Row] = {}
for _app in settings.TANDEM_APPS:
    if find_spec(f"tests.permissions.{_app}"):
        TABLE |= import_module(f"tests.permissions.{_app}").ROWS
