import pytest
from django.core.exceptions import PermissionDenied

from partnerships.models import Contact
from partnerships.services import add_contact, archive_contact, change_contact, restore_contact
from tests.partnerships.factories import ContactFactory, OrganisationFactory
from ui.conflicts import StaleRecordError

pytestmark = pytest.mark.django_db


def main_contacts(organisation):
    return list(organisation.contacts.here().filter(is_primary=True).values_list("name", flat=True))


def test_first_person_is_the_main_contact_and_the_second_is_not(coordinator):
    organisation = OrganisationFactory()

    add_contact(contact=Contact(organisation=organisation, name="Rosa"), by=coordinator)
    add_contact(contact=Contact(organisation=organisation, name="Dev"), by=coordinator)

    assert main_contacts(organisation) == ["Rosa"]


def test_new_main_contact_takes_over(coordinator):
    organisation = ContactFactory(main=True, name="Rosa").organisation

    add_contact(contact=Contact(organisation=organisation, name="Dev", is_primary=True), by=coordinator)

    assert main_contacts(organisation) == ["Dev"]


def test_change_contact_can_make_it_the_main_one(coordinator):
    organisation = ContactFactory(main=True, name="Rosa").organisation
    dev = ContactFactory(organisation=organisation, name="Dev")

    change_contact(contact=dev, changes={"is_primary": True}, opened=1, by=coordinator)

    assert main_contacts(organisation) == ["Dev"]


def test_change_contact_is_refused_when_somebody_saved_first(coordinator):
    contact = ContactFactory()
    change_contact(contact=contact, changes={"name": "Rosa"}, opened=1, by=coordinator)

    with pytest.raises(StaleRecordError):
        change_contact(contact=contact, changes={"name": "Dev"}, opened=1, by=coordinator)

    contact.refresh_from_db()
    assert (contact.name, contact.version) == ("Rosa", 2)


def test_change_contact_notes_an_objection(coordinator):
    contact = ContactFactory(name="Rosa")

    change_contact(contact=contact, changes={"do_not_contact": True}, opened=1, by=coordinator)

    event = contact.organisation.timeline.get()
    assert (event.title, event.contact) == ("Rosa is not to be contacted", contact)


def test_archived_person_comes_back_without_taking_over(coordinator):
    rosa = ContactFactory(main=True, name="Rosa")
    archive_contact(contact=rosa, by=coordinator)
    add_contact(contact=Contact(organisation=rosa.organisation, name="Dev"), by=coordinator)

    restore_contact(contact=rosa, by=coordinator)

    assert main_contacts(rosa.organisation) == ["Dev"]
    assert rosa.organisation.contacts.here().count() == 2


def test_archiving_and_restoring_twice_is_once(coordinator):
    contact = ContactFactory(name="Rosa")

    for act in (archive_contact, archive_contact, restore_contact, restore_contact):
        act(contact=contact, by=coordinator)

    titles = contact.organisation.timeline.order_by("id").values_list("title", flat=True)
    assert list(titles) == ["Person archived: Rosa", "Person back: Rosa"]


@pytest.mark.parametrize(
    "act",
    [
        lambda contact, by: add_contact(contact=Contact(organisation=contact.organisation, name="New"), by=by),
        lambda contact, by: change_contact(contact=contact, changes={"name": "X"}, opened=1, by=by),
        lambda contact, by: archive_contact(contact=contact, by=by),
        lambda contact, by: restore_contact(contact=contact, by=by),
    ],
)
def test_people_are_changed_by_coordinators_alone(act, viewer, director):
    contact = ContactFactory()
    before = list(Contact.objects.values())

    for user in (viewer, director):
        with pytest.raises(PermissionDenied):
            act(contact, user)

    assert list(Contact.objects.values()) == before
