"""The page behind the link: nothing chosen beforehand, one answer, and the way down again."""

import re

import pytest
from django.urls import reverse

from propositions.enums import Channel
from propositions.models import ConsentLink, PublicationConsent, Testimonial
from propositions.quotes import quotes_for
from tests.partnerships.factories import ContactFactory
from tests.propositions.factories import QUOTE, TestimonialFactory, consent_token, day

pytestmark = pytest.mark.django_db

YES_TO_PRINT = {"words": "yes", "to_print": "yes", "to_website": "no", "name_shown": "full"}


@pytest.fixture
def testimonial(school) -> Testimonial:
    contact = ContactFactory(name="Dev Anand", job_title="Production manager", organisation__name="Kestrel")
    return TestimonialFactory(contact=contact)


@pytest.fixture
def url(testimonial) -> str:
    return reverse("propositions:consent", args=[consent_token(testimonial)])


def page(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_page_shows_exactly_the_words_and_nothing_chosen(client, url):
    response = client.get(url)

    shown = page(response)
    assert f"“{QUOTE}”" in shown
    assert not re.search(r"<input[^>]+checked", shown)
    assert "“Dev Anand, Production manager, Kestrel”" in shown
    assert "“somebody at a partner firm”" in shown


def test_each_way_of_naming_stands_once(client, school):
    bare = TestimonialFactory(contact__job_title="", contact__name="Kim Roe")

    shown = page(client.get(reverse("propositions:consent", args=[consent_token(bare)])))

    assert shown.count('name="name_shown"') == 3
    assert shown.count(f"“{bare.organisation.name}”") == 1


def test_yes_to_one_place_is_kept_and_shown_on_every_later_visit(client, url, testimonial):
    answer = client.post(url, YES_TO_PRINT, follow=True)

    assert "Thank you, Dev Anand" in page(answer)
    again = page(client.get(url))
    assert "Thank you, Dev Anand" in again
    assert "Printed sheets and leaflets" in again
    assert "Offers to businesses" not in again
    assert PublicationConsent.objects.get().channel == "print"


def test_second_answer_with_the_same_link_changes_nothing(client, url):
    client.post(url, YES_TO_PRINT)

    again = client.post(url, YES_TO_PRINT | {"to_website": "yes"})

    assert "Thank you, Dev Anand" in page(again)
    assert PublicationConsent.objects.get().channel == "print"


@pytest.mark.parametrize(
    "data",
    [{"words": "no", "to_print": "yes", "name_shown": "full"}, {"words": "yes"}, {"words": "yes", "to_print": "no"}],
    ids=["no to the words", "no place answered", "no to the place"],
)
def test_no_and_no_answer_show_nothing(client, url, testimonial, data):
    answer = client.post(url, data, follow=True)

    testimonial.refresh_from_db()
    assert testimonial.status == "declined"
    assert not PublicationConsent.objects.exists()
    assert "You said no" in page(answer)


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({}, "Choose one answer."),
        ({"words": "maybe"}, "Select a valid choice"),
        ({"words": "change", "own_words": "short"}, "Write how it should read."),
        ({"words": "change", "own_words": "x" * 601}, "at most 600 characters"),
        ({"words": "yes", "to_print": "yes"}, "Choose how we may name you."),
        ({"words": "yes", "to_print": "perhaps", "name_shown": "full"}, "Select a valid choice"),
        ({"words": "yes", "to_print": "yes", "name_shown": "photo"}, "Select a valid choice"),
    ],
)
def test_senseless_answers_are_shown_again_and_kept_nowhere(client, url, testimonial, data, wrong):
    response = client.post(url, data)

    testimonial.refresh_from_db()
    assert response.status_code == 422
    assert wrong in page(response) or wrong == "Select a valid choice"
    assert testimonial.status == "requested"
    assert not PublicationConsent.objects.exists()


def test_changed_words_are_what_is_agreed_to(client, url, testimonial):
    client.post(url, YES_TO_PRINT | {"words": "change", "own_words": "They were ready from week two on."})

    testimonial.refresh_from_db()
    assert testimonial.quote == "They were ready from week two on."
    assert PublicationConsent.objects.get().words == testimonial.quote


def test_words_come_down_with_the_same_link(client, school):
    shown = TestimonialFactory(shown=True, name_shown="full")
    token = consent_token(shown)
    down = reverse("propositions:withdraw", args=[token])

    assert "You do not need a reason" in page(client.get(down))
    answer = client.post(down, {"what": "all"}, follow=True)

    assert "It is gone" in page(answer)
    assert quotes_for(Channel.PRINT, on=day(0)) == {}
    assert client.get(down).url == reverse("propositions:consent", args=[token])
    assert client.post(down, {"what": "all"}).status_code == 302
    assert "It is gone" in page(client.get(reverse("propositions:consent", args=[token])))


def test_one_place_or_the_name_alone_can_go(client, school):
    shown = TestimonialFactory(shown=True, name_shown="full")
    down = reverse("propositions:withdraw", args=[consent_token(shown)])

    client.post(down, {"what": "print"})
    client.post(down, {"what": "name"})

    shown.refresh_from_db()
    assert shown.status == "published"
    assert [quote.shown_as for quote in quotes_for(Channel.PROPOSALS, on=day(0)).values()] == [
        "somebody at a partner firm"
    ]
    assert quotes_for(Channel.PRINT, on=day(0)) == {}


@pytest.mark.parametrize("what", ["", "website", "everything"])
def test_senseless_withdrawals_take_nothing_down(client, school, what):
    shown = TestimonialFactory(shown=True, name_shown="nobody")
    down = reverse("propositions:withdraw", args=[consent_token(shown)])

    response = client.post(down, {"what": what})

    assert response.status_code == 422
    assert len(quotes_for(Channel.PRINT, on=day(0))) == 1


@pytest.mark.parametrize("change", [{"answer_by": day(-1)}, {"status": "expired"}, {"status": "withdrawn"}])
def test_page_after_its_time_says_so_and_takes_no_answer(client, url, testimonial, change):
    Testimonial.objects.update(**change)

    opened, sent = client.get(url), client.post(url, YES_TO_PRINT)

    assert (opened.status_code, sent.status_code) == (410, 410)
    assert QUOTE not in page(opened)
    assert not PublicationConsent.objects.exists()


def test_markup_in_words_is_shown_as_text(client, school):
    rude = TestimonialFactory(quote="<script>alert(1)</script> They were ready.")

    shown = page(client.get(reverse("propositions:consent", args=[consent_token(rude)])))

    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_link_of_one_opens_nothing_of_another(client, school):
    mine, theirs = TestimonialFactory(quote="These are my words alone."), TestimonialFactory()
    url = reverse("propositions:consent", args=[consent_token(mine)])

    client.post(url, YES_TO_PRINT | {"testimonial": theirs.pk, "pk": theirs.pk})

    theirs.refresh_from_db()
    assert theirs.status == "requested"
    assert ConsentLink.objects.count() == 1
