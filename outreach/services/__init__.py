"""What colleagues and the clock do in outreach; other apps use what is named here."""

from outreach.services.follow_ups import (
    Change,
    OwnerRefusedError,
    Plan,
    change_follow_up,
    complete_follow_up,
    put_back_follow_up,
    reassign_follow_up,
    reopen_follow_up,
    set_follow_up,
    skip_follow_up,
    snooze_follow_up,
)
from outreach.services.interactions import (
    NotYetError,
    change_interaction,
    delete_interaction,
    log_interaction,
    restore_interaction,
)
from outreach.services.letters import MailRefusedError, note_outcome, send_email_to_contact
from outreach.services.next_step import NextStep
from outreach.services.reminders import send_reminders
from outreach.services.said import Said

__all__ = [
    "Change",
    "MailRefusedError",
    "NextStep",
    "NotYetError",
    "OwnerRefusedError",
    "Plan",
    "Said",
    "change_follow_up",
    "change_interaction",
    "complete_follow_up",
    "delete_interaction",
    "log_interaction",
    "note_outcome",
    "put_back_follow_up",
    "reassign_follow_up",
    "reopen_follow_up",
    "restore_interaction",
    "send_email_to_contact",
    "send_reminders",
    "set_follow_up",
    "skip_follow_up",
    "snooze_follow_up",
]
