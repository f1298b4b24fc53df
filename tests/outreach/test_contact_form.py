"""The public contact form, as people and programs use it."""

import datetime as dt
import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from mailing.models import Message
from mailing.sealing import unseal
from outreach.enums import Door, EnquiryStatus, Suspicion
from outreach.models import Enquiry, ProblemReport
from outreach.services.receiving import MOST
from outreach.spam import FLOOD
from tests.digest import database_digest
from tests.outreach.conftest import TODAY
from tests.outreach.factories import EnquiryFactory
from ui.models import SubmittedForm

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)
QUESTION = {"name": "Runa Beck", "email": "runa@hollin.example.org", "message": "How do you insure students abroad?"}
BUSINESS = {
    "organisation_name": "Solveig Solar",
    "name": "Tova Lind",
    "email": "tova@solveig.example.org",
    "town": "Eastmoor",
    "wishes": ["staff", "talk"],
    "people": "2",
    "by_when": "This autumn",
    "message": "We need two installers by autumn.",
}
PRACTICE = {
    "title": "Mentors’ breakfast",
    "stage": "8",
    "message": "Once a term all mentors have breakfast here.",
    "results": "Three firms changed something.",
    "credit": "organisation",
    "name": "Carl Imhof",
    "phone": "000 555 0144",
}
PROBLEM = {"message": "Something happened in the changing room"}
SAID = {"question": QUESTION, "business": BUSINESS, "practice": PRACTICE, "problem": PROBLEM}


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def lead(school, director):
    school.safeguarding_lead = director
    school.save()
    return director


def mail_of(message):
    """Return all that a mail says, in either of its forms."""
    body = unseal(message.body)
    return f"{message.subject} {message.to_name} {body['text']} {body['html']}"


def stamp_of(response):
    return unescape(re.search(r'name="stamp" value="(.*?)"', response.text)[1])


def send(clock, door="question", said=None, *, client=None, after=5 * SECOND, **more):
    """Open a door, wait, and send; return the answer."""
    client = client or Client()
    page = client.get(f"/contact/{door}/")
    clock.shift(after)
    stamp = stamp_of(page)
    return client.post(f"/contact/{door}/", (SAID[door] if said is None else said) | {"stamp": stamp}, **more)


def test_the_four_doors_are_linked_from_the_sign_in_and_from_every_public_foot(school):
    school.phone = "000 555 0142"
    school.save()

    doors = Client().get("/contact/").text

    assert all(f'href="/contact/{door}/"' in doors for door in SAID)
    assert "000 555 0142" in doors
    assert 'href="/contact/"' in Client().get("/sign-in/").text
    assert 'href="/contact/"' in doors


@pytest.mark.parametrize("path", ["", *(f"{door}/" for door in SAID)])
def test_opening_the_form_writes_nothing_and_runs_nothing(school, lead, path):
    before = database_digest()

    page = Client().get(f"/contact/{path}").text

    assert database_digest() == before
    assert not re.search(r"<script(?! type=.module. src)|style=|\son[a-z]+=", page)


@pytest.mark.parametrize("door", ["question", "business", "practice"])
def test_a_message_gets_a_number_a_promise_and_a_receipt(clock, door):
    response = send(clock, door)

    enquiry = Enquiry.objects.get()
    receipt = Client().get(response.url).text
    assert (response.status_code, enquiry.status, enquiry.reference) == (302, "new", "Q-2026-0001")
    assert (enquiry.door, enquiry.due_on) == (Door(door), dt.date(2026, 3, 16))
    assert "Q-2026-0001" in receipt
    assert "16 March" in receipt
    assert enquiry.message not in receipt
    assert Message.objects.filter(kind="outreach.enquiry_received").count() == bool(enquiry.email)


def test_each_door_keeps_its_own_fields(clock):
    send(clock, "business")
    send(clock, "practice")

    business, practice = Enquiry.objects.order_by("id")
    assert (business.wishes, business.people, business.by_when) == (["staff", "talk"], 2, "This autumn")
    assert (practice.title, practice.stage, practice.credit) == ("Mentors’ breakfast", 8, "organisation")


def test_the_receipt_mail_repeats_nothing_that_was_typed(clock):
    send(clock, said=QUESTION | {"name": "Buy pills", "organisation_name": "Cheap pills"})

    text = mail_of(Message.objects.get())

    assert "Q-2026-0001" in text
    assert not re.search(r"pills|insure", text)


def test_sending_twice_and_reloading_keep_one_message(clock):
    client = Client()
    page = client.get("/contact/question/")
    clock.shift(5 * SECOND)

    posts = [client.post("/contact/question/", QUESTION | {"stamp": stamp_of(page)}) for _turn in range(3)]
    pages = [client.get(posts[0].url).status_code for _turn in range(2)]

    assert {post.url for post in posts} == {posts[0].url}
    assert (Enquiry.objects.count(), Message.objects.count(), pages) == (1, 1, [200, 200])


@pytest.mark.parametrize(
    ("after", "words"),
    [(2 * SECOND, "very quick"), (25 * 3600 * SECOND, "more than a day")],
)
def test_too_fast_or_too_late_shows_the_form_again_and_the_second_time_it_goes(clock, after, words):
    client = Client()
    refused = send(clock, client=client, after=after)
    clock.shift(5 * SECOND)

    sent = client.post("/contact/question/", QUESTION | {"stamp": stamp_of(refused)})

    assert refused.status_code == 422
    assert words in refused.text
    assert QUESTION["message"] in refused.text
    assert sent.status_code == 302


@pytest.mark.parametrize("stamp", ["", "made-up", "of another door"])
def test_a_stamp_that_is_not_ours_is_as_good_as_none(clock, school, stamp):
    if stamp == "of another door":
        stamp = stamp_of(Client().get("/contact/business/"))

    response = Client().post("/contact/question/", QUESTION | {"stamp": stamp})

    assert response.status_code == 422
    assert QUESTION["message"] in response.text
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"email": "", "phone": ""}, "so that we can answer"),
        ({"email": "tova@solveig"}, "“tova@solveig” is not a complete"),
        ({"phone": "ask at the desk"}, "at least three figures"),
        ({"name": ""}, "Write your name"),
        ({"name": "x" * 121}, "at most 120"),
        ({"message": ""}, "Write your question"),
        ({"message": "word " * 10_000}, "it has 49,999, which is 45,999 too many"),
        ({"message": "zero\x00byte"}, "Null characters"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_text_stays(clock, wrong, words):
    said = QUESTION | wrong

    response = send(clock, said=said)

    page = unescape(response.text)
    assert response.status_code == 422
    assert words in page
    assert "Error:" in page
    assert said["message"].strip().replace("\x00", "") in page.replace("\x00", "")
    assert not Enquiry.objects.exists()


def test_fifty_thousand_characters_come_back_whole(clock):
    long = "x" * 50_000

    response = send(clock, said=QUESTION | {"message": long})

    assert response.status_code == 422
    assert "it has 50,000" in response.text
    assert long in response.text
    assert "maxlength" not in re.search(r"<textarea[^>]*>", response.text)[0]


@pytest.mark.parametrize("end", ["\r\nBcc: all@example.org", "\nSubject: x", "\u2028Bcc: x", "%0aBcc: x"])
@pytest.mark.parametrize("field", ["name", "organisation_name"])
def test_a_name_never_breaks_a_line(clock, field, end):
    send(clock, said=QUESTION | {field: f"Runa{end}"})

    enquiry = Enquiry.objects.get()
    assert len(getattr(enquiry, field).splitlines()) == 1
    assert "Bcc" not in str(Message.objects.get().headers)


@pytest.mark.parametrize("end", ["\r\nBcc: all@example.org", "\n", ",b@example.org", "%0aBcc: b@example.org"])
def test_an_address_with_anything_behind_it_reaches_nobody_else(clock, end):
    response = send(clock, said=QUESTION | {"email": f"runa@example.org{end}"})

    assert response.status_code in {302, 422}
    assert set(Message.objects.values_list("to_email", flat=True)) <= {"runa@example.org"}


def test_the_trap_holds_a_message_back_and_loses_nothing(clock):
    response = send(clock, said=QUESTION | {"homepage": "https://example.org"})

    enquiry = Enquiry.objects.get()
    assert response.status_code == 302
    assert (enquiry.status, enquiry.suspicion) == (EnquiryStatus.SUSPECTED, Suspicion.TRAP)
    assert not Message.objects.exists()


def test_many_links_hold_a_message_back_and_two_do_not(clock):
    two = "See https://example.org/a and www.example.org/b"

    send(clock, said=QUESTION | {"message": two})
    send(clock, said=QUESTION | {"message": f"{two} and https://example.org/c"})

    assert list(Enquiry.objects.order_by("id").values_list("status", flat=True)) == ["new", "suspected"]


def test_two_hundred_posts_a_minute_leave_the_database_small_and_others_get_through(clock):
    codes = []
    for turn in range(200):
        said = QUESTION | {"email": f"bot{turn}@example.org"}
        codes.append(send(clock, said=said, after=3 * SECOND / 10, REMOTE_ADDR="203.0.113.9").status_code)
        if turn < 60:
            codes.append(send(clock, said=said, after=4 * SECOND, REMOTE_ADDR="203.0.113.9").status_code)

    legitimate = send(clock, REMOTE_ADDR="198.51.100.7")

    hourly = MOST["network_hash"][0]
    assert codes.count(302) == hourly
    assert codes.count(429) > 150
    assert legitimate.status_code == 302
    assert (Enquiry.objects.count(), Message.objects.count()) == (hourly + 1, hourly + 1)
    assert SubmittedForm.objects.count() == hourly + 1


def test_the_limit_holds_without_a_shared_cache_and_keeps_the_text(clock):
    for turn in range(MOST["network_hash"][0]):
        cache.clear()
        send(clock, said=QUESTION | {"email": f"bot{turn}@example.org"})
    cache.clear()

    refused = send(clock)

    assert refused.status_code == 429
    assert QUESTION["message"] in refused.text
    assert refused.text.count("in an hour, or ring us") == 1


def test_one_address_may_not_be_flooded_with_receipts_from_everywhere(clock):
    codes = [send(clock, REMOTE_ADDR=f"198.51.100.{turn}").status_code for turn in range(1, 9)]

    assert codes.count(302) == MOST["email_hash"][0]
    assert Message.objects.count() == MOST["email_hash"][0]


def test_hashes_are_others_on_another_day_and_name_nobody(clock):
    send(clock)
    clock.shift(dt.timedelta(days=1))
    send(clock)

    first, second = Enquiry.objects.order_by("id")
    assert first.network_hash != second.network_hash
    assert first.email_hash != second.email_hash
    assert "127.0.0.1" not in first.network_hash


def test_a_flood_from_everywhere_is_held_back_without_mail(clock):
    EnquiryFactory.create_batch(FLOOD - 1)

    for turn in range(1, 4):
        said = QUESTION | {"email": f"runa{turn}@example.org"}
        send(clock, said=said, REMOTE_ADDR=f"198.51.100.{turn}")

    came = Enquiry.objects.filter(email__startswith="runa").order_by("id")
    assert list(came.values_list("status", flat=True)) == ["new", "suspected", "suspected"]
    assert Message.objects.count() == 1


def test_a_promise_made_on_a_saturday_counts_from_monday(clock):
    clock.move_to(dt.datetime(2026, 3, 14, 9, 0, tzinfo=dt.UTC))

    send(clock)

    assert Enquiry.objects.get().due_on == dt.date(2026, 3, 17)
    assert dt.date(2026, 3, 12) == TODAY


def test_the_receipt_page_opens_for_a_day_and_only_by_its_own_address(clock):
    url = send(clock).url

    opened = [Client().get(url).status_code, Client().get(url[:-3] + "xy/").status_code]
    clock.shift(dt.timedelta(hours=25))

    assert opened == [200, 404]
    assert Client().get(url).status_code == 404


def test_a_report_reaches_the_lead_and_no_mail_says_a_word_of_it(clock, lead):
    response = send(clock, "problem", PROBLEM | {"name": "Nina", "email": "nina@example.org"})

    report = ProblemReport.objects.get()
    (mail,) = Message.objects.all()
    receipt = Client().get(response.url).text
    assert (report.reference, mail.to_email) == ("R-2026-0001", lead.email)
    assert report.message not in receipt
    assert not re.search(r"Nina|changing|R-2026|report", mail_of(mail) + str(mail.headers) + mail.subject)
    assert not Enquiry.objects.exists()


def test_a_report_needs_neither_name_nor_address(clock, lead):
    response = send(clock, "problem")

    assert response.status_code == 302
    assert ProblemReport.objects.get().email == ""


def test_without_a_lead_nothing_can_be_reported_into_the_void(clock, lead, school):
    page = Client().get("/contact/problem/")
    clock.shift(5 * SECOND)
    school.safeguarding_lead = None
    school.save()

    response = Client().post("/contact/problem/", PROBLEM | {"stamp": stamp_of(page)})

    assert response.status_code == 503
    assert "nobody is named" in Client().get("/contact/problem/").text
    assert not ProblemReport.objects.exists()
