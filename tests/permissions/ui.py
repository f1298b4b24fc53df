"""Drafts, kept texts and saved views: everybody's own."""

from typing import Any

from accounts.models import User
from tests.accounts.factories import UserFactory
from tests.permissions import EVERYBODY, Row, to
from ui.models import Draft, SavedView


def a_kept_text(_user: User | None) -> dict[str, Any]:
    return {"key": Draft.objects.create(key="k" * 43, path="/settings/", fields={"note": ["kept"]}).key}


def a_list(_user: User | None) -> dict[str, Any]:
    return {"list_key": "partnerships.organisations"}


def a_colleagues_view(_user: User | None) -> dict[str, Any]:
    view = SavedView.objects.create(owner=UserFactory(), list_key="partnerships.organisations", name="Theirs")
    return {"pk": view.pk}


ROWS = {
    "ui:draft": Row(post=to(EVERYBODY, 400)),
    "ui:kept": Row(get=to(EVERYBODY), make=a_kept_text),
    "ui:views": Row(get=to(EVERYBODY), post=to(EVERYBODY, 422), make=a_list),
    "ui:view_delete": Row(post=to((), 404), make=a_colleagues_view, elsewhere=dict.fromkeys(EVERYBODY, 404)),
}
