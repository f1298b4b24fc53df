import datetime as dt
import re

import pytest

from accounts.rules import can_edit
from partnerships.enums import Status
from partnerships.models import TimelineEvent
from partnerships.page import steps_of
from partnerships.services import add_organisation, move_status
from partnerships.slots import PartnerAct, PartnerComposer, PartnerPanel
from tests.partnerships.conftest import NOON
from tests.partnerships.factories import (
    ContactFactory,
    OrganisationFactory,
    StatusChangeFactory,
    TimelineEventFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
OWN_SLOTS = (PartnerPanel, PartnerComposer, PartnerAct)


@pytest.fixture
def client(client_for, coordinator, noon):
    return client_for(coordinator)


@pytest.fixture
def firm(coordinator):
    return OrganisationFactory(
        name="Kestrel Precision",
        owner=coordinator,
        status=Status.PILOT,
        street="14 Foundry Lane",
        distance_km=6,
        phone="000 555 0100",
        capacity=6,
    )


def page_of(client, firm, query=""):
    return client.get(f"/partners/{firm.pk}/{query}").text


def titles(html):
    return re.findall(r'<span class="strong"><bdi>(.*?)</bdi>', html)


def days(html):
    return re.findall(r'<h3 class="td-day">(.*?)</h3>', html)


def older(html):
    found = re.search(r'id="older"><a class="btn btn-sm" href="(.*?)#timeline"', html)
    return found[1].replace("&amp;", "&") if found else None


def test_page_names_the_firm_its_place_and_its_people(client, firm):
    ContactFactory(organisation=firm, name="Rosa Lindqvist", main=True, phone="000 555-0185")
    ContactFactory(organisation=firm, name="Gone Long", archived=True)

    page = page_of(client, firm)

    assert "<h1><bdi>Kestrel Precision</bdi></h1>" in page
    assert "14 Foundry Lane, Lindenvale" in page
    assert "Owner Marta Keller" in page
    assert "6 students at once" in page
    assert 'href="tel:0005550185"' in page
    assert "Call Rosa" in page
    assert "Gone Long" not in page


def test_stepper_says_when_each_stage_was_reached(firm, noon):
    for days_ago, status in ((400, Status.PROSPECT), (60, Status.CONTACTED), (40, Status.PROPOSAL), (5, Status.PILOT)):
        StatusChangeFactory(organisation=firm, status=status, at=NOON - days_ago * DAY)

    assert [(str(label), detail, state) for label, detail, state in steps_of(firm)] == [
        ("Prospect", "5 Feb 2025", "done"),
        ("Contacted", "11 Jan", "done"),
        ("Proposal", "31 Jan", "done"),
        ("Pilot", "7 Mar", "current"),
        ("Agreement", "", "todo"),
        ("Partner", "", "todo"),
    ]


def test_stepper_of_a_relationship_that_went_back_does_not_claim_what_is_undone(coordinator, noon):
    firm = add_organisation(organisation=OrganisationFactory.build(), by=coordinator)
    move_status(organisation=firm, to=Status.PARTNER, by=coordinator)
    move_status(organisation=firm, to=Status.CONTACTED, by=coordinator)
    firm.refresh_from_db()

    assert [state for _label, _detail, state in steps_of(firm)] == ["done", "current", "todo", "todo", "todo", "todo"]


def test_stepper_of_a_paused_relationship_shows_how_far_it_came(coordinator, client):
    firm = add_organisation(organisation=OrganisationFactory.build(), by=coordinator)
    move_status(organisation=firm, to=Status.PROPOSAL, by=coordinator)
    move_status(organisation=firm, to=Status.PAUSED, by=coordinator, revisit_on=dt.date(2026, 9, 1))
    firm.refresh_from_db()

    page = page_of(client, firm)

    assert [state for _label, _detail, state in steps_of(firm)] == ["done", "done", "done", "todo", "todo", "todo"]
    assert re.search(r"Paused. Look again on <time.*?>1 September 2026</time>.", page)


def test_ended_and_banned_relationships_say_why(client):
    firm = OrganisationFactory(ended=True, banned=True, status_since=NOON)

    page = page_of(client, firm)

    assert re.search(r"Ended on <time.*?>12 March 2026</time>: No capacity.", page)
    assert "They asked us to stop writing" in page


def test_timeline_stands_under_today_this_week_and_months(client, firm, coordinator):
    for days_ago, title in ((0, "A"), (1, "B"), (10, "C"), (30, "D"), (31, "E"), (400, "F")):
        TimelineEventFactory(organisation=firm, title=title, at=NOON - days_ago * DAY, actor=coordinator)

    page = page_of(client, firm)

    assert titles(page) == ["A", "B", "C", "D", "E", "F"]
    assert days(page) == ["Today", "This week", "March 2026", "February 2026", "February 2025"]
    assert "by Marta" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?about=outreach", ["Call with Dev"]),
        ("?about=partnerships", ["Status moved", "Added"]),
        ("?says=LATHE+dév", ["Call with Dev"]),
        ("?says=nothing+like+it", []),
        ("?about=made-up&before=rubbish&says=", ["Call with Dev", "Status moved", "Added"]),
    ],
)
def test_timeline_is_narrowed(query, expected, client, firm):
    TimelineEventFactory(organisation=firm, title="Added", kind="partnerships.added", at=NOON - 9 * DAY)
    TimelineEventFactory(organisation=firm, title="Status moved", kind="partnerships.status", at=NOON - 8 * DAY)
    TimelineEventFactory(
        organisation=firm, title="Call with Dev", body="Asks about the lathe", kind="outreach.call", at=NOON - 7 * DAY
    )

    assert titles(page_of(client, firm, query)) == expected


def test_timeline_leads_to_older_entries_without_gap_double_or_second_heading(client, firm):
    TimelineEvent.objects.bulk_create(
        TimelineEventFactory.build(organisation=firm, title=f"Event {number:03}", at=NOON - (number // 4) * DAY)
        for number in range(70)
    )

    found, headings, query = [], [], ""
    while query is not None:
        page = page_of(client, firm, query)
        found += titles(page)
        headings += days(page)
        query = older(page)

    assert sorted(found) == [f"Event {number:03}" for number in range(70)]
    assert headings == ["Today", "This week", "March 2026", "February 2026"]


def test_htmx_gets_the_part_it_asked_for(client, firm):
    TimelineEventFactory(organisation=firm, title="Call", at=NOON)
    url = f"/partners/{firm.pk}/"

    parts = {
        target: client.get(url, headers={"HX-Request": "true", "HX-Target": target}).text.strip()
        for target in ("timeline", "log", "older")
    }

    assert parts["timeline"].startswith('<section class="card" id="timeline"')
    assert parts["log"].startswith('<section class="card" id="log"')
    assert parts["older"].startswith('<h3 class="td-day">Today</h3>')
    assert all("<html" not in part for part in parts.values())


def test_page_costs_the_same_with_one_and_with_thirty_of_everything(client, firm, query_count):
    def fill(times):
        for _ in range(times):
            ContactFactory(organisation=firm)
            TimelineEventFactory(organisation=firm, actor=firm.owner, contact=firm.contacts.first())
            StatusChangeFactory(organisation=firm)

    fill(1)
    page_of(client, firm)
    with_one = query_count(lambda: page_of(client, firm))
    fill(29)

    assert query_count(lambda: page_of(client, firm)) == with_one


def test_long_past_is_read_in_one_page(client, firm, query_count):
    TimelineEvent.objects.bulk_create(
        TimelineEventFactory.build(organisation=firm, at=NOON - dt.timedelta(hours=number)) for number in range(5000)
    )

    page = page_of(client, firm)

    assert len(titles(page)) == 30


def test_event_of_a_stage_that_is_gone_and_a_link_that_leads_nowhere_do_no_harm(client, firm):
    TimelineEventFactory(organisation=firm, title="Old", kind="gone.thing", url_name="gone:detail", object_id=3)

    page = client.get(f"/partners/{firm.pk}/")

    assert page.status_code == 200
    assert titles(page.text) == ["Old"]


def test_stages_contribute_panels_composers_and_acts(client, firm, contribute):
    contribute(
        PartnerPanel("a", "partnerships/_total.html", "left", lambda organisation, user, school: {"n": 7}),
        PartnerPanel("b", "partnerships/_total.html", "right", lambda organisation, user, school: None),
        PartnerComposer(
            "call", "Call", "phone", "partnerships:take", "partnerships/_total.html", lambda *given: {"n": 8}, order=1
        ),
        PartnerComposer(
            "note",
            "Note",
            "note",
            "partnerships:take",
            "partnerships/_total.html",
            lambda *given: {"n": 9},
            in_header=True,
        ),
        PartnerAct("x", "Draft it", "edit", "partnerships:list", lambda user, organisation: can_edit(user)),
        PartnerAct("y", "Never", "edit", "partnerships:list", lambda user, organisation: False),
        instead_of=OWN_SLOTS,
    )

    page = page_of(client, firm, "?log=call")

    assert re.search(r'href="\?log=call#log"[^>]*aria-current="true"', page)
    assert re.search(r'<a class="btn" href="\?log=note#log">', page)
    assert f'href="/partners/?partner={firm.pk}"' in page
    assert "Never" not in page
    assert [said in page for said in ("7 organisations", "8 organisations", "9 organisations")] == [True, True, False]


@pytest.mark.parametrize("role", ["viewer", "director", "administrator"])
def test_readers_see_everything_without_ways_to_change_it(role, request, client_for, firm):
    ContactFactory(organisation=firm, name="Rosa")
    TimelineEventFactory(organisation=firm, title="Call")

    page = page_of(client_for(request.getfixturevalue(role)), firm)

    assert "Rosa" in page
    assert titles(page) == ["Call"]
    assert not re.search(r"/edit/|/move/|/archive/|/people/|id=\"log\"|Take it", page)


def test_archived_partner_can_be_restored_and_nothing_else(client, firm):
    firm.archived_at = NOON
    firm.save()

    page = page_of(client, firm)

    assert f'action="/partners/{firm.pk}/restore/"' in page
    assert not re.search(r"/edit/|/move/|id=\"log\"", page)


def test_names_of_all_scripts_and_lengths_are_shown_as_they_are(client):
    for name in ("שלום בע״מ", "🦊🔧 Fox & Söhne", "<b>x</b>" * 31, "A" * 255):
        firm = OrganisationFactory(name=name)

        assert client.get(f"/partners/{firm.pk}/").status_code == 200
    assert "<b>x</b>" not in client.get("/partners/").text


def test_unknown_partner_is_not_found(client):
    assert client.get("/partners/4711/").status_code == 404
