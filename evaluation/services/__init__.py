"""What happens with questionnaires, waves and answers."""

from evaluation.services.answering import save_answers, submit_response
from evaluation.services.asking import (
    add_people,
    change_wave,
    close_wave,
    draft_wave,
    open_wave,
    remind_silent,
    remove_person,
    reopen_wave,
)
from evaluation.services.questionnaires import (
    archive_questionnaire,
    change_questionnaire,
    copy_questionnaire,
    restore_questionnaire,
    save_questionnaire,
)
from evaluation.services.reading import mark_read
from evaluation.services.sending import close_ended_waves, issue_feedback_link, send_invitations

__all__ = [
    "add_people",
    "archive_questionnaire",
    "change_questionnaire",
    "change_wave",
    "close_ended_waves",
    "close_wave",
    "copy_questionnaire",
    "draft_wave",
    "issue_feedback_link",
    "mark_read",
    "open_wave",
    "remind_silent",
    "remove_person",
    "reopen_wave",
    "restore_questionnaire",
    "save_answers",
    "save_questionnaire",
    "send_invitations",
    "submit_response",
]
