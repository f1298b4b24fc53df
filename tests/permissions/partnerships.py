"""Partners, their people, the board and imports."""

from typing import Any

from accounts.models import User
from tests.partnerships.factories import ContactFactory, NeedFactory, OrganisationFactory
from tests.partnerships.importing.factories import ImportBatchFactory
from tests.permissions import EDITORS, EVERYBODY, Row, to


def an_organisation(_user: User | None) -> dict[str, Any]:
    return {"pk": OrganisationFactory().pk}


def an_archived_organisation(_user: User | None) -> dict[str, Any]:
    return {"pk": OrganisationFactory(archived=True).pk}


def a_person(_user: User | None) -> dict[str, Any]:
    return {"pk": ContactFactory().pk}


def a_need(_user: User | None) -> dict[str, Any]:
    return {"pk": NeedFactory().pk}


def an_undo(_user: User | None) -> dict[str, Any]:
    return {"act": "move", "token": "made-up"}


def an_import(_user: User | None) -> dict[str, Any]:
    return {"pk": ImportBatchFactory().pk}


ROWS = {
    "partnerships:list": Row(get=to(EVERYBODY)),
    "partnerships:export": Row(post=to(EVERYBODY, 302)),
    "partnerships:add": Row(get=to(EDITORS), post=to(EDITORS, 422)),
    "partnerships:detail": Row(get=to(EVERYBODY), make=an_organisation),
    "partnerships:edit": Row(get=to(EDITORS), post=to(EDITORS, 422), make=an_organisation),
    "partnerships:take": Row(post=to(EDITORS, 302), make=an_organisation),
    "partnerships:archive": Row(post=to(EDITORS, 302), make=an_organisation),
    "partnerships:restore": Row(post=to(EDITORS, 302), make=an_archived_organisation),
    "partnerships:move": Row(get=to(EDITORS), post=to(EDITORS, 422), make=an_organisation),
    "partnerships:person_add": Row(get=to(EDITORS), post=to(EDITORS, 422), make=an_organisation),
    "partnerships:person": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_person),
    "partnerships:person_archive": Row(post=to(EDITORS, 302), make=a_person),
    "partnerships:needs": Row(get=to(EVERYBODY)),
    "partnerships:need_add": Row(get=to(EDITORS), post=to(EDITORS, 422), make=an_organisation),
    "partnerships:need_close": Row(post=to(EDITORS, 302), make=a_need),
    "partnerships:need_reopen": Row(post=to(EDITORS, 302), make=a_need),
    "partnerships:undo": Row(post=to(EDITORS, 302), make=an_undo),
    "partnerships:import": Row(get=to(EDITORS), post=to(EDITORS, 422)),
    "partnerships:import_detail": Row(get=to(EDITORS), post=to(EDITORS, 422), make=an_import),
    "partnerships:import_encoding": Row(post=to(EDITORS, 302), make=an_import),
    "partnerships:import_discard": Row(post=to(EDITORS, 302), make=an_import),
    "partnerships:import_rows": Row(get=to(EDITORS), make=an_import),
    "partnerships:import_download": Row(get=to(EDITORS), make=an_import),
    "partnerships:board": Row(get=to(EVERYBODY)),
}
