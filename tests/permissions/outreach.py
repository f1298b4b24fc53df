"""What was said and what comes next: coordinators write, everybody reads."""

from typing import Any

from accounts.models import User
from outreach.enums import Channel
from tests.outreach.factories import FollowUpFactory, InteractionFactory
from tests.partnerships.factories import OrganisationFactory
from tests.permissions import DIRECTORS, EDITORS, EVERYBODY, Row, to


def an_organisation(_user: User | None) -> dict[str, Any]:
    return {"pk": OrganisationFactory().pk}


def a_follow_up(_user: User | None) -> dict[str, Any]:
    return {"pk": FollowUpFactory().pk}


def a_follow_up_done(_user: User | None) -> dict[str, Any]:
    return {"pk": FollowUpFactory(done=True).pk}


def their_own_words(user: User | None) -> dict[str, Any]:
    return {"pk": InteractionFactory(note=True, by=user).pk if user else InteractionFactory(note=True).pk}


def a_made_up_token(_user: User | None) -> dict[str, Any]:
    return {"token": "made-up"}


ROWS = {
    "outreach:follow_ups": Row(get=to(EVERYBODY)),
    "outreach:team_follow_ups": Row(get=to(EVERYBODY)),
    "outreach:said": Row(get=to(EVERYBODY)),
    "outreach:follow_up": Row(get=to(EVERYBODY), make=a_follow_up),
    "outreach:follow_up_edit": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_follow_up),
    "outreach:follow_up_done": Row(post=to(EDITORS, 302), make=a_follow_up),
    "outreach:follow_up_skip": Row(post=to(EDITORS, 302), make=a_follow_up),
    "outreach:follow_up_reopen": Row(post=to(EDITORS, 302), make=a_follow_up_done),
    "outreach:follow_up_snooze": Row(get=to(EDITORS), post=to(EDITORS, 422), make=a_follow_up),
    "outreach:follow_up_take": Row(post=to(EDITORS, 302), make=a_follow_up),
    "outreach:follow_up_undo": Row(post=to(EDITORS + DIRECTORS, 302), make=a_made_up_token),
    "outreach:follow_up_add": Row(get=to(EDITORS), post=to(EDITORS, 422), make=an_organisation),
    "outreach:log": Row(get=to(EDITORS)),
    "outreach:plan": Row(get=to(EDITORS)),
    **{
        f"outreach:{channel.value}": Row(get=to(EDITORS), post=to(EDITORS, 422), make=an_organisation)
        for channel in Channel
    },
    "outreach:interaction": Row(get=to(EVERYBODY), make=their_own_words),
    "outreach:interaction_edit": Row(get=to(EDITORS), post=to(EDITORS, 422), make=their_own_words),
    "outreach:interaction_delete": Row(post=to(EDITORS, 302), make=their_own_words),
    "outreach:interaction_undo": Row(post=to(EDITORS, 302), make=a_made_up_token),
}
