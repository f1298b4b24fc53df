"""Words of others: asked for, agreed to, shown, taken down."""

import datetime as dt

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mailing.models import Message
from mailing.services import LinkClosedError
from partnerships.models import TimelineEvent
from propositions.enums import TESTIMONIAL_TRANSITIONS, Channel, NameShown, TestimonialStatus
from propositions.models import ConsentLink, Testimonial
from propositions.quotes import Quote, quotes_for
from propositions.services import (
    ask_again,
    close_what_ran_out,
    give_consent,
    hide_name,
    mark_seen,
    publish_testimonial,
    request_testimonial,
    send_link,
    send_link_again,
    take_back_request,
    unpublish_testimonial,
    withdraw_consent,
)
from propositions.services.testimonials import (
    AlreadyAskedError,
    AnsweredAlreadyError,
    NoConsentError,
    NotReachableError,
    OtherFirmError,
)
from propositions.tasks import sweep
from roadmap.lifecycle import TransitionRefusedError, move
from tests.partnerships.factories import ContactFactory, OrganisationFactory
from tests.propositions.factories import QUOTE, TestimonialFactory, day

pytestmark = pytest.mark.django_db

PRINT, WEBSITE, PROPOSALS = Channel.PRINT, Channel.WEBSITE, Channel.PROPOSALS
ALLOWED = {
    ("requested", "approved"),
    ("requested", "declined"),
    ("requested", "expired"),
    ("requested", "withdrawn"),
    ("approved", "published"),
    ("approved", "withdrawn"),
    ("approved", "expired"),
    ("published", "approved"),
    ("published", "withdrawn"),
    ("published", "expired"),
    ("expired", "requested"),
    ("expired", "withdrawn"),
}


@pytest.fixture
def contact(school):
    return ContactFactory(
        name="Dev Anand", job_title="Production manager", email="dev@kestrel.example.org", organisation__name="Kestrel"
    )


@pytest.fixture
def asked(contact, coordinator) -> Testimonial:
    return request_testimonial(
        organisation=contact.organisation, contact=contact, quote=QUOTE, source="Visit", by=coordinator
    )


def link_of(testimonial: Testimonial) -> ConsentLink:
    return testimonial.links.filter(revoked_at=None).latest("pk")


def agree(testimonial: Testimonial, *channels: Channel, name=NameShown.FULL, words="") -> Testimonial:
    return give_consent(link=link_of(testimonial), channels=channels, name_shown=name, words=words, url="https://x")


@pytest.mark.parametrize("start", TestimonialStatus)
@pytest.mark.parametrize("end", TestimonialStatus)
def test_move_follows_the_table(start, end):
    testimonial = Testimonial(status=start)

    if (start.value, end.value) in ALLOWED:
        move(testimonial, to=end)
        assert testimonial.status == end
    else:
        with pytest.raises(TransitionRefusedError):
            move(testimonial, to=end)
        assert testimonial.status == start


def test_table_knows_every_state():
    assert set(TESTIMONIAL_TRANSITIONS) == set(TestimonialStatus)


def test_request_mails_a_link_and_stands_on_the_timeline(asked, contact):
    mail = Message.objects.get()

    assert (asked.status, asked.person_name, asked.person_role) == ("requested", "Dev Anand", "Production manager")
    assert (mail.kind, mail.to_email) == ("propositions.request", "dev@kestrel.example.org")
    assert asked.links.get().expires_at.date() > day(1000)
    event = TimelineEvent.objects.get()
    assert (event.kind, event.contact, event.title) == (
        "propositions.asked",
        contact,
        "Asked Dev Anand for a testimonial",
    )


@pytest.mark.parametrize("role", ["viewer", "director", "administrator"])
def test_only_coordinators_ask(contact, role, request):
    with pytest.raises(PermissionDenied):
        request_testimonial(
            organisation=contact.organisation,
            contact=contact,
            quote=QUOTE,
            source="Visit",
            by=request.getfixturevalue(role),
        )

    assert not Testimonial.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"email": ""},
        {"do_not_contact": True},
        {"archived_at": timezone.now()},
        {"organisation__do_not_contact": True, "organisation__do_not_contact_reason": "Asked us"},
    ],
    ids=["no address", "person does not want it", "archived", "firm does not want it"],
)
def test_nobody_is_asked_who_cannot_be(coordinator, change):
    contact = ContactFactory(**{"email": "dev@example.org"} | change)

    with pytest.raises(NotReachableError):
        request_testimonial(
            organisation=contact.organisation, contact=contact, quote=QUOTE, source="Visit", by=coordinator
        )


def test_person_of_another_firm_is_refused(contact, coordinator):
    with pytest.raises(OtherFirmError):
        request_testimonial(
            organisation=OrganisationFactory(), contact=contact, quote=QUOTE, source="Visit", by=coordinator
        )


@pytest.mark.parametrize("status", ["requested", "approved", "declined", "expired"])
def test_same_words_are_asked_about_once(asked, contact, coordinator, status):
    Testimonial.objects.update(status=status)

    with pytest.raises(AlreadyAskedError) as there:
        request_testimonial(
            organisation=contact.organisation, contact=contact, quote=f" {QUOTE} ", source="Mail", by=coordinator
        )

    assert there.value.testimonial == asked


def test_consent_is_kept_place_by_place_with_words_and_name(asked):
    testimonial = agree(asked, PRINT, WEBSITE)

    assert testimonial.status == "approved"
    kept = testimonial.consents.order_by("channel").values_list("channel", "words", "shown_as", "published_at")
    named = "Dev Anand, Production manager, Kestrel"
    assert list(kept) == [("print", QUOTE, named, None), ("website", QUOTE, named, None)]
    assert Message.objects.filter(kind="propositions.consent_copy").count() == 1
    assert TimelineEvent.objects.filter(kind="propositions.approved").count() == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (NameShown.FULL, "Dev Anand, Production manager, Kestrel"),
        (NameShown.ROLE, "Production manager, Kestrel"),
        (NameShown.NOBODY, "somebody at a partner firm"),
    ],
)
def test_name_is_shown_as_far_as_they_said(asked, name, shown):
    assert agree(asked, PRINT, name=name).consents.get().shown_as == shown


def test_own_words_replace_ours(asked):
    testimonial = agree(asked, PRINT, words="They were ready\nfrom week two.")

    assert (testimonial.quote, testimonial.asked_quote) == ("They were ready from week two.", QUOTE)
    assert testimonial.consents.get().words == "They were ready from week two."


def test_no_place_is_a_no(asked):
    testimonial = agree(asked)

    assert (testimonial.status, testimonial.consents.count()) == ("declined", 0)
    assert not Message.objects.filter(kind="propositions.consent_copy").exists()


def test_link_answers_once(asked):
    link = link_of(asked)
    agree(asked, PRINT)

    with pytest.raises(AnsweredAlreadyError):
        give_consent(link=link, channels=[WEBSITE], name_shown=NameShown.FULL)

    assert list(asked.consents.values_list("channel", flat=True)) == ["print"]


def test_revoked_link_answers_nothing(asked, coordinator):
    old = link_of(asked)
    send_link(testimonial=asked, by=coordinator)

    with pytest.raises(LinkClosedError):
        give_consent(link=old, channels=[PRINT], name_shown=NameShown.FULL)

    asked.refresh_from_db()
    assert asked.status == "requested"


def test_answer_after_its_day_counts_for_nothing(asked):
    Testimonial.objects.update(answer_by=day(-1))

    with pytest.raises(AnsweredAlreadyError):
        agree(asked, PRINT)


def test_shown_is_only_what_was_agreed_to_and_released(asked, coordinator):
    agree(asked, PRINT)
    assert quotes_for(PRINT, on=day(0)) == {}

    publish_testimonial(testimonial=asked, channel=PRINT, by=coordinator)

    assert quotes_for(PRINT, on=day(0)) == {asked.pk: Quote(QUOTE, "Dev Anand, Production manager, Kestrel")}
    assert quotes_for(WEBSITE, on=day(0)) == quotes_for(PRINT, on=day(2000)) == {}
    assert quotes_for(PRINT, on=day(0), testimonials=[asked.pk + 1]) == {}
    asked.refresh_from_db()
    assert asked.status == "published"


@pytest.mark.parametrize("channel", [WEBSITE, PROPOSALS])
def test_publishing_without_consent_for_the_place_is_refused(asked, coordinator, channel):
    agree(asked, PRINT)

    with pytest.raises(NoConsentError):
        publish_testimonial(testimonial=asked, channel=channel, by=coordinator)


@pytest.mark.parametrize("status", ["requested", "declined", "withdrawn", "expired"])
def test_publishing_before_or_after_consent_is_refused(school, coordinator, status):
    testimonial = TestimonialFactory(status=status, consents=(PRINT,))

    with pytest.raises(NoConsentError):
        publish_testimonial(testimonial=testimonial, channel=PRINT, by=coordinator)

    assert quotes_for(PRINT, on=day(0)) == {}


def test_taking_off_one_place_leaves_the_other(school, coordinator):
    testimonial = TestimonialFactory(shown=True)

    unpublish_testimonial(testimonial=testimonial, channel=PRINT, by=coordinator)
    testimonial.refresh_from_db()
    assert testimonial.status == "published"
    unpublish_testimonial(testimonial=testimonial, channel=PROPOSALS, by=coordinator)

    testimonial.refresh_from_db()
    assert testimonial.status == "approved"


def test_withdrawal_of_one_place_takes_it_down_at_once(asked, coordinator):
    agree(asked, PRINT, PROPOSALS)
    for channel in (PRINT, PROPOSALS):
        publish_testimonial(testimonial=asked, channel=channel, by=coordinator)

    withdraw_consent(link=link_of(asked), channels=[PRINT])

    asked.refresh_from_db()
    assert asked.status == "published"
    assert quotes_for(PRINT, on=day(0)) == {}
    assert set(quotes_for(PROPOSALS, on=day(0))) == {asked.pk}
    with pytest.raises(NoConsentError):
        publish_testimonial(testimonial=asked, channel=PRINT, by=coordinator)


def test_withdrawal_of_everything_is_for_good(asked, coordinator):
    agree(asked, PRINT, PROPOSALS)
    mark_seen(testimonial=asked, by=coordinator)

    withdraw_consent(link=link_of(asked), channels=list(Channel))

    asked.refresh_from_db()
    assert (asked.status, asked.seen_at, asked.consents.filter(ended_at=None).count()) == ("withdrawn", None, 0)
    assert asked.consents.count() == 2  # the proof stays
    with pytest.raises(AnsweredAlreadyError):
        withdraw_consent(link=link_of(asked), channels=[PRINT])


def test_name_can_be_taken_off_alone(asked, coordinator):
    agree(asked, PRINT)
    publish_testimonial(testimonial=asked, channel=PRINT, by=coordinator)

    hide_name(link=link_of(asked))

    assert quotes_for(PRINT, on=day(0)) == {asked.pk: Quote(QUOTE, "somebody at a partner firm")}


def test_request_taken_back_closes_its_link(asked, coordinator):
    link = link_of(asked)

    take_back_request(testimonial=asked, by=coordinator)

    with pytest.raises(AnsweredAlreadyError):
        give_consent(link=link, channels=[PRINT], name_shown=NameShown.FULL)
    link.refresh_from_db()
    assert link.revoked_at is not None


def test_sweep_closes_what_nobody_answered_and_they_can_be_asked_again(asked, coordinator):
    Testimonial.objects.update(answer_by=day(-1))

    sweep()
    sweep()

    asked.refresh_from_db()
    assert asked.status == "expired"
    ask_again(testimonial=asked, by=coordinator)
    asked.refresh_from_db()
    assert (asked.status, asked.answer_by) == ("requested", day(30))
    assert Message.objects.filter(kind="propositions.request").count() == 2


def test_sweep_leaves_what_is_still_open(asked):
    assert close_what_ran_out(today=asked.answer_by) == 0
    assert close_what_ran_out(today=asked.answer_by + dt.timedelta(days=1)) == 1


def test_sweep_ends_consents_whose_day_is_over(school):
    testimonial = TestimonialFactory(shown=True)
    testimonial.consents.filter(channel=PRINT).update(until=day(-1))

    assert close_what_ran_out(today=day(0)) == 1
    testimonial.refresh_from_db()
    assert testimonial.status == "published"
    testimonial.consents.update(until=day(-1))
    close_what_ran_out(today=day(0))

    testimonial.refresh_from_db()
    assert testimonial.status == "expired"
    assert close_what_ran_out(today=day(0)) == 0


def test_ask_again_while_it_waits_is_refused(asked, coordinator):
    with pytest.raises(TransitionRefusedError):
        ask_again(testimonial=asked, by=coordinator)


def test_new_link_goes_to_the_address_on_file_while_there_is_something_to_decide(asked):
    old = link_of(asked)

    send_link_again(old)
    agree(asked)  # declined through the new one
    send_link_again(old)

    sent = Message.objects.filter(kind="propositions.new_link")
    assert [mail.to_email for mail in sent] == ["dev@kestrel.example.org"]


def test_audit_sees_consents_given_and_ended(asked):
    agree(asked, PRINT)
    consent = asked.consents.get()

    withdraw_consent(link=link_of(asked), channels=[PRINT])

    kept = LogEntry.objects.get_for_object(consent).order_by("pk")
    assert [entry.action for entry in kept] == [LogEntry.Action.CREATE, LogEntry.Action.UPDATE]
    assert set(kept[1].changes_dict) == {"ended_at"}
