"""What colleagues and the clock do in outreach; other apps use what is named here."""

from outreach.services.converting import Conversion, NewNeed, convert_enquiry
from outreach.services.enquiries import (
    NoAddressError,
    answer_enquiry,
    assign_enquiry,
    clear_suspicion,
    close_enquiry,
    note_answer,
    note_answer_outcome,
    note_word_back,
    reopen_enquiry,
    set_aside,
    sweep_enquiries,
)
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
from outreach.services.receiving import NobodyToTellError, TooManyError, receive_enquiry, receive_report
from outreach.services.reminders import send_reminders
from outreach.services.reports import close_report, note_report, reopen_report
from outreach.services.said import Said

__all__ = [
    "Change",
    "Conversion",
    "MailRefusedError",
    "NewNeed",
    "NextStep",
    "NoAddressError",
    "NobodyToTellError",
    "NotYetError",
    "OwnerRefusedError",
    "Plan",
    "Said",
    "TooManyError",
    "answer_enquiry",
    "assign_enquiry",
    "change_follow_up",
    "change_interaction",
    "clear_suspicion",
    "close_enquiry",
    "close_report",
    "complete_follow_up",
    "convert_enquiry",
    "delete_interaction",
    "log_interaction",
    "note_answer",
    "note_answer_outcome",
    "note_outcome",
    "note_report",
    "note_word_back",
    "put_back_follow_up",
    "reassign_follow_up",
    "receive_enquiry",
    "receive_report",
    "reopen_enquiry",
    "reopen_follow_up",
    "reopen_report",
    "restore_interaction",
    "send_email_to_contact",
    "send_reminders",
    "set_aside",
    "set_follow_up",
    "skip_follow_up",
    "snooze_follow_up",
    "sweep_enquiries",
]
