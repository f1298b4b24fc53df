import re

import pytest

from partnerships.enums import SizeBand, Status
from partnerships.models import Contact, Organisation
from tests.accounts.factories import UserFactory
from tests.partnerships.factories import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

ADD = "/partners/add/"


@pytest.fixture
def client(client_for, coordinator):
    return client_for(coordinator)


def errors(response):
    return re.findall(r'class="visually-hidden">Error:</span> (.*?)</span>', response.text)


def form_of(page):
    """Return what a browser would send back unchanged."""
    data = {}
    for tag in re.findall(r"<input[^>]*>|<textarea.*?</textarea>|<select.*?</select>", page, re.DOTALL):
        name = re.search(r'name="(\w+)"', tag)
        is_off = 'type="checkbox"' in tag and " checked" not in tag
        if name and not is_off and 'type="search"' not in tag:
            data[name[1]] = value_of(tag)
    return data


def value_of(tag):
    if tag.startswith("<textarea"):
        return re.search(r"<textarea[^>]*>\s?(.*?)</textarea>", tag, re.DOTALL)[1]
    if 'type="checkbox"' in tag:
        return "on"
    pattern = r'<option value="([^"]*)"[^>]*selected' if tag.startswith("<select") else r'value="([^"]*)"'
    found = re.search(pattern, tag)
    return found[1] if found else ""


def test_only_the_name_is_needed(client, coordinator):
    answer = client.post(ADD, {"name": "Kestrel", "kind": "business"})

    made = Organisation.objects.get()
    assert answer.url == f"/partners/{made.pk}/"
    assert (made.name, made.status, made.created_by, made.owner) == ("Kestrel", Status.PROSPECT, coordinator, None)


def test_everything_else_is_kept_too(client, coordinator):
    client.post(
        ADD,
        {
            "name": "Kestrel Precision",
            "kind": "business",
            "sector_code": "C25",
            "size_band": SizeBand.MEDIUM,
            "website": "kestrel.example.org/about",
            "email": "info@kestrel.example.org",
            "phone": "+43 (0) 1 555 01-86, ask for Dev",
            "distance_km": "6",
            "owner": coordinator.pk,
            "source": "event",
            "description": "Two shifts",
            "person_name": "Dev Anand",
            "person_role": "day_to_day",
            "person_phone": "000 555 0186",
        },
    )

    made = Organisation.objects.get()
    person = Contact.objects.get()
    assert (made.nace_section, made.nace_division, made.website) == ("C", "25", "https://kestrel.example.org/about")
    assert (made.owner, made.distance_km, made.size_band) == (coordinator, 6, "medium_50_249")
    assert (person.organisation, person.name, person.is_primary) == (made, "Dev Anand", True)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "\u200b \u00ad"}, "Write a name that can be seen."),
        ({"name": "A" * 256}, "Ensure this value has at most 255 characters (it has 256)."),
        ({"website": "no address"}, "Enter a valid URL."),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"website": "ftp://kestrel.example.org"}, "Enter a valid URL."),
        ({"email": "info@kestrel"}, "Enter a valid email address."),
        ({"phone": "ask at the door"}, "“ask at the door” is not a phone number. Write at least three figures."),
        ({"person_phone": "x"}, "“x” is not a phone number. Write at least three figures."),
        ({"person_email": "dev@kestrel.example.org"}, "Write the person’s name too."),
        ({"distance_km": "-3"}, "Ensure this value is greater than or equal to 0."),
        ({"do_not_contact": "on"}, "Say why, so that colleagues can judge whether it still holds."),
        ({"sector_code": "Z99"}, "Select a valid choice. Z99 is not one of the available choices."),
        ({"kind": "charity"}, "Select a valid choice. charity is not one of the available choices."),
    ],
)
def test_what_makes_no_sense_is_named_beside_the_field(wrong, message, client):
    answer = client.post(ADD, {"name": "Kestrel", "kind": "business"} | wrong)

    shown = [text.replace("&amp;", "&") for text in errors(answer)]
    assert answer.status_code == 422
    assert message in shown
    assert "<title>Error: Add partner" in answer.text
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("name", ["A" * 255, "🦊🔧 Fox", "שלום בע״מ", "O’Brien & Söhne <Ltd>", "7"])
def test_names_of_all_kinds_are_kept_as_typed(name, client):
    client.post(ADD, {"name": f"  {name} ", "kind": "business"})

    assert Organisation.objects.get().name == name


def test_possible_duplicate_is_shown_and_may_be_overruled(client):
    there = OrganisationFactory(name="Willowmere Care Home", website="https://willowmere.example.org", contacted=True)
    typed = {"name": "Willowmere Nursing Home", "kind": "business", "website": "willowmere.example.org"}

    asked = client.post(ADD, typed)
    kept = client.post(ADD, typed | {"different": "on"})

    assert asked.status_code == 422
    assert "This may already be in Tandem" in asked.text
    assert f'href="/partners/{there.pk}/"' in asked.text
    assert "same web address willowmere.example.org" in asked.text
    assert 'value="Willowmere Nursing Home"' in asked.text
    assert kept.status_code == 302
    assert Organisation.objects.count() == 2


def test_double_click_adds_one(client):
    typed = {"name": "Kestrel", "kind": "business", "form_key": "one-copy-of-the-form"}

    first, second = client.post(ADD, typed), client.post(ADD, typed | {"different": "on"})
    again = client.post(ADD, typed)

    assert first.url == again.url
    assert Organisation.objects.count() == 2
    assert second.url != first.url


def test_board_column_is_where_a_new_partner_begins(client):
    client.post(f"{ADD}?status=proposal", {"name": "Kestrel", "kind": "business"})
    client.post(f"{ADD}?status=ended", {"name": "Merlin", "kind": "business"})

    assert dict(Organisation.objects.values_list("name", "status")) == {"Kestrel": "proposal", "Merlin": "prospect"}


def test_edit_changes_what_was_changed_and_nothing_else(client):
    firm = OrganisationFactory(name="Kestrel", town="Lindenvale", distance_km=6)
    page = client.get(f"/partners/{firm.pk}/edit/").text
    before = Organisation.objects.values().get()

    answer = client.post(f"/partners/{firm.pk}/edit/", form_of(page) | {"town": "Quayside"})

    after = Organisation.objects.values().get()
    changed = {name for name in after if after[name] != before[name]} - {"updated_at", "search_text"}
    assert answer.url == f"/partners/{firm.pk}/"
    assert changed == {"town", "version", "updated_by_id"}
    assert after["town"] == "Quayside"


def test_second_of_two_editors_sees_both_texts(client, client_for):
    firm = OrganisationFactory(name="Kestrel", town="Lindenvale", trade="Machining")
    url = f"/partners/{firm.pk}/edit/"
    mine, theirs = (form_of(client.get(url).text) for _ in range(2))
    client_for(UserFactory()).post(url, theirs | {"town": "Overton"})

    conflict = client.post(url, mine | {"town": "Quayside"})
    kept = Organisation.objects.get().town
    client.post(url, form_of(conflict.text))

    assert conflict.status_code == 409
    assert "Overton" in conflict.text
    assert "Quayside" in conflict.text
    assert "Machining" not in re.search(r"<main.*?<form", conflict.text, re.DOTALL)[0]
    assert kept == "Overton"
    assert Organisation.objects.get().town == "Quayside"


def test_owner_who_left_stays_chosen_until_somebody_else_is(client):
    gone = UserFactory(name="Gone Colleague", deactivated=True)
    firm = OrganisationFactory(owner=gone)

    page = client.get(f"/partners/{firm.pk}/edit/").text

    assert re.search(rf'<option value="{gone.pk}" selected>Gone Colleague</option>', page)
    assert "Gone Colleague" not in client.get(ADD).text


def test_person_is_added_changed_and_archived(client):
    firm = OrganisationFactory()

    client.post(f"/partners/{firm.pk}/people/add/", {"name": "Dev Anand", "email": "dev@example.org"})
    dev = Contact.objects.get()
    page = client.get(f"/partners/people/{dev.pk}/").text
    client.post(f"/partners/people/{dev.pk}/", form_of(page) | {"job_title": "Production manager"})
    dev.refresh_from_db()
    changed = (dev.name, dev.job_title, dev.is_primary, dev.version)
    answer = client.post(f"/partners/people/{dev.pk}/archive/")

    assert changed == ("Dev Anand", "Production manager", True, 2)
    assert answer.url == f"/partners/{firm.pk}/#people"
    assert not Contact.objects.here().exists()
    assert client.get(f"/partners/people/{dev.pk}/").status_code == 404


def test_second_editor_of_a_person_sees_both_texts(client, client_for):
    person = ContactFactory(name="Rosa", job_title="Director")
    url = f"/partners/people/{person.pk}/"
    mine, theirs = (form_of(client.get(url).text) for _ in range(2))
    client_for(UserFactory()).post(url, theirs | {"job_title": "Managing director"})

    conflict = client.post(url, mine | {"job_title": "Owner"})

    assert conflict.status_code == 409
    assert "Managing director" in conflict.text
    assert "Owner" in conflict.text


def test_person_without_a_name_is_refused(client):
    firm = OrganisationFactory()

    answer = client.post(f"/partners/{firm.pk}/people/add/", {"name": "", "phone": "none"})

    assert answer.status_code == 422
    assert len(errors(answer)) == 2
    assert not Contact.objects.exists()


@pytest.mark.parametrize("address", ["/partners/add/", "/partners/{}/edit/", "/partners/{}/people/add/"])
def test_forms_cost_the_same_with_one_and_with_thirty_partners(address, client, query_count):
    url = address.format(OrganisationFactory().pk)
    client.get(url)
    with_one = query_count(lambda: client.get(url))
    for _ in range(29):
        ContactFactory()

    assert query_count(lambda: client.get(url)) == with_one
