import pytest
from django.core.exceptions import PermissionDenied

from partnerships.enums import Status
from partnerships.models import Contact, Organisation
from partnerships.services import (
    AlreadyOwnedError,
    UndoRefusedError,
    add_organisation,
    archive_organisation,
    change_organisation,
    give_back_ownership,
    restore_organisation,
    take_ownership,
)
from tests.accounts.factories import UserFactory
from tests.partnerships.factories import ContactFactory, OrganisationFactory
from ui.conflicts import StaleRecordError

pytestmark = pytest.mark.django_db


def titles(organisation):
    return list(organisation.timeline.order_by("id").values_list("title", flat=True))


def test_add_organisation_begins_its_history(coordinator, noon):
    made = add_organisation(organisation=Organisation(name="Kestrel", source_detail="Chamber fair"), by=coordinator)

    event = made.timeline.get()
    change = made.status_changes.get()
    assert (event.kind, event.body, event.actor) == ("partnerships.added", "Chamber fair", coordinator)
    assert (change.status, change.at, change.by) == (Status.PROSPECT, noon, coordinator)
    assert (made.created_by, made.version) == (coordinator, 1)


def test_add_organisation_makes_its_first_person_the_main_contact(coordinator):
    made = add_organisation(
        organisation=Organisation(name="Kestrel"), by=coordinator, first_contact=Contact(name="Dev Anand")
    )

    assert list(made.contacts.values_list("name", "is_primary")) == [("Dev Anand", True)]
    assert titles(made) == ["Added to Tandem", "Person added: Dev Anand"]


def test_change_organisation_moves_its_version_on(coordinator):
    organisation = OrganisationFactory()

    change_organisation(organisation=organisation, changes={"town": "Quayside"}, opened=1, by=coordinator)

    organisation.refresh_from_db()
    assert (organisation.town, organisation.version, organisation.updated_by) == ("Quayside", 2, coordinator)
    assert titles(organisation) == []


def test_change_organisation_is_refused_when_somebody_saved_first(coordinator):
    organisation = OrganisationFactory()
    change_organisation(organisation=organisation, changes={"town": "Quayside"}, opened=1, by=coordinator)

    with pytest.raises(StaleRecordError):
        change_organisation(organisation=organisation, changes={"town": "Overton"}, opened=1, by=coordinator)

    organisation.refresh_from_db()
    assert organisation.town == "Quayside"


def test_change_organisation_notes_a_new_owner_and_a_ban(coordinator):
    organisation = OrganisationFactory(owner=coordinator)
    colleague = UserFactory(name="Jonas Brandt")
    changes = {"owner": colleague, "do_not_contact": True, "do_not_contact_reason": "They asked us to stop"}

    change_organisation(organisation=organisation, changes=changes, opened=1, by=coordinator)

    events = organisation.timeline.order_by("id").values_list("kind", "title", "body")
    assert list(events) == [
        ("partnerships.owner", "Jonas Brandt looks after it", ""),
        ("partnerships.ban", "Not to be contacted", "They asked us to stop"),
    ]


def test_take_ownership_of_what_is_nobodys(coordinator):
    organisation = OrganisationFactory()

    take_ownership(organisation=organisation, by=coordinator)
    take_ownership(organisation=organisation, by=coordinator)

    organisation.refresh_from_db()
    assert organisation.owner == coordinator
    assert titles(organisation) == ["Marta Keller looks after it"]


def test_take_ownership_is_refused_when_a_colleague_was_quicker(coordinator):
    colleague = UserFactory()
    organisation = OrganisationFactory()
    take_ownership(organisation=organisation, by=colleague)

    with pytest.raises(AlreadyOwnedError) as refused:
        take_ownership(organisation=organisation, by=coordinator)

    assert refused.value.owner == colleague


def test_giving_back_undoes_taking(coordinator):
    organisation = take_ownership(organisation=OrganisationFactory(), by=coordinator)

    give_back_ownership(organisation=organisation, by=coordinator)

    organisation.refresh_from_db()
    assert organisation.owner is None


def test_giving_back_is_refused_when_somebody_else_has_it(coordinator):
    organisation = OrganisationFactory(owner=UserFactory())

    with pytest.raises(UndoRefusedError):
        give_back_ownership(organisation=organisation, by=coordinator)


def test_archive_takes_an_organisation_off_the_lists_and_restore_brings_it_back(coordinator):
    organisation = OrganisationFactory()

    archive_organisation(organisation=organisation, by=coordinator)
    archive_organisation(organisation=organisation, by=coordinator)
    off_the_lists = not Organisation.objects.on_file().exists()
    restore_organisation(organisation=organisation, by=coordinator)
    restore_organisation(organisation=organisation, by=coordinator)

    assert off_the_lists
    assert list(Organisation.objects.on_file()) == [organisation]
    assert titles(organisation) == ["Archived", "Back from the archive"]


@pytest.mark.parametrize(
    "act",
    [
        lambda firm, by: add_organisation(organisation=Organisation(name="New"), by=by),
        lambda firm, by: change_organisation(organisation=firm, changes={"town": "X"}, opened=1, by=by),
        lambda firm, by: take_ownership(organisation=firm, by=by),
        lambda firm, by: give_back_ownership(organisation=firm, by=by),
        lambda firm, by: archive_organisation(organisation=firm, by=by),
        lambda firm, by: restore_organisation(organisation=firm, by=by),
    ],
)
def test_organisations_are_changed_by_coordinators_alone(act, viewer, director, administrator):
    organisation = ContactFactory().organisation
    before = Organisation.objects.values().get()

    for user in (viewer, director, administrator):
        with pytest.raises(PermissionDenied):
            act(organisation, user)

    assert Organisation.objects.values().get() == before
