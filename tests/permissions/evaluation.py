"""Feedback: coordinators ask and read answers by name, everybody else reads figures."""

from typing import Any

from accounts.models import User
from evaluation.enums import ActionStatus, Asked, FindingStatus
from tests.evaluation.factories import (
    ChangeFactory,
    FindingFactory,
    InvitationFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    StudentInvitationFactory,
    WaveFactory,
    wave_of_class,
)
from tests.permissions import DIRECTORS, EDITORS, EVERYBODY, Row, to
from ui.undo import undo_token


def a_round(_user: User | None) -> dict[str, Any]:
    return {"pk": WaveFactory().pk}


def an_open_round(_user: User | None) -> dict[str, Any]:
    return {"pk": WaveFactory(opened=True).pk}


def a_closed_round(_user: User | None) -> dict[str, Any]:
    return {"pk": WaveFactory(closed=True).pk}


def somebody_to_ask(_user: User | None) -> dict[str, Any]:
    return {"pk": InvitationFactory(wave=WaveFactory()).pk}


def an_answer(_user: User | None) -> dict[str, Any]:
    return {"pk": ResponseFactory().pk}


def a_questionnaire(_user: User | None) -> dict[str, Any]:
    return {"pk": QuestionFactory().questionnaire_id}


def an_undo(_user: User | None) -> dict[str, Any]:
    return {"signed": undo_token("questionnaire", pk=QuestionnaireFactory().pk)}


def an_empty_questionnaire(_user: User | None) -> dict[str, Any]:
    return {"pk": QuestionnaireFactory().pk}


def a_round_of_students(_user: User | None) -> dict[str, Any]:
    return {"pk": WaveFactory(asked=Asked.STUDENTS).pk}


def a_student_to_ask(_user: User | None) -> dict[str, Any]:
    return {"pk": StudentInvitationFactory(wave=WaveFactory(asked=Asked.STUDENTS)).pk}


def a_class(_user: User | None) -> dict[str, Any]:
    return {"pk": wave_of_class().pk}


def a_finding(_user: User | None) -> dict[str, Any]:
    return {"pk": FindingFactory().pk}


def a_decided_finding(_user: User | None) -> dict[str, Any]:
    return {"pk": FindingFactory(status=FindingStatus.ACCEPTED).pk}


def a_change(_user: User | None) -> dict[str, Any]:
    return {"pk": ChangeFactory().pk}


def a_proposal(_user: User | None) -> dict[str, Any]:
    return {"pk": ChangeFactory().pk, "to": ActionStatus.APPROVED}


DECIDING = (*EDITORS, *DIRECTORS)
UNKNOWN_LINK = Row(
    get=to(EVERYBODY, 404),
    post=to(EVERYBODY, 404),
    anonymous={"GET": 404, "POST": 404},
    make=lambda _user: {"token": "made-up"},
)
ROWS = {
    "evaluation:answer_student": UNKNOWN_LINK,
    "evaluation:answer_class": UNKNOWN_LINK,
    "evaluation:wave_students": Row(get=to(EDITORS), post=to(EDITORS, 302), make=a_round_of_students),
    "evaluation:student_remove": Row(post=to(EDITORS, 302), make=a_student_to_ask),
    "evaluation:wave_sheet": Row(get=to(EDITORS), post=to(EDITORS), make=a_class),
    "evaluation:safety_seen": Row(post=to((), 302), make=a_class),
    "evaluation:findings": Row(get=to(EVERYBODY)),
    "evaluation:finding_add": Row(get=to(EDITORS), post=to(EDITORS, 422)),
    "evaluation:finding": Row(get=to(EVERYBODY), make=a_finding),
    "evaluation:finding_change": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_finding),
    "evaluation:finding_accept": Row(post=to(DECIDING, 302), make=a_finding),
    "evaluation:finding_decline": Row(get=to(DECIDING), post=to(DECIDING, 422), make=a_finding),
    "evaluation:finding_reopen": Row(post=to(DECIDING, 302), make=a_decided_finding),
    "evaluation:changes": Row(get=to(EVERYBODY)),
    "evaluation:change_list": Row(get=to(EVERYBODY)),
    "evaluation:change_add": Row(get=to(EDITORS), post=to(EDITORS, 422)),
    "evaluation:change": Row(get=to(EVERYBODY), make=a_change),
    "evaluation:change_edit": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_change),
    "evaluation:change_step": Row(get=to(DIRECTORS), post=to(DIRECTORS, 302), make=a_proposal),
    "evaluation:answer": UNKNOWN_LINK,
    "evaluation:list": Row(get=to(EVERYBODY)),
    "evaluation:wave_add": Row(get=to(EDITORS), post=to(EDITORS, 422)),
    "evaluation:wave": Row(get=to(EVERYBODY), make=a_round),
    "evaluation:wave_change": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_round),
    "evaluation:wave_people": Row(get=to(EDITORS), post=to(EDITORS, 302), make=a_round),
    "evaluation:wave_open": Row(get=to(EDITORS), post=to(EDITORS, 302), make=a_round),
    "evaluation:wave_remind": Row(get=to(EDITORS), post=to(EDITORS, 302), make=an_open_round),
    "evaluation:wave_close": Row(post=to(EDITORS, 302), make=an_open_round),
    "evaluation:wave_reopen": Row(post=to(EDITORS, 302), make=a_closed_round),
    "evaluation:wave_results": Row(get=to(EVERYBODY), make=an_open_round),
    "evaluation:person_remove": Row(post=to(EDITORS, 302), make=somebody_to_ask),
    "evaluation:answers": Row(get=to(EVERYBODY)),
    "evaluation:response": Row(get=to(EDITORS), make=an_answer),
    "evaluation:response_read": Row(post=to(EDITORS, 302), make=an_answer),
    "evaluation:questionnaires": Row(get=to(EVERYBODY)),
    "evaluation:questionnaire_add": Row(get=to(EDITORS), post=to(EDITORS, 422)),
    "evaluation:questionnaire": Row(get=to(EVERYBODY), make=a_questionnaire),
    "evaluation:questionnaire_change": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_questionnaire),
    "evaluation:questionnaire_copy": Row(post=to(EDITORS, 302), make=a_questionnaire),
    "evaluation:questionnaire_archive": Row(post=to(EDITORS, 302), make=an_empty_questionnaire),
    "evaluation:questionnaire_restore": Row(post=to(EDITORS, 302), make=an_undo),
}
