"""The queue of enquiries and the page of one, as colleagues use them."""

import datetime as dt
import re

import pytest

from mailing.models import Message
from outreach.enums import Direction, EnquiryStatus
from outreach.models import EnquiryReply
from partnerships.enums import Source
from partnerships.models import Need, Organisation
from tests.outreach.conftest import TODAY, toasts, undo_url
from tests.outreach.factories import EnquiryFactory
from tests.partnerships.factories import NeedFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock(clock):
    pass


def test_the_page_answers_and_a_text_that_cannot_leave_survives(marta):
    enquiry = EnquiryFactory(email="", phone="000 555 0190")

    refused = marta.post(f"/outreach/enquiries/{enquiry.pk}/answer/", {"text": "Yes, gladly.", "how": "answer"})
    noted = marta.post(
        f"/outreach/enquiries/{enquiry.pk}/answer/", {"text": "Yes, gladly.", "how": "phone"}, follow=True
    )

    assert refused.status_code == 422
    assert "Yes, gladly." in refused.text
    assert "no e-mail address" in refused.text
    assert toasts(noted) == ["Noted as answered by telephone."]


def test_an_answer_to_a_business_leaves_from_the_form_that_would_add_it(marta):
    enquiry = EnquiryFactory(business=True, name="Tova Lind")
    page = marta.get(f"/outreach/enquiries/{enquiry.pk}/").text
    url = f"/outreach/enquiries/{enquiry.pk}/answer/"

    refused = marta.post(url, {"text": " ", "how": "answer"})
    marta.post(url, {"text": "Gladly.", "how": "answer", "need_title": "Two installers", "name": "form"})

    enquiry.refresh_from_db()
    assert page.count("<textarea") == 1
    assert f'formaction="{url}"' in page
    assert (refused.status_code, "Write your answer first." in refused.text) == (422, True)
    assert (enquiry.status, Organisation.objects.count()) == ("answered", 0)


def test_pressing_send_twice_answers_once(marta):
    enquiry = EnquiryFactory()
    said = {"text": "Yes.", "how": "ask_back", "form_key": "k" * 22}

    for _turn in range(2):
        marta.post(f"/outreach/enquiries/{enquiry.pk}/answer/", said)

    enquiry.refresh_from_db()
    assert (enquiry.status, EnquiryReply.objects.count(), Message.objects.count()) == ("waiting", 1, 1)


def test_an_answer_to_what_a_colleague_closed_meanwhile_survives(marta):
    enquiry = EnquiryFactory(closed=True)

    response = marta.post(f"/outreach/enquiries/{enquiry.pk}/answer/", {"text": "Yes, gladly.", "how": "answer"})

    assert response.status_code == 422
    assert not Message.objects.exists()


@pytest.mark.parametrize("act", ["spam", "not-for-us"])
def test_setting_aside_offers_an_undo_that_works(marta, act):
    enquiry = EnquiryFactory()

    page = marta.post(f"/outreach/enquiries/{enquiry.pk}/{act}/", follow=True)
    marta.post(undo_url(page))

    enquiry.refresh_from_db()
    assert enquiry.status == EnquiryStatus.TRIAGED


def test_a_firm_that_looks_the_same_is_shown_field_beside_field(marta):
    firm = OrganisationFactory(name="Solveig Solar", town="Eastmoor", source=Source.RESEARCH)
    NeedFactory(organisation=firm, title="Wants two installers")
    enquiry = EnquiryFactory(business=True)

    page = marta.get(f"/outreach/enquiries/{enquiry.pk}/").text

    assert "This firm may be on file already" in page
    assert set(re.findall(r'type="radio" name="(\w+)" value="file"', page)) == {
        "name",
        "town",
        "person",
        "need",
        "source",
    }
    assert "adds 1 person, adds 1 need, links this enquiry, makes you the owner" in page
    assert "A new firm" in marta.get(f"/outreach/enquiries/{enquiry.pk}/?firm=new").text


def test_the_form_adds_to_the_firm_and_answers_in_one_act(marta):
    firm = OrganisationFactory(name="Solveig Solar", town="Northgate")
    enquiry = EnquiryFactory(business=True)
    said = {
        "firm": str(firm.pk),
        "name": "file",
        "town": "form",
        "person": "form",
        "need": "form",
        "source": "file",
        "need_title": "Two installers by autumn",
        "need_kind": "recruitment",
        "need_urgency": "12_months",
        "need_headcount": "2",
        "text": "Dear Tova, may I ring you tomorrow?",
    }

    marta.post(f"/outreach/enquiries/{enquiry.pk}/convert/", said)

    enquiry.refresh_from_db()
    firm.refresh_from_db()
    assert (enquiry.status, enquiry.organisation, firm.town) == ("converted", firm, "Eastmoor")
    assert Need.objects.get().title == "Two installers by autumn"
    assert Message.objects.filter(kind="outreach.enquiry_answer").count() == 1


def test_a_conversion_that_makes_no_sense_keeps_every_word(marta):
    enquiry = EnquiryFactory(business=True)
    said = {"firm": "new", "need": "form", "need_title": "", "need_kind": "gold", "text": "Dear Tova, welcome."}

    response = marta.post(f"/outreach/enquiries/{enquiry.pk}/convert/", said)

    assert response.status_code == 422
    assert "Dear Tova, welcome." in response.text
    assert not Organisation.objects.exists()


def test_a_firm_named_by_hand_in_the_form_must_be_a_candidate(marta):
    stranger = OrganisationFactory(name="Kestrel Precision")
    enquiry = EnquiryFactory(business=True)
    said = {"firm": str(stranger.pk), "need": "file", "need_kind": "recruitment", "need_urgency": "now"}

    marta.post(f"/outreach/enquiries/{enquiry.pk}/convert/", said)

    enquiry.refresh_from_db()
    assert enquiry.organisation != stranger


def test_a_question_cannot_be_made_a_partner(marta):
    enquiry = EnquiryFactory()

    response = marta.post(
        f"/outreach/enquiries/{enquiry.pk}/convert/",
        {"firm": "new", "need": "file", "need_kind": "recruitment", "need_urgency": "now"},
    )

    assert response.status_code == 422
    assert not Organisation.objects.exists()


def test_the_list_shows_what_waits_the_oldest_promise_first(marta):
    later = EnquiryFactory(due_on=TODAY + DAY)
    late = EnquiryFactory(overdue=True)
    EnquiryFactory(answered=True)

    rows = marta.get("/outreach/enquiries/").context["page"].rows

    assert list(rows) == [late, later]
    assert list(marta.get("/outreach/enquiries/?state=late").context["page"].rows) == [late]


def test_the_number_beside_enquiries_is_of_those_that_wait(marta):
    EnquiryFactory.create_batch(3)
    EnquiryFactory(held_back=True)

    page = marta.get("/outreach/enquiries/").text

    assert re.search(r'href="/outreach/enquiries/"[^>]*aria-current.*?>3<', page, re.DOTALL)
    assert "1 message was held back as spam" in page


@pytest.mark.parametrize("url", ["/outreach/enquiries/", "/outreach/enquiries/?state=all&export=csv"])
def test_the_list_costs_the_same_with_1_and_30_rows(marta, coordinator, url, query_count):
    def read():
        b"".join(response.streaming_content) if (response := marta.get(url)).streaming else response.content

    EnquiryFactory(assigned_to=coordinator)
    read()
    few = query_count(read)
    EnquiryFactory.create_batch(29, assigned_to=coordinator)

    assert query_count(read) == few


def test_the_page_costs_the_same_with_1_and_30_replies_and_a_full_queue(marta, coordinator, query_count):
    enquiry = EnquiryFactory(business=True)
    EnquiryReply.objects.create(enquiry=enquiry, direction=Direction.OUT, text="Yes.", by=coordinator)
    url = f"/outreach/enquiries/{enquiry.pk}/"
    marta.get(url)
    few = query_count(lambda: marta.get(url))
    EnquiryFactory.create_batch(9)
    for _turn in range(29):
        EnquiryReply.objects.create(enquiry=enquiry, direction=Direction.OUT, text="Yes.", by=coordinator)

    assert query_count(lambda: marta.get(url)) == few
