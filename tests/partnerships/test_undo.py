import datetime as dt
import re

import pytest
import time_machine

from partnerships.enums import Status
from partnerships.models import Contact, Organisation
from partnerships.services import move_status
from tests.partnerships.factories import ContactFactory, OrganisationFactory
from ui.undo import undo_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for, coordinator):
    return client_for(coordinator)


def undo_url(page):
    return re.search(r'action="(/partners/undo/.*?)"', page.text)[1]


def test_archiving_is_undone(client):
    firm = OrganisationFactory()

    page = client.post(f"/partners/{firm.pk}/archive/", follow=True)
    archived = Organisation.objects.get().is_archived
    client.post(undo_url(page))

    assert archived
    assert not Organisation.objects.get().is_archived


def test_archiving_a_person_is_undone(client):
    person = ContactFactory()

    page = client.post(f"/partners/people/{person.pk}/archive/", follow=True)
    client.post(undo_url(page))

    assert list(Contact.objects.here()) == [person]


def test_undo_leads_back_to_the_page_with_the_toast(client):
    firm = OrganisationFactory()
    page = client.post(f"/partners/{firm.pk}/archive/", follow=True)

    answer = client.post(undo_url(page), headers={"Referer": "http://testserver/partners/?owner=me"})

    assert answer.url == "http://testserver/partners/?owner=me"


def test_undo_is_too_late_after_ten_minutes(client, coordinator):
    firm = OrganisationFactory()
    token = undo_token("partnerships.archive", pk=firm.pk)

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=11)):
        client.force_login(coordinator)
        page = client.post(f"/partners/undo/archive/{token}/", follow=True)

    assert "This can no longer be undone: ten minutes have passed." in page.text


@pytest.mark.parametrize("url", ["/partners/undo/archive/made-up/", "/partners/undo/delete/made-up/"])
def test_undo_that_nobody_offered_does_nothing(url, client):
    OrganisationFactory(archived=True)

    page = client.post(url, follow=True)

    assert "This can no longer be undone" in page.text
    assert Organisation.objects.get().is_archived


def test_token_of_one_act_does_not_undo_another(client):
    firm = OrganisationFactory(archived=True)
    token = undo_token("partnerships.take", pk=firm.pk)

    client.post(f"/partners/undo/archive/{token}/")

    assert Organisation.objects.get().is_archived


def test_undo_is_refused_when_a_colleague_has_moved_on(client, coordinator):
    firm = OrganisationFactory()
    first = move_status(organisation=firm, to=Status.CONTACTED, by=coordinator)
    move_status(organisation=firm, to=Status.PILOT, by=coordinator)

    page = client.post(f"/partners/undo/move/{undo_token('partnerships.move', change=first.pk)}/", follow=True)

    assert "somebody has changed it since" in page.text
    assert Organisation.objects.get().status == Status.PILOT


def test_undo_twice_is_once(client, coordinator):
    change = move_status(organisation=OrganisationFactory(), to=Status.CONTACTED, by=coordinator)
    url = f"/partners/undo/move/{undo_token('partnerships.move', change=change.pk)}/"

    client.post(url)
    page = client.post(url, follow=True)

    assert "somebody has changed it since" in page.text
    assert Organisation.objects.get().status == Status.PROSPECT
