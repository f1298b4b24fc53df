"""The outbox, and what recipients of mails open."""

from typing import Any

from accounts.enums import Role
from accounts.models import User
from mailing.enums import MessageStatus, Stream
from mailing.sealing import seal_subscription
from tests.mailing.factories import MessageFactory
from tests.permissions import Row, to

READERS = (Role.COORDINATOR, Role.DIRECTOR, Role.ADMINISTRATOR)
STEERERS = (Role.COORDINATOR, Role.ADMINISTRATOR)


def a_mail(_user: User | None) -> dict[str, Any]:
    return {"pk": MessageFactory(status=MessageStatus.FAILED).pk}


def a_mail_in_doubt(_user: User | None) -> dict[str, Any]:
    return {"pk": MessageFactory(status=MessageStatus.OUTCOME_UNKNOWN).pk}


def a_subscription(_user: User | None) -> dict[str, Any]:
    return {"token": seal_subscription("luis@example.org", Stream.SURVEY)}


ROWS = {
    "mailing:outbox": Row(get=to(READERS)),
    "mailing:detail": Row(get=to(READERS), make=a_mail),
    "mailing:again": Row(post=to(STEERERS, 302), make=a_mail),
    "mailing:off": Row(post=to(STEERERS, 302), make=a_mail),
    "mailing:arrived": Row(post=to(STEERERS, 302), make=a_mail_in_doubt),
    "mail:new_link": Row(get=to(tuple(Role)), post=to(tuple(Role), 422), anonymous={"GET": 200, "POST": 422}),
    "mail:unsubscribe": Row(
        get=to(tuple(Role)),
        post=to(tuple(Role)),
        make=a_subscription,
        data={"List-Unsubscribe": "One-Click"},
        anonymous={"GET": 200, "POST": 200},
    ),
    "mail:subscribe": Row(post=to(tuple(Role), 302), make=a_subscription, anonymous={"GET": 405, "POST": 302}),
}
