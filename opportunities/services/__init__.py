"""What happens to proposals, openings, students and placements; other apps use what is named here."""

from opportunities.services.answering import (
    AlreadyDecidedError,
    Answer,
    NotOpenForAnswerError,
    StaleRoundError,
    answer_by_link,
    record_answer,
)
from opportunities.services.placing import (
    PlacementRefusedError,
    ReasonMissingError,
    add_opening,
    add_student,
    change_opening,
    change_placement,
    change_student,
    move_opening,
    move_placement,
    plan_placement,
)
from opportunities.services.sending import (
    NothingToSendError,
    ProposalIncompleteError,
    expire_due,
    send_link_again,
    send_new_link,
    send_proposal,
    withdraw_proposal,
)
from opportunities.services.writing import (
    NotWritableError,
    RoundText,
    draft_proposal,
    save_round,
    start_round,
)

__all__ = [
    "AlreadyDecidedError",
    "Answer",
    "NotOpenForAnswerError",
    "NotWritableError",
    "NothingToSendError",
    "PlacementRefusedError",
    "ProposalIncompleteError",
    "ReasonMissingError",
    "RoundText",
    "StaleRoundError",
    "add_opening",
    "add_student",
    "answer_by_link",
    "change_opening",
    "change_placement",
    "change_student",
    "draft_proposal",
    "expire_due",
    "move_opening",
    "move_placement",
    "plan_placement",
    "record_answer",
    "save_round",
    "send_link_again",
    "send_new_link",
    "send_proposal",
    "start_round",
    "withdraw_proposal",
]
