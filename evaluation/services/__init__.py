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
from evaluation.services.changes import move_change, propose_change, rewrite_change
from evaluation.services.findings import (
    ReasonNeededError,
    accept_finding,
    change_finding,
    decline_finding,
    make_finding,
    reopen_finding,
)
from evaluation.services.links import issue_feedback_link
from evaluation.services.questionnaires import (
    archive_questionnaire,
    change_questionnaire,
    copy_questionnaire,
    restore_questionnaire,
    save_questionnaire,
    write_starters,
)
from evaluation.services.reading import mark_read
from evaluation.services.sending import close_ended_waves, send_invitations
from evaluation.services.students import NotAClassError, add_students, make_sheet, remove_student
from evaluation.services.unnamed import (
    AlreadyAnsweredError,
    ClassCompleteError,
    NothingSaidError,
    note_safety_seen,
    submit_class_answers,
    submit_student_answers,
)

__all__ = [
    "AlreadyAnsweredError",
    "ClassCompleteError",
    "NotAClassError",
    "NothingSaidError",
    "ReasonNeededError",
    "accept_finding",
    "add_people",
    "add_students",
    "archive_questionnaire",
    "change_finding",
    "change_questionnaire",
    "change_wave",
    "close_ended_waves",
    "close_wave",
    "copy_questionnaire",
    "decline_finding",
    "draft_wave",
    "issue_feedback_link",
    "make_finding",
    "make_sheet",
    "mark_read",
    "move_change",
    "note_safety_seen",
    "open_wave",
    "propose_change",
    "remind_silent",
    "remove_person",
    "remove_student",
    "reopen_finding",
    "reopen_wave",
    "restore_questionnaire",
    "rewrite_change",
    "save_answers",
    "save_questionnaire",
    "send_invitations",
    "submit_class_answers",
    "submit_response",
    "submit_student_answers",
    "write_starters",
]
