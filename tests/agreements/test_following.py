"""Agreements that grow out of a pilot or an accepted proposal."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from agreements.enums import AgreementStatus, ContributionKind, Party
from agreements.models import Agreement
from agreements.services import (
    DraftedAlreadyError,
    NothingToPutInWritingError,
    draft_from_pilot,
    draft_from_proposal,
)
from opportunities.enums import ProposalStatus
from opportunities.models import Proposal
from partnerships.enums import ContactRole
from pilots.enums import PilotStatus
from roadmap.follow_ons import follow_ons
from tests.agreements.factories import AgreementFactory
from tests.partnerships.factories import ContactFactory, OrganisationFactory
from tests.pilots.factories import PilotFactory

pytestmark = pytest.mark.django_db

ROLES = ["viewer", "coordinator", "director", "administrator"]
MADE = [PilotStatus.DELIVERED, PilotStatus.EVALUATED, PilotStatus.SCALED, PilotStatus.EXTENDED, PilotStatus.REVISED]


def a_pilot(**fields):
    """A pilot that was scaled up, with what it took."""
    return PilotFactory(
        status=PilotStatus.SCALED,
        **{
            "title": "CNC placement",
            "starts_on": dt.date(2026, 1, 19),
            "ends_on": dt.date(2026, 2, 6),
            "place": "14 Foundry Lane",
            "students": 6,
            "hours_school_planned": 24,
            "hours_school_actual": 26,
            "hours_business_planned": 90,
            "budget_planned": 300,
            "budget_actual": Decimal("280.50"),
            "lessons": "Two students a mentor.",
            **fields,
        },
    )


def a_proposal(status=ProposalStatus.ACCEPTED, **fields):
    """A proposal of two rounds; the second was sent last, and a third is being written."""
    today = timezone.localdate()
    proposal = Proposal.objects.create(
        organisation=OrganisationFactory(),
        number="LV-P-2026-007",
        title="Evening CNC course",
        status=status,
        first_sent_on=today,
        sent_on=today,
        valid_until=today,
        decided_on=today if status == ProposalStatus.ACCEPTED else None,
        **fields,
    )
    for no, hours in ((1, 99), (2, 20), (3, 77)):
        sent = {"sent_at": timezone.now(), "sha256": "0" * 64, "valid_until": today} if no < 3 else {}
        version = proposal.versions.create(no=no, title=proposal.title, **sent)
        version.items.create(
            line=1,
            description="Evening course",
            detail="Twelve evenings for ten people",
            hours_school=hours,
            hours_business=Decimal("7.5"),
            money_school=900,
            money_business=3600,
            starts_on=dt.date(2026, 5, 4),
            ends_on=dt.date(2026, 7, 24),
        )
        version.items.create(line=2, order=1, description="Lathe on loan")
    return proposal


def _gives(agreement):
    return [(row.party, row.kind, row.description, row.quantity, row.value) for row in agreement.contributions.all()]


def test_pilot_hands_on_its_purpose_people_hours_and_money(coordinator):
    pilot = a_pilot()

    agreement = draft_from_pilot(pilot=pilot, by=coordinator)

    agreement.refresh_from_db()
    assert (agreement.pilot, agreement.proposal, agreement.status) == (pilot, None, AgreementStatus.DRAFT)
    assert (agreement.organisation, agreement.places_per_year) == (pilot.organisation, 6)
    assert agreement.purpose == (
        "Both sides tried out working together in the pilot “CNC placement” (19 January 2026 to 6 February 2026). "
        "This agreement makes it regular. What the pilot taught: Two students a mentor."
    )
    assert _gives(agreement) == [
        (Party.ORGANISATION, ContributionKind.IN_KIND, "Time of mentors", 90, 0),
        (Party.SCHOOL, ContributionKind.IN_KIND, "Time of teachers", 26, 0),
        (Party.SCHOOL, ContributionKind.FINANCIAL, "Materials and costs, as in the pilot", None, Decimal("280.50")),
    ]
    duties = list(agreement.obligations.values_list("topic", "organisation_text"))
    assert duties[0] == ("Trial placement", "Takes them in as in the pilot, at 14 Foundry Lane")
    assert len(duties) > 3
    assert agreement.clauses.exists()


def test_proposal_hands_on_the_round_that_was_accepted(coordinator):
    proposal = a_proposal()

    agreement = draft_from_proposal(proposal=proposal, by=coordinator)

    agreement.refresh_from_db()
    assert (agreement.proposal, agreement.title) == (proposal, "Evening CNC course")
    assert "LV-P-2026-007" in agreement.purpose
    assert (agreement.starts_on, agreement.ends_on) == (dt.date(2026, 5, 4), dt.date(2026, 7, 24))
    assert _gives(agreement) == [
        (Party.SCHOOL, ContributionKind.IN_KIND, "Evening course", 20, 900),
        (Party.ORGANISATION, ContributionKind.IN_KIND, "Evening course", Decimal("7.5"), 0),
        (Party.ORGANISATION, ContributionKind.FINANCIAL, "Evening course", None, 3600),
    ]
    duties = list(agreement.obligations.values_list("topic", "school_text", "organisation_text"))[:2]
    assert duties == [
        ("Evening course", "Twelve evenings for ten people: about 20 hours", "Takes part with about 7.5 hours"),
        ("Lathe on loan", "Lathe on loan", "Takes part as agreed"),
    ]


def test_person_in_charge_is_suggested_where_nobody_decides(coordinator, director):
    pilot = a_pilot()
    pilot.contact = ContactFactory(organisation=pilot.organisation, name="Dev Anand", email="Dev@kestrel.example.org")
    pilot.save(update_fields=["contact"])

    agreement = draft_from_pilot(pilot=pilot, by=coordinator)

    assert list(agreement.signatories.values_list("party", "email")) == [
        (Party.SCHOOL, director.email),
        (Party.ORGANISATION, "dev@kestrel.example.org"),
    ]


def test_who_decides_goes_before_who_was_in_charge(coordinator):
    pilot = a_pilot()
    ContactFactory(organisation=pilot.organisation, name="Rosa", role=ContactRole.DECISION_MAKER)
    pilot.contact = ContactFactory(organisation=pilot.organisation, name="Dev")
    pilot.save(update_fields=["contact"])

    agreement = draft_from_pilot(pilot=pilot, by=coordinator)

    assert [person.name for person in agreement.signatories.filter(party=Party.ORGANISATION)] == ["Rosa"]


@pytest.mark.parametrize("status", PilotStatus)
def test_only_a_pilot_that_is_over_and_not_stopped_is_put_in_writing(coordinator, status):
    pilot = PilotFactory(status=status)
    offered = "Draft an MOU from this pilot" in [str(offer.label) for offer in follow_ons(coordinator, pilot)]

    if status in MADE:
        assert offered
        assert draft_from_pilot(pilot=pilot, by=coordinator).pilot == pilot
    else:
        assert not offered
        with pytest.raises(NothingToPutInWritingError):
            draft_from_pilot(pilot=pilot, by=coordinator)
        assert not Agreement.objects.exists()


@pytest.mark.parametrize("status", [ProposalStatus.SENT, ProposalStatus.IN_NEGOTIATION, ProposalStatus.EXPIRED])
def test_only_an_accepted_proposal_is_put_in_writing(coordinator, status):
    with pytest.raises(NothingToPutInWritingError):
        draft_from_proposal(proposal=a_proposal(status), by=coordinator)


@pytest.mark.parametrize("role", ROLES)
def test_putting_in_writing_is_the_coordinators_act(role, request):
    by = request.getfixturevalue(role)
    pilot, proposal = a_pilot(), a_proposal()
    offers = [str(offer.label) for record in (pilot, proposal) for offer in follow_ons(by, record)]

    if role == "coordinator":
        assert {"Draft an MOU from this pilot", "Draft an MOU", "Plan a pilot"} <= set(offers)
        draft_from_pilot(pilot=pilot, by=by)
        draft_from_proposal(proposal=proposal, by=by)
    else:
        assert not {"Draft an MOU from this pilot", "Draft an MOU", "Plan a pilot"} & set(offers)
        for act, of in ((draft_from_pilot, {"pilot": pilot}), (draft_from_proposal, {"proposal": proposal})):
            with pytest.raises(PermissionDenied):
                act(**of, by=by)
        assert not Agreement.objects.exists()


def test_second_draft_leads_to_the_first(coordinator, client_for):
    pilot = a_pilot()
    first = draft_from_pilot(pilot=pilot, by=coordinator)

    response = client_for(coordinator).post("/agreements/new/", {"pilot": pilot.pk})

    assert response.headers["Location"] == first.get_absolute_url()
    assert Agreement.objects.count() == 1
    with pytest.raises(DraftedAlreadyError):
        draft_from_pilot(pilot=pilot, by=coordinator)


def test_withdrawn_agreement_makes_room_for_another(coordinator):
    pilot = a_pilot()
    AgreementFactory(pilot=pilot, organisation=pilot.organisation, status=AgreementStatus.WITHDRAWN)

    assert draft_from_pilot(pilot=pilot, by=coordinator).pilot == pilot


@pytest.mark.parametrize(("name", "make"), [("pilot", a_pilot), ("proposal", a_proposal)])
def test_draft_is_begun_from_its_page(coordinator, client_for, name, make):
    client = client_for(coordinator)
    record = make()
    offer = next(offer for offer in follow_ons(coordinator, record) if str(offer.label).startswith("Draft an MOU"))

    page = client.get(offer.url)
    response = client.post("/agreements/new/", {name: record.pk})

    agreement = Agreement.objects.get()
    assert f'name="{name}" value="{record.pk}"' in page.content.decode()
    assert response.headers["Location"] == f"/agreements/{agreement.pk}/edit/"
    assert client.get(response.headers["Location"]).status_code == 200
    assert str(record) in client.get(agreement.get_absolute_url()).content.decode()
    assert agreement.number in client.get(record.get_absolute_url()).content.decode() or name == "proposal"


@pytest.mark.parametrize("wanted", ["x", "0", "-1", "9" * 40])
def test_number_that_is_none_asks_for_a_partner(coordinator, client_for, wanted):
    for name in ("pilot", "proposal", "partner"):
        response = client_for(coordinator).get("/agreements/new/", {name: wanted})
        assert response.status_code == 200
        assert "With which partner?" in response.content.decode()


def test_pilot_not_over_is_refused_with_words(coordinator, client_for):
    pilot = PilotFactory()

    response = client_for(coordinator).post("/agreements/new/", {"pilot": pilot.pk}, follow=True)

    assert "Nothing was begun" in response.content.decode()
    assert not Agreement.objects.exists()
