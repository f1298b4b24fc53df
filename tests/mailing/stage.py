"""A stage that only tests have: two kinds of mail and a purpose of links."""

from mailing.enums import Stream
from mailing.models import EmailedLink, Message
from mailing.services import issue_link, queue_mail
from mailing.slots import LinkKind, MailKind
from tests.mailing.models import TrialLink

outcomes: list[tuple[int, str]] = []


def note(message: Message) -> None:
    outcomes.append((message.pk, message.status))


def fail(message: Message) -> None:
    raise ZeroDivisionError


def send_again(link: EmailedLink) -> None:
    assert isinstance(link, TrialLink)
    fresh, url = issue_link(
        TrialLink, email=link.email, name=link.name, expires_at=link.expires_at.replace(year=2099), thing=link.thing
    )
    queue_mail("tests.plain", to_email=link.email, cause=fresh, context={"url": url})


slots = [
    MailKind("tests.plain", "Plain", Stream.TRANSACTIONAL, note),
    MailKind("tests.survey", "Survey", Stream.SURVEY, note),
    MailKind("tests.broken", "Broken", Stream.PERSONAL, fail),
    LinkKind(TrialLink, send_again),
]
