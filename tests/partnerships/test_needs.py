import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from partnerships import scale_needs
from partnerships.enums import NEED_TRANSITIONS, NeedKind, NeedStatus, Urgency
from partnerships.models import Need, TimelineEvent
from partnerships.services import (
    NotTheirContactError,
    UndoRefusedError,
    close_need,
    expire_needs,
    match_need,
    record_need,
    reopen_need,
)
from partnerships.tasks import let_old_needs_go
from roadmap.lifecycle import TransitionRefusedError, may_move
from tests.accounts.factories import UserFactory
from tests.partnerships.factories import ContactFactory, NeedFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def client(client_for, coordinator):
    return client_for(coordinator)


def titles():
    return list(TimelineEvent.objects.filter(kind="partnerships.need").order_by("id").values_list("title", flat=True))


def test_record_need_keeps_it_and_tells_the_timeline(coordinator):
    contact = ContactFactory()

    need = record_need(
        organisation=contact.organisation,
        kind=NeedKind.RECRUITMENT,
        title="Two installers",
        headcount=2,
        urgency=Urgency.NOW,
        stated_by=contact,
        by=coordinator,
    )

    assert (need.status, need.stated_on, need.urgency_rank) == ("open", timezone.localdate(), 0)
    assert titles() == ["Need: “Two installers”"]


def test_record_need_refuses_a_person_of_another_firm(coordinator):
    with pytest.raises(NotTheirContactError):
        record_need(
            organisation=OrganisationFactory(),
            kind=NeedKind.RECRUITMENT,
            title="Two installers",
            stated_by=ContactFactory(),
            by=coordinator,
        )

    assert not Need.objects.exists()


@pytest.mark.parametrize("act", ["record", "close", "reopen"])
def test_needs_are_refused_to_those_who_only_read(act):
    reader = UserFactory(role="viewer")
    need = NeedFactory()

    with pytest.raises(PermissionDenied):
        {
            "record": lambda: record_need(
                organisation=need.organisation, kind=NeedKind.RECRUITMENT, title="More", by=reader
            ),
            "close": lambda: close_need(need=need, to=NeedStatus.ADDRESSED, by=reader),
            "reopen": lambda: reopen_need(need=need, by=reader),
        }[act]()

    need.refresh_from_db()
    assert (need.status, Need.objects.count()) == ("open", 1)


@pytest.mark.parametrize(("here", "there"), list(product(NeedStatus, NeedStatus)))
def test_a_need_moves_as_its_table_says(here, there):
    assert may_move(NeedFactory.build(status=here), to=there) == (there in NEED_TRANSITIONS[here])


@pytest.mark.parametrize("to", [NeedStatus.ADDRESSED, NeedStatus.WITHDRAWN])
def test_close_need_and_undo_bring_it_back(coordinator, to):
    need = NeedFactory()

    close_need(need=need, to=to, by=coordinator)
    with pytest.raises(TransitionRefusedError):
        close_need(need=need, to=to, by=coordinator)
    reopened = reopen_need(need=need, by=coordinator, undone=to)

    assert reopened.status == NeedStatus.OPEN
    assert len(titles()) == 2


def test_undo_is_refused_when_the_need_has_moved_on(coordinator):
    need = NeedFactory(status=NeedStatus.WITHDRAWN)

    with pytest.raises(UndoRefusedError):
        reopen_need(need=need, by=coordinator, undone=NeedStatus.ADDRESSED)


def test_match_need_answers_an_open_one_once(coordinator):
    need = NeedFactory()

    assert [match_need(need=need, by=coordinator), match_need(need=need, by=coordinator)] == [True, False]

    need.refresh_from_db()
    assert need.status == NeedStatus.MATCHED


def test_expire_needs_lets_go_of_what_is_a_year_old_and_may_run_twice():
    today = timezone.localdate()
    old = NeedFactory(stated_on=today - 366 * DAY)
    NeedFactory(stated_on=today - 365 * DAY)
    NeedFactory(stated_on=today - 400 * DAY, matched=True)

    assert [expire_needs(today=today), expire_needs(today=today)] == [1, 0]
    let_old_needs_go()

    assert list(Need.objects.filter(status=NeedStatus.EXPIRED)) == [old]


def test_the_panel_adds_a_need_once_however_often_it_is_sent(client):
    organisation = OrganisationFactory()
    said = {"title": "Night staff", "kind": "skill_shortage", "urgency": "now", "headcount": "6", "form_key": "k" * 32}

    responses = [client.post(f"/partners/{organisation.pk}/needs/add/", said) for _turn in range(2)]

    assert {response.url for response in responses} == {f"/partners/{organisation.pk}/#needs"}
    assert "Night staff" in client.get(f"/partners/{organisation.pk}/").text
    assert Need.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 161},
        {"kind": "gold"},
        {"headcount": "0"},
        {"headcount": "12345"},
        {"stated_on": "2999-01-01"},
        {"stated_by": "999999"},
        {"detail": "x" * 50_000},
    ],
)
def test_a_need_that_makes_no_sense_is_refused_with_its_text(client, wrong):
    organisation = OrganisationFactory()
    said = {"title": "Night staff", "kind": "skill_shortage", "urgency": "now"} | wrong

    response = client.post(f"/partners/{organisation.pk}/needs/add/", said)

    assert response.status_code == 422
    assert said["title"] in response.text
    assert not Need.objects.exists()


def test_closing_offers_undo_that_works(client):
    need = NeedFactory()

    page = client.post(f"/needs/{need.pk}/close/", {"to": "addressed"}, follow=True)
    (toast,) = page.context["messages"]
    client.post(toast.extra_tags)

    need.refresh_from_db()
    assert need.status == NeedStatus.OPEN


def test_closing_into_nonsense_changes_nothing(client):
    need = NeedFactory()

    client.post(f"/needs/{need.pk}/close/", {"to": "gold"})

    need.refresh_from_db()
    assert need.status == NeedStatus.OPEN


def test_the_list_shows_open_needs_unless_asked(client):
    NeedFactory(title="Open one", urgency=Urgency.LATER)
    NeedFactory(title="Urgent one", urgency=Urgency.NOW)
    NeedFactory(title="Old one", expired=True)

    shown = [row.title for row in client.get("/needs/").context["page"].rows]
    expired = [row.title for row in client.get("/needs/?status=expired").context["page"].rows]

    assert shown == ["Urgent one", "Open one"]
    assert expired == ["Old one"]


def test_partners_can_be_narrowed_to_those_with_an_open_need(client):
    NeedFactory(organisation__name="Wants people")
    NeedFactory(organisation__name="Has had help", addressed=True)
    OrganisationFactory(name="Wants nothing")

    rows = client.get("/partners/?needs=on").context["page"].rows

    assert [row.name for row in rows] == ["Wants people"]


@pytest.mark.parametrize("url", ["/needs/", "/needs/?status=all", "/partners/?needs=on"])
def test_the_lists_cost_the_same_with_1_and_30_rows(client, url, query_count):
    NeedFactory(stated_by=ContactFactory())
    client.get(url)
    few = query_count(lambda: client.get(url))
    for _turn in range(29):
        NeedFactory(stated_by=ContactFactory())

    assert query_count(lambda: client.get(url)) == few


def test_the_panel_costs_the_same_with_1_and_10_needs(client, query_count):
    need = NeedFactory()
    client.get(f"/partners/{need.organisation_id}/")
    few = query_count(lambda: client.get(f"/partners/{need.organisation_id}/"))
    NeedFactory.create_batch(9, organisation=need.organisation)

    assert query_count(lambda: client.get(f"/partners/{need.organisation_id}/")) == few


def test_the_large_school_has_needs_and_loads_once():
    OrganisationFactory.create_batch(4)

    for _turn in range(2):
        scale_needs.make(4)

    assert Need.objects.count() == 2


def test_what_was_said_a_year_ago_can_be_said_again_from_the_list(client, coordinator):
    need = NeedFactory(expired=True, title="<b>Night</b> staff", stated_on=timezone.localdate() - 400 * DAY)
    page = client.get("/needs/?status=expired").text

    client.post(f"/needs/{need.pk}/reopen/", {"next": "/needs/"})

    need.refresh_from_db()
    assert f'action="/needs/{need.pk}/reopen/"' in page
    assert "&lt;b&gt;Night&lt;/b&gt; staff" in page
    assert (need.status, need.stated_on) == (NeedStatus.OPEN, timezone.localdate())
