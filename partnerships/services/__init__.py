"""What happens to organisations and contacts; other apps use what is named here."""

from partnerships.services.contacts import add_contact, archive_contact, change_contact, restore_contact
from partnerships.services.facts import check_facts, refresh_facts
from partnerships.services.needs import (
    NotTheirContactError,
    close_need,
    expire_needs,
    match_need,
    record_need,
    reopen_need,
)
from partnerships.services.organisations import (
    AlreadyOwnedError,
    add_organisation,
    archive_organisation,
    change_organisation,
    give_back_ownership,
    restore_organisation,
    take_ownership,
)
from partnerships.services.relationship import (
    MovedMeanwhileError,
    ReasonMissingError,
    UndoRefusedError,
    advance_status,
    begin_status,
    move_status,
    undo_move,
)
from partnerships.services.timeline import record_event

__all__ = [
    "AlreadyOwnedError",
    "MovedMeanwhileError",
    "NotTheirContactError",
    "ReasonMissingError",
    "UndoRefusedError",
    "add_contact",
    "add_organisation",
    "advance_status",
    "archive_contact",
    "archive_organisation",
    "begin_status",
    "change_contact",
    "change_organisation",
    "check_facts",
    "close_need",
    "expire_needs",
    "give_back_ownership",
    "match_need",
    "move_status",
    "record_event",
    "record_need",
    "refresh_facts",
    "reopen_need",
    "restore_contact",
    "restore_organisation",
    "take_ownership",
    "undo_move",
]
