"""What stage 7 tells the rest: Today, what falls due, search, the partner's page, facts."""

import datetime as dt

import pytest
from django.utils import timezone

from agreements import demo, scale, stage
from agreements.enums import AgreementStatus, DocumentState, Party
from agreements.evidence import first_broken
from agreements.models import NEVER, Agreement, IssuedDocument
from agreements.overview import overview
from agreements.totals import totals_of
from partnerships.models import Organisation, TimelineEvent
from partnerships.services.facts import facts_of
from pilots.enums import PilotStatus
from tests.agreements.factories import AgreementFactory
from tests.partnerships.factories import OrganisationFactory
from tests.pilots.factories import PilotFactory

pytestmark = pytest.mark.django_db


def _titles(items):
    return [item.title for item in items]


def test_today_shows_the_director_what_waits_for_a_signature(sent, director, coordinator, school):
    assert _titles(stage.waiting_for(director, school, 5)) == ["Sign the agreement with Kestrel Precision Ltd"]
    assert stage.waiting_for(coordinator, school, 5) == []


def test_today_forgets_what_was_signed_or_withdrawn(sent, director, school):
    sent.signatories.filter(party=Party.SCHOOL).update(signed_at=timezone.now())
    assert stage.waiting_for(director, school, 5) == []

    sent.signatories.update(signed_at=None)
    Agreement.objects.update(status=AgreementStatus.WITHDRAWN)
    assert stage.waiting_for(director, school, 5) == []


def test_today_tells_the_owner_news_of_a_week(coordinator, director, school):
    AgreementFactory(
        owner=coordinator, active=True, signed_at=timezone.now() - dt.timedelta(days=2), organisation__name="New"
    )
    AgreementFactory(
        owner=coordinator, active=True, signed_at=timezone.now() - dt.timedelta(days=8), organisation__name="Old"
    )
    AgreementFactory(owner=coordinator, status=AgreementStatus.DECLINED, organisation__name="Asks")

    assert set(_titles(stage.news_for(coordinator, school, 5))) == {
        "New: all have signed",
        "Asks asks for a change before signing",
    }
    assert stage.news_for(director, school, 5) == []


def test_due_begins_with_the_notice_before_the_end(coordinator, school):
    today = school.today()
    AgreementFactory(owner=coordinator, active=True, ends_on=today + dt.timedelta(days=90), notice_days=90, number="A")
    AgreementFactory(owner=coordinator, active=True, ends_on=today + dt.timedelta(days=91), notice_days=90, number="B")
    AgreementFactory(owner=coordinator, active=True, ends_on=NEVER, is_open_ended=True, number="C")

    due = stage.endings(coordinator, school, today, 10)

    assert [(item.on, item.title.split()[1]) for item in due] == [(today, "A")]


def test_search_finds_by_number_and_title(coordinator):
    AgreementFactory(number="LV-MOU-2026-018", title="Machining skills")

    assert _titles(stage.find(coordinator, ["mou-2026-018"], 5)) == ["Machining skills"]
    assert _titles(stage.find(coordinator, ["MACHINING"], 5)) == ["Machining skills"]
    assert stage.find(coordinator, ["bakery"], 5) == []


def test_panel_shows_the_newest_or_offers_a_draft(coordinator, viewer, school):
    partner = OrganisationFactory()
    assert stage.panel(partner, coordinator, school) == {"agreements": [], "may_draft": True}
    assert stage.panel(partner, viewer, school) is None

    for _n in range(4):
        AgreementFactory(organisation=partner)

    assert len(stage.panel(partner, viewer, school)["agreements"]) == 3


def test_fact_is_the_last_day_of_the_latest_agreement(school):
    partner, open_ended, without = OrganisationFactory(), OrganisationFactory(), OrganisationFactory()
    for day in (dt.date(2027, 3, 31), dt.date(2028, 3, 31)):
        AgreementFactory(organisation=partner, active=True, ends_on=day, starts_on=dt.date(2026, 1, 1))
    AgreementFactory(organisation=partner, status=AgreementStatus.DRAFT, ends_on=dt.date(2030, 1, 1), starts_on=None)
    AgreementFactory(organisation=open_ended, active=True, ends_on=NEVER, is_open_ended=True)

    facts = facts_of([partner.pk, open_ended.pk, without.pk])

    assert [facts[one.pk]["agreement_ends_on"] for one in (partner, open_ended, without)] == [
        dt.date(2028, 3, 31),
        None,
        None,
    ]


@pytest.fixture
def demo_school(director, coordinator):
    """The firms of the demo's agreements, each with somebody who decides."""
    for name in demo._names():
        firm = OrganisationFactory(name=name, owner=coordinator, street="14 Foundry Lane")
        firm.contacts.create(
            name="Rosa Lindqvist",
            job_title="Managing director",
            role="decision_maker",
            email=f"signs{firm.pk}@example.org",
        )
    return demo


@pytest.mark.pango
def test_demo_shows_the_agreements_of_the_fiction(demo_school, school):
    day = school.today()
    demo_school.load(day)

    figures = overview(day)
    assert (figures["mou_active"].n, figures["mou_in_progress"].n) == (14, 4)
    assert (figures["partners_give"].value, figures["partners_give_money"].value) == (78730, 14260)
    assert (figures["school_gives"].value, figures["school_gives_money"].value) == (31948, 4380)
    assert [span.count for span in figures.endings] == [0, 2, 1]
    kestrel = Agreement.objects.get(organisation__name="Kestrel Precision Ltd")
    assert (kestrel.status, kestrel.edition) == (AgreementStatus.SENT, 2)
    assert totals_of(kestrel.contributions.all()).together == 15908
    assert [bool(person.signed_at) for person in kestrel.signatories.all()] == [True, False]
    assert all(first_broken(agreement) is None for agreement in Agreement.objects.all())
    assert set(IssuedDocument.objects.values_list("state", flat=True)) == {DocumentState.READY}
    assert (Agreement.objects.count(), IssuedDocument.objects.count()) == (24, 3)
    events = TimelineEvent.objects.count()

    demo_school.load(day)  # a second time does nothing

    assert (Agreement.objects.count(), TimelineEvent.objects.count()) == (24, events)


def test_scale_makes_one_for_every_fifth_organisation(school, coordinator):
    OrganisationFactory.create_batch(40)

    scale.make(40)
    scale.make(40)

    assert Agreement.objects.count() == 8
    assert Organisation.objects.filter(agreements__isnull=False).count() == 8


def test_demo_counts_as_covered_what_is_in_force_and_no_more(demo_school, school):
    day = school.today()
    tidewell = Organisation.objects.get(name="Tidewell Care Group")
    tried = PilotFactory(organisation=tidewell, status=PilotStatus.SCALED)

    demo_school.load(day)

    signed = Agreement.objects.get(organisation=tidewell)
    assert (Agreement.objects.in_force(day).count(), Organisation.objects.with_agreement(day).count()) == (14, 14)
    assert (signed.status, signed.starts_on > day, signed.pilot) == (AgreementStatus.SIGNED, True, tried)
