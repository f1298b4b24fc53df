"""The partner's page: read, answered, answered too late, answered twice."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from mailing.models import Message
from mailing.services import send_link_again
from opportunities.models import Proposal, ProposalAnswer, ProposalLink
from opportunities.services import send_proposal, withdraw_proposal
from tests.opportunities.factories import ProposalItemFactory, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor():
    return Client()


@pytest.fixture
def path(sent, newest_path):
    return newest_path()


def _answer(kind, **fields):
    return {"kind": kind, "round": 1, "words": "", "reason": "", **fields}


def test_page_says_it_in_short_and_point_by_point(draft, coordinator, visitor, newest_path):
    ProposalItemFactory(version=draft.versions.get(), description="Course fee", money_business=3600)

    send_proposal(proposal=draft, by=coordinator)

    page = visitor.get(newest_path()).content.decode()

    for words in [
        "For Rosa Lindqvist, Kestrel Precision Ltd",
        "Round 1, sent on",
        "by Marta Keller",
        "10 evenings of 3 hours",
        "30 hours by the college",
        "€3,600",
        "Nothing is binding until both sides sign an agreement.",
    ]:
        assert words in page
    assert "checked" not in page
    assert "<script" not in page


def test_reading_changes_nothing(path, visitor, sent):
    before = Proposal.objects.values().get(pk=sent.pk)

    assert visitor.get(path).status_code == 200
    assert visitor.head(path).status_code == 200

    assert Proposal.objects.values().get(pk=sent.pk) == before
    assert not ProposalAnswer.objects.exists()


def test_accepting_settles_it_and_tells_both_sides(path, visitor, sent, coordinator):
    response = visitor.post(path, _answer("accepted"), follow=True)

    assert "Accepted. Thank you" in response.content.decode()
    sent.refresh_from_db()
    assert (sent.status, sent.decided_on) == ("accepted", timezone.localdate())
    mails = Message.objects.filter(kind__startswith="opportunities.answer").values_list("kind", "to_email")
    assert set(mails) == {
        ("opportunities.answered", coordinator.email),
        ("opportunities.answer_copy", "rosa@kestrel.example.org"),
    }
    assert ProposalLink.objects.get().completed_at is not None


def test_asking_for_changes_keeps_the_link_and_shows_the_words(path, visitor, sent):
    response = visitor.post(path, _answer("changes", words="Shorter evenings"), follow=True)

    page = response.content.decode()
    assert "You asked for changes on" in page
    assert "Shorter evenings" in page
    sent.refresh_from_db()
    assert sent.status == "in_negotiation"
    assert visitor.post(path, _answer("accepted"), follow=True).status_code == 200
    sent.refresh_from_db()
    assert sent.status == "accepted"


def test_declining_keeps_the_reason(path, visitor, sent):
    response = visitor.post(path, _answer("declined", reason="timing", words="Next year"), follow=True)

    page = response.content.decode()
    assert "Thank you for telling us" in page
    assert "Timing" in page
    sent.refresh_from_db()
    assert (sent.status, sent.decision_reason, sent.decision_words) == ("declined", "timing", "Next year")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Choose one of the three answers."),
        (_answer("maybe"), "Select a valid choice"),
        (_answer("changes"), "Say in a few words what should change."),
        (_answer("declined"), "Choose the main reason."),
        (_answer("declined", reason="no_reply"), "Select a valid choice"),
        (_answer("changes", words="x" * 50_000), "at most 2000 characters"),
        (_answer("accepted", round=""), "Open the page from your e-mail again."),
        (_answer("accepted", round="-1"), "Open the page from your e-mail again."),
        (_answer("accepted", round="9" * 30), "Open the page from your e-mail again."),
        (_answer("accepted", round="one"), "Open the page from your e-mail again."),
    ],
)
def test_a_form_found_wanting_is_shown_again(path, visitor, sent, typed, words):
    response = visitor.post(path, typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Your answer has not been sent yet" in page
    sent.refresh_from_db()
    assert sent.status == "sent"


def test_text_is_kept_when_something_is_missing(path, visitor):
    response = visitor.post(path, _answer("declined", words="We are too few"))

    assert "We are too few" in response.content.decode()


def test_null_bytes_are_refused(path, visitor, sent):
    response = visitor.post(path, _answer("changes", words="a\x00b"))

    assert response.status_code == 422
    sent.refresh_from_db()
    assert sent.status == "sent"


def test_a_round_that_never_was_is_refused(path, visitor, sent):
    response = visitor.post(path, _answer("accepted", round=7))

    assert response.status_code == 409
    sent.refresh_from_db()
    assert sent.status == "sent"


def test_an_answer_to_an_old_round_is_refused_and_shows_the_newest(path, visitor, sent, next_round):
    next_round(sent)

    response = visitor.post(path, _answer("accepted", words="Fine"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "There is a newer round of this proposal" in page
    assert "Read round 2" in page
    assert "Fine" in page
    sent.refresh_from_db()
    assert (sent.status, ProposalAnswer.objects.count()) == ("sent", 0)


def test_even_a_wanting_answer_to_an_old_round_leads_to_the_newest(path, visitor, sent, next_round):
    next_round(sent)

    assert visitor.post(path, _answer("changes")).status_code == 409


def test_an_old_link_opens_the_newest_round(path, visitor, sent, next_round):
    item = sent.versions.get().items.get()
    next_round(sent)
    sent.versions.get(no=2).items.update(description="12 evenings of 2.5 hours")

    page = visitor.get(path).content.decode()

    assert "Round 2, sent on" in page
    assert "Compare with round 1" in page
    assert f"<del>{item.description}</del>" in page
    assert 'name="round" value="2"' in page


def test_once_decided_the_page_shows_what_was_answered(path, visitor, sent):
    visitor.post(path, _answer("accepted"))

    page = visitor.get(path).content.decode()
    again = visitor.post(path, _answer("declined", reason="price"))

    assert "Accept it as it stands" in page
    assert "This was answered already" in again.content.decode()
    assert ProposalAnswer.objects.count() == 1
    sent.refresh_from_db()
    assert sent.status == "accepted"


def test_double_click_asks_once(path, visitor, sent):
    typed = _answer("changes", words="Later", form_key="one")

    visitor.post(path, typed)
    visitor.post(path, typed)

    assert ProposalAnswer.objects.count() == 1


def test_withdrawn_proposal_says_so(path, visitor, sent, coordinator):
    withdraw_proposal(proposal=sent, by=coordinator)

    response = visitor.get(path)

    assert response.status_code == 410
    assert "We have taken back proposal" in response.content.decode()
    assert visitor.post(path, _answer("accepted")).status_code == 410


def test_after_the_last_day_nothing_is_taken_even_before_the_sweep(path, visitor, sent):
    sent.versions.update(valid_until=day(-1))

    response = visitor.post(path, _answer("accepted"))

    assert response.status_code == 410
    sent.refresh_from_db()
    assert sent.status == "sent"


def test_on_the_last_day_an_answer_is_taken(path, visitor, sent):
    sent.versions.update(valid_until=day(0))

    visitor.post(path, _answer("accepted"))

    sent.refresh_from_db()
    assert sent.status == "accepted"


def test_page_of_a_withdrawn_proposal_shows_nothing_of_it(path, visitor, sent, coordinator):
    withdraw_proposal(proposal=sent, by=coordinator)

    assert "10 evenings" not in visitor.get(path).content.decode()


def test_whoever_has_an_old_link_gets_the_newest_round_anew(sent, link, next_round):
    next_round(sent)
    ProposalLink.objects.filter(pk=link.pk).update(expires_at=timezone.now() - dt.timedelta(days=1))

    send_link_again(link=ProposalLink.objects.get(pk=link.pk))

    newest = ProposalLink.objects.latest("id")
    assert (newest.version.no, newest.email) == (2, link.email)


def test_page_takes_as_many_queries_for_thirty_points_as_for_one(path, visitor, sent, query_count):
    visitor.get(path)
    one = query_count(lambda: visitor.get(path))
    version = sent.versions.get()
    for line in range(1, 30):
        ProposalItemFactory(version=version, line=line)

    assert query_count(lambda: visitor.get(path)) == one
