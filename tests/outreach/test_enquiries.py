"""What colleagues do with enquiries, and what the clock does."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from mailing.enums import MessageStatus
from mailing.models import Message
from mailing.sealing import unseal
from outreach import demo_enquiries, scale_enquiries
from outreach.enums import ENQUIRY_TRANSITIONS, Direction, EnquiryStatus
from outreach.models import Enquiry, EnquiryReply, Interaction, ProblemReport
from outreach.services import (
    Conversion,
    NewNeed,
    NoAddressError,
    OwnerRefusedError,
    answer_enquiry,
    assign_enquiry,
    clear_suspicion,
    close_enquiry,
    convert_enquiry,
    note_answer,
    note_answer_outcome,
    note_word_back,
    reopen_enquiry,
    set_aside,
    sweep_enquiries,
)
from outreach.tasks import sweep_enquiries as sweep_task
from partnerships.enums import NeedKind, Source, Urgency
from partnerships.models import Contact, Need, Organisation, TimelineEvent
from roadmap.lifecycle import TransitionRefusedError
from tests.outreach.conftest import NOW, TODAY
from tests.outreach.factories import EnquiryFactory, ProblemReportFactory
from tests.partnerships.factories import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
INSTALLERS = NewNeed("Two installers", NeedKind.RECRUITMENT, Urgency.TWELVE_MONTHS, 2)
ACTS = {
    "assign": (lambda e, by: assign_enquiry(enquiry=e, to=by, by=by), None),
    "answer": (lambda e, by: answer_enquiry(enquiry=e, text="Yes.", by=by), EnquiryStatus.ANSWERED),
    "ask back": (lambda e, by: answer_enquiry(enquiry=e, text="Which?", by=by, asks_back=True), EnquiryStatus.WAITING),
    "note answer": (lambda e, by: note_answer(enquiry=e, text="Rang.", by=by), EnquiryStatus.ANSWERED),
    "word back": (lambda e, by: note_word_back(enquiry=e, text="Thanks.", by=by), EnquiryStatus.TRIAGED),
    "spam": (lambda e, by: set_aside(enquiry=e, to=EnquiryStatus.SPAM, by=by), EnquiryStatus.SPAM),
    "not for us": (
        lambda e, by: set_aside(enquiry=e, to=EnquiryStatus.OUT_OF_SCOPE, by=by),
        EnquiryStatus.OUT_OF_SCOPE,
    ),
    "no spam": (lambda e, by: clear_suspicion(enquiry=e, by=by), EnquiryStatus.NEW),
    "close": (lambda e, by: close_enquiry(enquiry=e, by=by), EnquiryStatus.CLOSED),
    "reopen": (lambda e, by: reopen_enquiry(enquiry=e, by=by), EnquiryStatus.TRIAGED),
    "convert": (
        lambda e, by: convert_enquiry(enquiry=e, conversion=Conversion(None, set(), None), by=by),
        EnquiryStatus.CONVERTED,
    ),
}
# Answering twice, answering what is a partner’s by now, and noting what they said leave the state as it is.
STAY = {
    ("answer", EnquiryStatus.ANSWERED),
    ("answer", EnquiryStatus.CONVERTED),
    ("ask back", EnquiryStatus.WAITING),
    ("ask back", EnquiryStatus.CONVERTED),
    ("note answer", EnquiryStatus.ANSWERED),
    ("note answer", EnquiryStatus.CONVERTED),
    ("word back", EnquiryStatus.NEW),
    ("word back", EnquiryStatus.TRIAGED),
}


def at(status, **fields):
    closed_at = NOW if status == EnquiryStatus.CLOSED else None
    return EnquiryFactory(business=True, status=status, closed_at=closed_at, **fields)


@pytest.fixture(autouse=True)
def _clock(clock):
    pass


@pytest.mark.parametrize(("act", "here"), [(act, here) for act, here in product(ACTS, EnquiryStatus) if ACTS[act][1]])
def test_every_act_moves_as_the_table_says_or_changes_nothing(coordinator, act, here):
    run, there = ACTS[act]
    enquiry = at(here)

    if (act, here) in STAY:
        run(enquiry, coordinator)
        expected = here
    elif there in ENQUIRY_TRANSITIONS[here]:
        run(enquiry, coordinator)
        expected = there
    else:
        with pytest.raises(TransitionRefusedError):
            run(enquiry, coordinator)
        expected = here

    enquiry.refresh_from_db()
    assert enquiry.status == expected
    assert (enquiry.closed_at is not None) == (expected == EnquiryStatus.CLOSED)
    if expected == here and (act, here) not in STAY:
        assert not Message.objects.exists()
        assert not EnquiryReply.objects.exists()
        assert not Organisation.objects.exists()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["viewer", "director", "administrator"])
def test_every_act_is_refused_to_those_who_do_not_work_with_partners(request, act, who):
    user = request.getfixturevalue(who)
    enquiry = at(EnquiryStatus.SUSPECTED if act == "no spam" else EnquiryStatus.NEW)
    before = Enquiry.objects.values().get()

    with pytest.raises(PermissionDenied):
        ACTS[act][0](enquiry, user)

    assert Enquiry.objects.values().get() == before


def test_an_answer_leaves_once_by_mail_and_is_kept(coordinator):
    enquiry = EnquiryFactory(name="Tova Lind", email="tova@solveig.example.org")

    reply = answer_enquiry(enquiry=enquiry, text=" Yes, gladly. ", by=coordinator)

    enquiry.refresh_from_db()
    message = Message.objects.get()
    assert (reply.text, reply.message_id, reply.is_ours) == ("Yes, gladly.", message.pk, True)
    assert (message.to_email, coordinator.email in message.reply_to) == ("tova@solveig.example.org", True)
    assert "Yes, gladly." in unseal(message.body)["text"]
    assert enquiry.reference in message.subject
    assert (enquiry.answered_on, enquiry.assigned_to) == (TODAY, coordinator)


def test_whoever_left_a_telephone_number_cannot_be_mailed(coordinator):
    enquiry = EnquiryFactory(email="", phone="000 555 0190")

    with pytest.raises(NoAddressError):
        answer_enquiry(enquiry=enquiry, text="Yes.", by=coordinator)
    note_answer(enquiry=enquiry, text="Rang, they come on Monday.", by=coordinator)

    assert not Message.objects.exists()
    assert EnquiryReply.objects.get().channel == "call"


@pytest.mark.parametrize(
    ("outcome", "status"),
    [(MessageStatus.FAILED, EnquiryStatus.TRIAGED), (MessageStatus.SENT, EnquiryStatus.ANSWERED)],
)
def test_an_answer_that_did_not_arrive_opens_the_enquiry_again(coordinator, outcome, status):
    enquiry = EnquiryFactory()
    reply = answer_enquiry(enquiry=enquiry, text="Yes.", by=coordinator)
    reply.message.status = outcome

    note_answer_outcome(reply.message)
    note_answer_outcome(reply.message)

    enquiry.refresh_from_db()
    reply.refresh_from_db()
    assert (enquiry.status, reply.undelivered_at is not None) == (status, outcome == MessageStatus.FAILED)


def test_a_suspicion_that_is_cleared_sends_the_receipt_and_promises_from_today(coordinator):
    enquiry = EnquiryFactory(held_back=True, due_on=TODAY - 9 * DAY)

    clear_suspicion(enquiry=enquiry, by=coordinator)

    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.suspicion, enquiry.due_on) == ("new", "", dt.date(2026, 3, 16))
    assert Message.objects.get().kind == "outreach.enquiry_received"


def test_an_enquiry_is_given_only_to_those_who_work_with_partners(coordinator, viewer, director):
    enquiry = EnquiryFactory()

    with pytest.raises(OwnerRefusedError):
        assign_enquiry(enquiry=enquiry, to=viewer, by=coordinator)
    assigned = assign_enquiry(enquiry=enquiry, to=director, by=coordinator)

    assert (assigned.assigned_to, assigned.status) == (director, EnquiryStatus.TRIAGED)


def test_a_new_business_becomes_firm_person_need_and_history(coordinator):
    enquiry = EnquiryFactory(business=True, received_at=NOW - 2 * DAY)

    made = convert_enquiry(enquiry=enquiry, conversion=Conversion(None, set(), INSTALLERS), by=coordinator)

    firm, contact, need = Organisation.objects.get(), Contact.objects.get(), Need.objects.get()
    assert (firm.name, firm.town, firm.source, firm.owner) == (
        "Solveig Solar",
        "Eastmoor",
        Source.INBOUND_FORM,
        coordinator,
    )
    assert (contact.name, contact.email, contact.is_primary) == (enquiry.name, enquiry.email, True)
    assert (need.title, need.headcount, need.stated_by, need.stated_on) == (
        "Two installers",
        2,
        contact,
        TODAY - 2 * DAY,
    )
    assert (made.status, made.organisation, made.contact, made.answered_on) == ("converted", firm, contact, TODAY)
    assert firm.last_inbound_at == NOW - 2 * DAY
    assert TimelineEvent.objects.filter(kind="outreach.enquiry", object_id=enquiry.pk).count() == 1


def test_a_firm_on_file_keeps_what_is_not_taken_and_gets_what_is(coordinator):
    firm = OrganisationFactory(name="Solveig Solar GmbH", town="Northgate", source=Source.RESEARCH)
    enquiry = EnquiryFactory(business=True)

    convert_enquiry(enquiry=enquiry, conversion=Conversion(firm, {"town", "person"}, None), by=coordinator)

    firm.refresh_from_db()
    assert (firm.name, firm.town, firm.source, firm.owner) == (
        "Solveig Solar GmbH",
        "Eastmoor",
        Source.RESEARCH,
        coordinator,
    )
    assert list(firm.contacts.values_list("name", flat=True)) == ["Tova Lind"]
    assert not Need.objects.exists()


def test_a_person_on_file_is_not_added_again(coordinator):
    contact = ContactFactory(email="TOVA@solveig.example.org")
    enquiry = EnquiryFactory(business=True, email="tova@solveig.example.org")

    made = convert_enquiry(
        enquiry=enquiry, conversion=Conversion(contact.organisation, {"person"}, None), by=coordinator
    )

    assert (made.contact, Contact.objects.count()) == (contact, 1)


def test_every_word_goes_into_the_partners_history_before_and_after(coordinator):
    enquiry = EnquiryFactory(business=True, received_at=NOW - DAY)
    answer_enquiry(enquiry=enquiry, text="First answer.", by=coordinator)

    convert_enquiry(enquiry=enquiry, conversion=Conversion(None, set(), None), by=coordinator)
    answer_enquiry(enquiry=enquiry, text="Second answer.", by=coordinator)
    note_word_back(enquiry=enquiry, text="Thank you.", by=coordinator)

    said = list(Interaction.objects.order_by("id").values_list("direction", "summary"))
    assert said == [
        (Direction.IN, enquiry.message),
        (Direction.OUT, "First answer."),
        (Direction.OUT, "Second answer."),
        (Direction.IN, "Thank you."),
    ]


def test_the_sweep_closes_erases_and_forgets_and_may_run_twice():
    quiet = EnquiryFactory(answered=True, moved_at=NOW - 31 * DAY)
    EnquiryFactory(answered=True, moved_at=NOW - 29 * DAY)
    waits = EnquiryFactory(moved_at=NOW - 90 * DAY, received_at=NOW - 3 * DAY, network_hash="a", email_hash="b")
    fresh = EnquiryFactory(received_at=NOW - DAY, network_hash="c")
    old = EnquiryFactory(closed=True)
    Enquiry.objects.filter(pk=old.pk).update(closed_at=NOW - 366 * DAY)
    EnquiryReply.objects.create(enquiry=old, direction=Direction.OUT, text="Long ago")
    ProblemReportFactory(status="closed", closed_at=NOW - 366 * DAY)
    open_report = ProblemReportFactory()

    done = [sweep_enquiries(now=NOW), sweep_enquiries(now=NOW)]
    sweep_task()

    quiet.refresh_from_db()
    waits.refresh_from_db()
    fresh.refresh_from_db()
    assert done == [4, 0]
    assert (quiet.status, waits.status) == (EnquiryStatus.CLOSED, EnquiryStatus.NEW)
    assert (waits.network_hash, waits.email_hash, fresh.network_hash) == ("", "", "c")
    assert not Enquiry.objects.filter(pk=old.pk).exists()
    assert not EnquiryReply.objects.exists()
    assert list(ProblemReport.objects.all()) == [open_report]


def test_the_sweep_with_nothing_to_do_is_cheap(query_count):
    EnquiryFactory.create_batch(3)

    assert query_count(lambda: sweep_enquiries(now=NOW)) <= 10


def test_the_demo_has_an_enquiry_in_every_state_and_loads_once(coordinator):
    for _turn in range(2):
        demo_enquiries.load(TODAY)

    states = set(Enquiry.objects.values_list("status", flat=True))
    assert set(EnquiryStatus) - states == {EnquiryStatus.SPAM}
    assert Enquiry.objects.count() == len(demo_enquiries.STORIES)
    assert Enquiry.objects.get(organisation_name="Solveig Solar").reference == "Q-2026-0042"


def test_the_large_school_has_enquiries_and_loads_once():
    for _turn in range(2):
        scale_enquiries.make(150)

    assert Enquiry.objects.count() == 3
