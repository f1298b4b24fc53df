"""What an app says about the mails it sends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailing.enums import Stream
from roadmap.slots import Words

if TYPE_CHECKING:
    from mailing.models import EmailedLink, Message


def _nothing(_message: Message) -> None:
    return None


@dataclass(frozen=True)
class MailKind:
    """A kind of mail, such as `agreements.signing_request`.

    Its text comes from `templates/emails/<app>/<name>.txt` and `.html`; the first line of the .txt is the subject.
    `on_outcome` is called in the transaction that stores a final state.
    """

    key: str
    label: Words
    stream: Stream
    on_outcome: Callable[[Message], None] = _nothing


@dataclass(frozen=True)
class LinkKind:
    """A purpose of emailed links for which the recipient may ask for a new one.

    `send_again` gets a link that no longer opens, locked. If what it was for is still open it issues a fresh one and
    queues its mail to the address on file; else it does nothing.
    """

    model: type[EmailedLink]
    send_again: Callable[[EmailedLink], None]
