"""What happens to mails and emailed links; other apps use what is named here."""

from mailing.services.links import (
    LinkClosedError,
    complete_link,
    issue_link,
    revoke_links,
    send_link_again,
    send_links_again,
)
from mailing.services.queueing import UnknownMailKindError, mail_kind, queue_mail
from mailing.services.suppression import lift_suppression, suppress

__all__ = [
    "LinkClosedError",
    "UnknownMailKindError",
    "complete_link",
    "issue_link",
    "lift_suppression",
    "mail_kind",
    "queue_mail",
    "revoke_links",
    "send_link_again",
    "send_links_again",
    "suppress",
]
