"""Proposals and places: coordinators write, send and place, directors may stop, everybody reads."""

from typing import Any

from accounts.enums import Role
from accounts.models import User
from opportunities.enums import OpeningStatus, PlacementStatus
from tests.opportunities.factories import (
    OpeningFactory,
    PlacementFactory,
    ProposalFactory,
    ProposalVersionFactory,
    StudentFactory,
)
from tests.permissions import EDITORS, EVERYBODY, Row, to

RESPONSIBLE = (Role.COORDINATOR, Role.DIRECTOR)


def a_draft(_user: User | None) -> dict[str, Any]:
    return {"pk": ProposalVersionFactory().proposal_id}


def one_sent(_user: User | None) -> dict[str, Any]:
    version = ProposalVersionFactory(out=True, proposal=ProposalFactory(out=True))
    return {"pk": version.proposal_id}


def an_opening(_user: User | None) -> dict[str, Any]:
    return {"pk": OpeningFactory().pk}


def a_placement(_user: User | None) -> dict[str, Any]:
    return {"pk": PlacementFactory(opening__taken=1).pk}


def one_under_way(_user: User | None) -> dict[str, Any]:
    return {"pk": PlacementFactory(opening__taken=1, status=PlacementStatus.ACTIVE).pk}


def a_student(_user: User | None) -> dict[str, Any]:
    return {"pk": StudentFactory().pk}


def a_made_up_token(_user: User | None) -> dict[str, Any]:
    return {"token": "made-up"}


ROWS = {
    "opportunities:answer": Row(
        get=to(EVERYBODY, 404),
        post=to(EVERYBODY, 404),
        anonymous={"GET": 404, "POST": 404},
        make=a_made_up_token,
    ),
    "opportunities:proposals": Row(get=to(EVERYBODY)),
    "opportunities:proposal_add": Row(get=to(EDITORS), post=to(EDITORS)),
    "opportunities:proposal": Row(get=to(EVERYBODY), make=a_draft),
    "opportunities:proposal_edit": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_draft),
    "opportunities:proposal_send": Row(get=to(EDITORS), post=to(EDITORS, 409), make=a_draft),
    "opportunities:proposal_round": Row(post=to(EDITORS, 302), make=one_sent),
    "opportunities:proposal_answer": Row(post=to(EDITORS, 422), make=one_sent),
    "opportunities:proposal_link": Row(post=to(EDITORS, 302), make=one_sent),
    "opportunities:proposal_withdraw": Row(get=to(RESPONSIBLE), post=to(RESPONSIBLE, 302), make=one_sent),
    "opportunities:openings": Row(get=to(EVERYBODY)),
    "opportunities:opening_add": Row(get=to(EDITORS), post=to(EDITORS)),
    "opportunities:opening": Row(get=to(EVERYBODY), make=an_opening),
    "opportunities:opening_edit": Row(get=to(EDITORS), post=to(EDITORS, 422), make=an_opening),
    "opportunities:opening_move": Row(post=to(EDITORS, 302), make=an_opening, data={"to": OpeningStatus.CLOSED.value}),
    "opportunities:placement_add": Row(get=to(EDITORS), post=to(EDITORS, 422), make=an_opening),
    "opportunities:placements": Row(get=to(EVERYBODY)),
    "opportunities:placement": Row(get=to(EVERYBODY), make=a_placement),
    "opportunities:placement_edit": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_placement),
    "opportunities:placement_move": Row(
        post=to(EDITORS, 302), make=a_placement, data={"to": PlacementStatus.CONFIRMED.value}
    ),
    "opportunities:placement_end": Row(get=to(EDITORS), post=to(EDITORS, 422), make=one_under_way),
    "opportunities:students": Row(get=to(EVERYBODY)),
    "opportunities:student_add": Row(get=to(EDITORS), post=to(EDITORS, 422)),
    "opportunities:student": Row(get=to(RESPONSIBLE), make=a_student),
    "opportunities:student_edit": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_student),
}
