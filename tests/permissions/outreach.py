"""What was said and what comes next: coordinators write, everybody reads."""

from typing import Any

from django.core import signing

from accounts.enums import Role
from accounts.models import School, User
from outreach.enums import Channel
from outreach.views.contact import PAGES, RECEIPT_SALT
from tests.outreach.factories import EnquiryFactory, FollowUpFactory, InteractionFactory, ProblemReportFactory
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


def an_enquiry(_user: User | None) -> dict[str, Any]:
    return {"pk": EnquiryFactory().pk}


def a_business_that_wrote(_user: User | None) -> dict[str, Any]:
    return {"pk": EnquiryFactory(business=True).pk}


def an_enquiry_held_back(_user: User | None) -> dict[str, Any]:
    return {"pk": EnquiryFactory(held_back=True).pk}


def an_enquiry_answered(_user: User | None) -> dict[str, Any]:
    return {"pk": EnquiryFactory(answered=True).pk}


def a_receipt(_user: User | None) -> dict[str, Any]:
    what = {"door": "question", "pk": EnquiryFactory().pk}
    return {"receipt": signing.dumps(what, salt=RECEIPT_SALT)}


def a_report(_user: User | None) -> dict[str, Any]:
    """The school's lead is the director: whoever else asks is told that there is no such page."""
    directors = User.objects.filter(role=Role.DIRECTOR)
    School.objects.update_or_create(pk=School.PK, defaults={"safeguarding_lead": directors.first()})
    return {"pk": ProblemReportFactory().pk}


def the_lead(_user: User | None) -> dict[str, Any]:
    a_report(_user)
    return {}


NOT_FOUND_BUT_FOR_DIRECTORS = {role: 404 for role in Role if role != Role.DIRECTOR}
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
    "contact:doors": Row(get=to(EVERYBODY), anonymous={"GET": 200, "POST": 405}),
    **{
        f"contact:{door}": Row(get=to(EVERYBODY), post=to(EVERYBODY, 422), anonymous={"GET": 200, "POST": 422})
        for door in PAGES
    },
    "contact:received": Row(get=to(EVERYBODY), make=a_receipt, anonymous={"GET": 200, "POST": 405}),
    "outreach:enquiries": Row(get=to(EVERYBODY)),
    "outreach:enquiry": Row(get=to(EVERYBODY), make=an_enquiry),
    "outreach:enquiry_answer": Row(post=to(EDITORS, 422), make=an_enquiry),
    "outreach:enquiry_word_back": Row(post=to(EDITORS, 422), make=an_enquiry),
    "outreach:enquiry_assign": Row(post=to(EDITORS, 422), make=an_enquiry),
    "outreach:enquiry_convert": Row(post=to(EDITORS, 422), make=a_business_that_wrote),
    "outreach:enquiry_spam": Row(post=to(EDITORS, 302), make=an_enquiry),
    "outreach:enquiry_not_for_us": Row(post=to(EDITORS, 302), make=an_enquiry),
    "outreach:enquiry_close": Row(post=to(EDITORS, 302), make=an_enquiry_answered),
    "outreach:enquiry_no_spam": Row(post=to(EDITORS, 302), make=an_enquiry_held_back),
    "outreach:enquiry_reopen": Row(post=to(EDITORS, 302), make=an_enquiry_answered),
    "outreach:reports": Row(get=to(DIRECTORS), make=the_lead, elsewhere=NOT_FOUND_BUT_FOR_DIRECTORS),
    "outreach:report": Row(get=to(DIRECTORS), make=a_report, elsewhere=NOT_FOUND_BUT_FOR_DIRECTORS),
    "outreach:report_note": Row(post=to(DIRECTORS, 302), make=a_report, elsewhere=NOT_FOUND_BUT_FOR_DIRECTORS),
    "outreach:report_move": Row(post=to(DIRECTORS, 302), make=a_report, elsewhere=NOT_FOUND_BUT_FOR_DIRECTORS),
}
