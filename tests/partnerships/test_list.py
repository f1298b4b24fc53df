import csv
import datetime as dt
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook

from jobs.models import Job
from jobs.services import run_job
from partnerships.enums import SizeBand, Status
from partnerships.models import FAR_FUTURE, LONG_AGO, Organisation
from tests.accounts.factories import UserFactory
from tests.partnerships.conftest import NOON
from tests.partnerships.factories import ContactFactory, OrganisationFactory
from ui.models import SavedView

pytestmark = pytest.mark.django_db

URL = "/partners/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def client(client_for, coordinator, noon):
    return client_for(coordinator)


def names(response):
    return re.findall(r'class="td-name" href="/partners/\d+/"><bdi>(.*?)</bdi>', response.text)


def link(response, rel):
    found = re.search(rf'rel="{rel}" href="(.*?)"', response.text)
    return URL + found[1].replace("&amp;", "&") if found else None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Alder", "Birch", "Cedar", "Dale"]),
        ("q=mill", ["Birch"]),
        ("q=0186", ["Alder"]),
        ("q=no+such+firm", []),
        ("status=pilot", ["Birch"]),
        ("status=pilot&status=partner", ["Birch", "Cedar"]),
        ("owner=me", ["Alder"]),
        ("owner=nobody", ["Cedar", "Dale"]),
        ("sector=C", ["Alder", "Birch"]),
        ("sector=C25", ["Alder"]),
        ("size=large_250_plus", ["Dale"]),
        ("town=LINDENVALE", ["Alder"]),
        ("within=10", ["Alder", "Birch"]),
        ("next_step=late", ["Alder"]),
        ("next_step=week", ["Birch"]),
        ("next_step=none", ["Cedar", "Dale"]),
        ("quiet=30", ["Cedar", "Dale"]),
        ("quiet=never", ["Dale"]),
        ("quiet=last_30", ["Alder", "Birch"]),
        ("agreement=in_force", ["Birch", "Cedar"]),
        ("agreement=90", ["Cedar"]),
        ("agreement=none", ["Alder", "Dale"]),
        ("active=on", ["Birch", "Cedar"]),
        ("archived=on", ["Elm"]),
        ("status=pilot&town=quayside", []),
        ("status=nonsense&owner=77777&within=-1&sector=ZZ", ["Alder", "Birch", "Cedar", "Dale"]),
    ],
)
def test_list_is_narrowed(query, expected, client, coordinator):
    today = NOON.date()
    OrganisationFactory(
        name="Alder",
        owner=coordinator,
        phone="000 555 0186",
        distance_km=3,
        last_contact_at=NOON - DAY,
        next_step_at=NOON - DAY,
    )
    OrganisationFactory(
        name="Birch",
        status=Status.PILOT,
        owner=UserFactory(),
        town="Millbrook",
        nace_division="10",
        distance_km=10,
        last_contact_at=NOON - 20 * DAY,
        next_step_at=NOON + 3 * DAY,
        agreement_ends_on=today + 200 * DAY,
    )
    OrganisationFactory(
        name="Cedar",
        partner=True,
        town="Quayside",
        nace_section="H",
        nace_division="",
        distance_km=11,
        last_contact_at=NOON - 40 * DAY,
        agreement_ends_on=today + 40 * DAY,
    )
    OrganisationFactory(
        name="Dale", town="", nace_section="", nace_division="", size_band=SizeBand.LARGE, agreement_ends_on=today - DAY
    )
    OrganisationFactory(name="Elm", archived=True)

    assert names(client.get(f"{URL}?{query}")) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["alpha", "Beta", "Ärzte"]),
        ("-name", ["Ärzte", "Beta", "alpha"]),
        ("status", ["Ärzte", "alpha", "Beta"]),
        ("last_contact", ["Beta", "alpha", "Ärzte"]),
        ("-next_step", ["Beta", "Ärzte", "alpha"]),
        ("added", ["Beta", "Ärzte", "alpha"]),
        ("nonsense", ["alpha", "Beta", "Ärzte"]),
    ],
)
def test_list_is_sorted(sort, expected, client):
    OrganisationFactory(name="alpha", contacted=True, last_contact_at=NOON - DAY, next_step_at=NOON, created_at=NOON)
    OrganisationFactory(
        name="Beta", partner=True, last_contact_at=LONG_AGO, next_step_at=FAR_FUTURE, created_at=NOON - 2 * DAY
    )
    OrganisationFactory(name="Ärzte", last_contact_at=NOON, next_step_at=NOON + DAY, created_at=NOON - DAY)
    if sort in {"name", "-name", "nonsense"}:
        expected = sorted(expected, key=lambda name: name.lower().replace("ä", "a"), reverse=sort == "-name")

    assert names(client.get(f"{URL}?sort={sort}")) == expected


@pytest.mark.parametrize("sort", ["name", "-last_contact", "next_step"])
def test_pages_lead_forward_and_back_without_gap_or_double(sort, client):
    for number in range(120):
        OrganisationFactory(name=f"Firm {number % 7} {number:03}", last_contact_at=NOON - (number % 5) * DAY)
    whole = client.get(f"{URL}?sort={sort}&export=csv").getvalue().decode("utf-8-sig")
    expected = [row["Partner"] for row in csv.DictReader(io.StringIO(whole))]

    pages, url = [], f"{URL}?sort={sort}"
    while url:
        response = client.get(url)
        pages.append(names(response))
        last, url = response, link(response, "next")
    back = names(client.get(link(last, "prev")))

    assert [len(page) for page in pages] == [50, 50, 20]
    assert [name for page in pages for name in page] == expected
    assert back == pages[1]


def test_list_costs_the_same_with_one_and_with_thirty_rows(client, query_count, coordinator):
    OrganisationFactory(owner=coordinator)
    client.get(URL)
    with_one = query_count(lambda: client.get(URL))
    for _ in range(29):
        OrganisationFactory(owner=UserFactory())
    client.get(URL)

    assert query_count(lambda: client.get(URL)) == with_one <= 13


def test_late_step_is_named_and_stands_out(client):
    OrganisationFactory(name="Nordwell", next_step_at=NOON - 2 * DAY, next_step_text="Ask for feedback")

    row = client.get(URL).text

    assert re.search(r'class="bad strong">Ask for feedback, <time datetime="2026-03-10">2 days late</time>', row)


def test_row_that_is_nobodys_can_be_taken_and_given_back(client, coordinator):
    firm = OrganisationFactory(name="Solveig Solar")

    taken = client.post(f"/partners/{firm.pk}/take/", {"next": "/partners/?owner=nobody"}, follow=True)
    owner = Organisation.objects.get().owner
    client.post(re.search(r'action="(/partners/undo/take/.*?)"', taken.text)[1])

    assert taken.redirect_chain == [("/partners/?owner=nobody", 302)]
    assert owner == coordinator
    assert Organisation.objects.get().owner is None


def test_taking_what_a_colleague_has_says_so(client):
    firm = OrganisationFactory(name="Solveig Solar", owner=UserFactory(name="Jonas Brandt"))

    page = client.post(f"/partners/{firm.pk}/take/", follow=True)

    assert "Jonas Brandt looks after Solveig Solar already." in page.text


@pytest.mark.parametrize("role", ["viewer", "director"])
def test_readers_see_the_list_without_ways_to_change_it(role, request, client_for):
    OrganisationFactory(name="Solveig Solar")

    page = client_for(request.getfixturevalue(role)).get(URL).text

    assert "Solveig Solar" in page
    assert not re.search(r"Take it|Add partner|/partners/add/", page)


def test_empty_list_invites_and_a_filter_without_result_is_taken_off(client):
    empty = client.get(URL).text
    OrganisationFactory()
    filtered = client.get(f"{URL}?q=nothing").text

    assert "Start with the firms you already know" in empty
    assert "No partner fits all of these" in filtered
    assert 'href="/partners/"' in filtered


def test_htmx_gets_exactly_the_rows_of_the_page(client):
    OrganisationFactory(name="Kestrel")

    whole = client.get(f"{URL}?q=kest").text
    part = client.get(f"{URL}?q=kest", headers={"HX-Request": "true"})

    without_tokens = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert without_tokens.sub("", part.text).strip() in without_tokens.sub("", whole)
    assert part["HX-Push-Url"] == "/partners/?q=kest"


def test_saved_view_is_a_tab(client, coordinator):
    SavedView.objects.create(
        owner=coordinator, list_key="partnerships.organisations", name="Gone quiet", query="quiet=30"
    )

    page = client.get(f"{URL}?quiet=30").text

    assert re.search(r'<a href="\?quiet=30" aria-current="page">Gone quiet</a>', page)


def exported(client, query):
    text = client.get(f"{URL}?{query}&export=csv").getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_holds_exactly_the_filter_in_its_order(client, coordinator):
    OrganisationFactory(name="Alder", town="Quayside", owner=coordinator, next_step_at=NOON, next_step_text="Call")
    OrganisationFactory(name="Birch", town="Overton")
    OrganisationFactory(name="=cmd|' /C calc'!A0", town="Quayside")
    OrganisationFactory(name="Elm", town="Quayside", archived=True)

    rows = exported(client, "town=quayside&sort=-name")

    assert [row["Partner"] for row in rows] == ["Alder", "'=cmd|' /C calc'!A0"]
    assert (rows[0]["Owner"], rows[0]["Next step"], rows[0]["Next step on"]) == ("Marta Keller", "Call", "2026-03-12")


def test_csv_costs_the_same_with_one_and_with_thirty_rows(client, query_count):
    OrganisationFactory(owner=UserFactory())
    exported(client, "")
    with_one = query_count(lambda: exported(client, ""))
    for _ in range(29):
        OrganisationFactory(owner=UserFactory())

    assert query_count(lambda: exported(client, "")) == with_one


def test_workbook_is_made_in_the_background_with_the_same_rows(client, coordinator):
    OrganisationFactory(name="Alder", owner=coordinator)
    OrganisationFactory(name="Birch")

    answer = client.post("/partners/export/", {"query": "owner=me"})
    job = Job.objects.get()
    run_job(pk=job.pk)

    job.refresh_from_db()
    with job.result_file.open("rb") as file:
        sheet = load_workbook(io.BytesIO(file.read())).active
    assert answer.url == job.get_absolute_url()
    assert job.state == "done", job.problem
    assert [row[0].value for row in sheet.iter_rows()] == ["Partner", "Alder"]
    assert job.result["text"] == "1 partner is in the file."


def test_sector_choices_are_grouped_and_named(client):
    page = client.get(f"{URL}?sector=C25").text

    assert '<optgroup label="C Manufacturing">' in page
    assert "Sector: 25 Manufacture of fabricated metal products" in page


def test_list_of_archived_partners_survives_the_way_through_pages(client):
    for number in range(51):
        OrganisationFactory(name=f"Gone {number:02}", archived=True)

    following = link(client.get(f"{URL}?archived=on"), "next")

    assert parse_qs(urlsplit(following).query)["archived"] == ["on"]
    assert names(client.get(following)) == ["Gone 50"]


def test_contacts_do_not_multiply_rows(client):
    firm = ContactFactory().organisation
    ContactFactory(organisation=firm)

    assert names(client.get(f"{URL}?q={firm.name}")) == [firm.name]
