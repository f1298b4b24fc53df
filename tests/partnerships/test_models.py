import pytest
from django.db import IntegrityError, transaction

from partnerships.enums import STAGE_OF_STATUS, WAY, Status
from partnerships.models import Contact, Organisation
from partnerships.models.phones import dialled
from roadmap.search import matching
from tests.partnerships.factories import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"status": Status.ENDED},
        {"status": Status.PAUSED},
        {"do_not_contact": True},
        {"nace_section": "", "nace_division": "25"},
    ],
)
def test_organisation_is_refused_by_the_database_when_it_makes_no_sense(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(**wrong)

    assert not Organisation.objects.exists()


def test_contact_is_refused_as_a_second_main_contact():
    first = ContactFactory(main=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        ContactFactory(organisation=first.organisation, main=True)

    assert Contact.objects.get() == first


def test_archived_main_contact_leaves_room_for_another():
    gone = ContactFactory(main=True, archived=True)

    new = ContactFactory(organisation=gone.organisation, main=True)

    assert Contact.objects.here().get() == new


@pytest.mark.parametrize(
    "query",
    [
        "kest",
        "KESTREL prec",
        "lindénvale",
        "machining",
        "5550186",
        "555 0186",
        "0186",
        "info@kestrel",
        "lv 4711",
        "kestrel.example",
    ],
)
def test_organisation_is_found_by(query):
    firm = OrganisationFactory(
        name="Kestrel Precision",
        trade="Machining",
        town="Lindenvale",
        phone="000 555-01/86",
        email="info@kestrel.example.org",
        website="https://kestrel.example.org",
        registration_number="LV 4711",
    )
    OrganisationFactory(name="Brightwater Hotel", trade="Hospitality", town="Quayside")

    assert list(matching(Organisation.objects.all(), query)) == [firm]


def test_organisation_is_found_without_its_accents_and_letters_of_other_languages():
    firm = OrganisationFactory(name="Žabłocki & Søn Größe")

    assert list(matching(Organisation.objects.all(), "zablocki son grosse")) == [firm]


def test_search_text_stays_true_under_bulk_writes():
    firm = OrganisationFactory(name="Old name")

    Organisation.objects.filter(pk=firm.pk).update(name="Neuer Name")

    assert list(matching(Organisation.objects.all(), "neuer")) == [firm]


def test_names_sort_without_case_and_accents():
    for name in ("zulu", "Ärzte", "Alpha", "beta"):
        OrganisationFactory(name=name)

    names = Organisation.objects.order_by("name_folded", "pk").values_list("name", flat=True)

    assert list(names) == ["Alpha", "Ärzte", "beta", "zulu"]


def test_statuses_sort_along_the_way():
    for status in (Status.PARTNER, Status.PROSPECT, Status.AGREEMENT):
        OrganisationFactory(status=status)

    found = Organisation.objects.order_by("status_rank").values_list("status", flat=True)

    assert list(found) == [Status.PROSPECT, Status.AGREEMENT, Status.PARTNER]


def test_every_status_but_paused_and_ended_has_a_stage():
    assert set(Status) - set(STAGE_OF_STATUS) == {Status.PAUSED, Status.ENDED}
    assert set(WAY) == set(STAGE_OF_STATUS)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Kestrel Precision Ltd", "Kestrel Precision"),
        ("Holm & Co. GmbH", "Holm &"),
        ("Ltd", "Ltd"),
        ("🦊 Fox", "🦊 Fox"),
    ],
)
def test_short_name_leaves_the_legal_form_out(name, short):
    assert OrganisationFactory.build(name=name).short_name == short


@pytest.mark.parametrize(
    ("phone", "number"),
    [("000 555 0186", "0005550186"), ("+43 (1) 555-01 86, mornings", "+43155501" + "86"), ("ask Dev", "")],
)
def test_phone_is_dialled_without_remarks(phone, number):
    assert dialled(phone) == number
