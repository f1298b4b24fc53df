"""Feedback: coordinators ask and read answers by name, everybody else reads figures."""

from typing import Any

from accounts.models import User
from tests.evaluation.factories import (
    InvitationFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    WaveFactory,
)
from tests.permissions import EDITORS, EVERYBODY, Row, to
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


ROWS = {
    "evaluation:answer": Row(
        get=to(EVERYBODY, 404),
        post=to(EVERYBODY, 404),
        anonymous={"GET": 404, "POST": 404},
        make=lambda _user: {"token": "made-up"},
    ),
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
