"""Signing in, one's own account, people and the school."""

from typing import Any

from accounts.enums import Role
from accounts.models import School, User
from tests.accounts.factories import UserFactory
from tests.permissions import ADMINISTRATORS, EVERYBODY, Row, to

SHOWN = {"GET": 200}


def a_colleague(_user: User | None) -> dict[str, Any]:
    return {"object_id": UserFactory().pk}


def the_school(_user: User | None) -> dict[str, Any]:
    return {"object_id": School.PK}


def a_dead_password_link(_user: User | None) -> dict[str, Any]:
    return {"uidb36": "1", "key": "abc-123"}


ROWS = {
    # Signing in and out
    "account_login": Row(get=to(EVERYBODY, 302), post=to(EVERYBODY, 302), anonymous={"GET": 200, "POST": 200}),
    "account_logout": Row(get=to(EVERYBODY), post=to(EVERYBODY, 302), anonymous={"GET": 302, "POST": 302}),
    "account_reset_password": Row(get=to(EVERYBODY), post=to(EVERYBODY), anonymous={"GET": 200, "POST": 200}),
    "account_reset_password_done": Row(get=to(EVERYBODY), anonymous={"GET": 200, "POST": 405}),
    "account_reset_password_from_key": Row(
        get=to(EVERYBODY), post=to(EVERYBODY), anonymous={"GET": 200, "POST": 200}, make=a_dead_password_link
    ),
    "account_reset_password_from_key_done": Row(get=to(EVERYBODY), anonymous={"GET": 200, "POST": 405}),
    "mfa_authenticate": Row(get=to(EVERYBODY, 302), post=to(EVERYBODY, 302), anonymous={"GET": 302, "POST": 302}),
    "account_reauthenticate": Row(get=to(EVERYBODY), post=to(EVERYBODY)),
    "mfa_reauthenticate": Row(get=to(EVERYBODY, 302), post=to(EVERYBODY, 302)),
    "accounts:demo_sign_in": Row(
        post=to(EVERYBODY, 404), anonymous={"GET": 405, "POST": 404}, make=lambda _user: {"role": Role.VIEWER}
    ),
    "accounts:logo": Row(get=to(EVERYBODY, 404), anonymous={"GET": 404, "POST": 405}),
    # One's own account
    "accounts:settings": Row(get=to(EVERYBODY), post=to(EVERYBODY, 422)),
    "account_change_password": Row(get=to(EVERYBODY), post=to(EVERYBODY)),
    "usersessions_list": Row(get=to(EVERYBODY), post=to(EVERYBODY, 302)),
    "mfa_index": Row(get=to(EVERYBODY)),
    "mfa_activate_totp": Row(get=to(EVERYBODY), post=to(EVERYBODY)),
    "mfa_deactivate_totp": Row(get=to(EVERYBODY, 404), post=to(EVERYBODY, 404)),
    "mfa_view_recovery_codes": Row(get=to(EVERYBODY, 404)),
    "mfa_generate_recovery_codes": Row(get=to(EVERYBODY), post=to(EVERYBODY)),
    "mfa_download_recovery_codes": Row(get=to(EVERYBODY, 404), post=to(EVERYBODY, 404)),
    # People and the school
    "admin:index": Row(get=to(ADMINISTRATORS), post=to(ADMINISTRATORS)),
    "admin:login": Row(get=to(ADMINISTRATORS, 302), post=to(ADMINISTRATORS, 302), anonymous={"GET": 302, "POST": 302}),
    "admin:jsi18n": Row(get=to(ADMINISTRATORS), post=to(ADMINISTRATORS, 405)),
    "admin:app_list": Row(
        get=to(ADMINISTRATORS), post=to(ADMINISTRATORS), make=lambda _user: {"app_label": "accounts"}
    ),
    "admin:accounts_user_changelist": Row(get=to(ADMINISTRATORS), post=to(ADMINISTRATORS)),
    "admin:accounts_user_add": Row(get=to(ADMINISTRATORS), post=to(ADMINISTRATORS)),
    "admin:accounts_user_change": Row(get=to(ADMINISTRATORS), post=to(ADMINISTRATORS), make=a_colleague),
    "admin:accounts_user_history": Row(get=to(ADMINISTRATORS), post=to(ADMINISTRATORS), make=a_colleague),
    "admin:accounts_school_changelist": Row(get=to(ADMINISTRATORS, 302), post=to(ADMINISTRATORS, 302)),
    "admin:accounts_school_add": Row(get=to((), 403), post=to((), 403)),
    "admin:accounts_school_change": Row(get=to(ADMINISTRATORS), post=to(ADMINISTRATORS), make=the_school),
    "admin:accounts_school_history": Row(get=to(ADMINISTRATORS), post=to(ADMINISTRATORS), make=the_school),
}
