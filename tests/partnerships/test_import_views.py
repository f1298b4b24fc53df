"""The pages of an import: upload, match and try, progress, result, rows and their downloads."""

import io
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from jobs.models import Job
from jobs.services import run_job, stop_job
from partnerships.enums import Fate, ImportStatus, Rule
from partnerships.importing.table import MOST_BYTES
from partnerships.models import ImportBatch, ImportRow, Organisation
from partnerships.services.imports import receive_file, start_import
from tests.partnerships.factories import OrganisationFactory
from tests.partnerships.importing.factories import ImportBatchFactory, ImportRowFactory
from tests.partnerships.importing.files import csv_bytes

CSV = csv_bytes(
    [["Company", "Town", "Since"], ["Alder Glass", "Eastmoor", "2014"], ["=1+1", "", ""], ["", "Overton", ""]]
)
UPLOAD = reverse("partnerships:import")


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client(client_for, coordinator):
    return client_for(coordinator)


@pytest.fixture
def batch(coordinator):
    return receive_file(content=CSV, name="members.csv", content_type="text/csv", by=coordinator)


def upload(content: bytes = CSV, name: str = "members.csv", **extra: str) -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content, "text/csv"), **extra}


def choice(*targets: str, rule: Rule = Rule.FILL, **extra: str) -> dict[str, str]:
    return {f"column_{index}": target for index, target in enumerate(targets)} | {"rule": rule, **extra}


def words_of(response) -> str:
    return " ".join(response.content.decode().split())


def finish(batch: ImportBatch) -> None:
    batch.refresh_from_db()
    run_job(pk=batch.job_id)
    batch.refresh_from_db()


def test_upload_leads_to_the_columns_and_the_test_run(client):
    response = client.post(UPLOAD, upload(), follow=True)

    page = words_of(response)
    assert response.redirect_chain[0][0] == ImportBatch.objects.get().get_absolute_url()
    assert "members.csv · 3 rows, 3 columns · nothing is saved yet" in page
    assert "2 of 3 are matched" in page
    assert "2 new + 1 left out = 3 rows" in page
    assert "The name is empty" in page
    assert "Import 2 partners" in page


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "Choose a file first."),
        (upload(b""), "The file is empty."),
        (upload(b"%PDF-1.4"), "This is a PDF file. Tandem reads CSV and XLSX."),
        (upload(b"x" * (MOST_BYTES + 1)), "at most 10 MB can be imported"),
    ],
)
def test_file_that_cannot_be_read_is_refused_on_the_page(client, files, reason):
    response = client.post(UPLOAD, files)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert reason in words_of(response)
    assert ImportBatch.objects.count() == 0


def test_double_click_on_upload_reads_the_file_once(client):
    first = client.post(UPLOAD, upload(form_key="abc"))
    second = client.post(UPLOAD, upload(form_key="abc"))

    assert first["Location"] == second["Location"]
    assert ImportBatch.objects.count() == 1


def test_wrong_choice_keeps_what_was_chosen(client, batch):
    response = client.post(batch.get_absolute_url(), choice("town", "town", "description", rule=Rule.SKIP, act="test"))

    page = words_of(response)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Choose the column that holds the name of the firm." in page
    assert "2 columns go into “Town”; only one can." in page
    assert '<option value="description" selected>' in page
    assert "<title>Error: Import partners" in page
    batch.refresh_from_db()
    assert batch.mapping == ["name", "town", ""]


def test_testing_again_takes_the_new_choice(client, batch):
    client.post(batch.get_absolute_url(), choice("", "name", "description", act="test"))

    batch.refresh_from_db()
    assert (batch.mapping, batch.counts["new"], batch.counts["problem"]) == (["", "name", "description"], 2, 1)
    assert list(ImportRow.objects.of(batch).values_list("name", flat=True)) == ["Eastmoor", "", "Overton"]


def test_importing_with_columns_not_tried_yet_tries_them_first(client, batch):
    response = client.post(batch.get_absolute_url(), choice("name", "", "description", act="import"), follow=True)

    assert "Nothing was imported yet: the columns have changed" in words_of(response)
    assert Job.objects.count() == 0


def test_importing_runs_in_the_background_and_ends_at_the_result(client, batch):
    OrganisationFactory(name="Alder Glass", town="")
    client.post(batch.get_absolute_url(), choice("name", "town", "", act="test"))

    waiting = client.post(batch.get_absolute_url(), choice("name", "town", "", act="import"), follow=True)
    finish(batch)
    result = client.get(batch.get_absolute_url())

    assert "Importing 2 rows" in words_of(waiting)
    assert "Waiting for its turn" in words_of(waiting)
    assert "1 new partner, 1 filled in" in words_of(result)
    assert "<ins>Eastmoor</ins>" in words_of(result)
    assert set(Organisation.objects.values_list("name", "town")) == {("Alder Glass", "Eastmoor"), ("=1+1", "")}


def test_rule_chosen_with_the_import_is_the_rule_that_holds(client, batch):
    known = OrganisationFactory(name="Alder Glass", town="")

    client.post(batch.get_absolute_url(), choice("name", "town", "", rule=Rule.SKIP, act="import"))
    finish(batch)

    known.refresh_from_db()
    assert (batch.rule, batch.status, known.town) == (Rule.SKIP, ImportStatus.DONE, "")


def test_double_click_imports_once(client, batch):
    data = choice("name", "town", "", act="import", form_key="abc")

    first, second = client.post(batch.get_absolute_url(), data), client.post(batch.get_absolute_url(), data)
    third = client.post(batch.get_absolute_url(), choice("name", "town", "", act="import", form_key="other"))

    assert {first["Location"], second["Location"], third["Location"]} == {batch.get_absolute_url()}
    assert Job.objects.count() == 1


def test_progress_asks_again_until_the_result_is_there(client, batch, coordinator):
    start_import(batch=batch, by=coordinator)
    headers = {"HX-Request": "true"}

    during = client.get(batch.get_absolute_url(), headers=headers)
    finish(batch)
    after = client.get(batch.get_absolute_url(), headers=headers)

    assert during.content.decode().lstrip().startswith('<section class="card" id="progress"')
    assert after["HX-Redirect"] == batch.get_absolute_url()


def test_stopped_import_is_back_at_its_test_run(client, batch, coordinator):
    job = start_import(batch=batch, by=coordinator)
    stop_job(job=job, by=coordinator)

    page = words_of(client.get(batch.get_absolute_url()))

    assert "The import was stopped; nothing of it was saved." in page
    assert "Import 2 partners" in page


def test_import_that_met_changes_says_so_on_the_page(client, batch, coordinator):
    OrganisationFactory(name="Alder Glass", town="Eastmoor")
    start_import(batch=batch, by=coordinator)
    finish(batch)

    assert "Since the test run your partners have changed" in words_of(client.get(batch.get_absolute_url()))


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (CSV, "This very file was imported on"),
        (CSV + b"Birch,,\n", "A file of this name was imported on"),
    ],
)
def test_file_imported_before_says_so(client, batch, coordinator, content, note):
    start_import(batch=batch, by=coordinator)
    finish(batch)

    page = words_of(client.post(UPLOAD, upload(content), follow=True))

    assert note in page
    assert "by Marta Keller" in page


def test_other_letters_are_read_on_request(client, coordinator):
    czech = csv_bytes([["Firma", "Ort"], ["Dvořák", "Třebíč"]], encoding="cp1250")
    batch = receive_file(content=czech, name="f.csv", content_type="text/csv", by=coordinator)

    read = client.post(reverse("partnerships:import_encoding", args=[batch.pk]), {"encoding": "cp1250"}, follow=True)
    refused = client.post(reverse("partnerships:import_encoding", args=[batch.pk]), {"encoding": "utf-8"}, follow=True)

    assert "Dvořák" in words_of(read)
    assert "The file cannot be read as Unicode (UTF-8)." in words_of(refused)


def test_forgotten_file_leads_back_to_the_upload(client, batch):
    response = client.post(reverse("partnerships:import_discard", args=[batch.pk]), follow=True)

    assert "“members.csv” is forgotten; nothing of it was imported." in words_of(response)
    assert ImportBatch.objects.count() == 0


def test_rows_are_listed_by_what_happens(client, batch):
    url = reverse("partnerships:import_rows", args=[batch.pk])

    everything, left_out, nonsense = (words_of(client.get(url + query)) for query in ("", "?fate=problem", "?fate=x"))

    assert "Alder Glass" in everything
    assert "Left out · 1" in everything
    assert "The name is empty" in left_out
    assert "Alder Glass" not in left_out
    assert "its value makes no sense here" in nonsense


def test_download_as_text_holds_reasons_and_no_formula(client, batch):
    response = client.get(reverse("partnerships:import_download", args=[batch.pk]))

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert response["Content-Disposition"] == 'attachment; filename="members-rows.csv"'
    assert lines == [
        "Row,What happens,Why,Company,Town,Since",
        "2,New partner,,Alder Glass,Eastmoor,2014",
        "3,New partner,,'=1+1",
        "4,Left out,The name is empty,,Overton",
    ]


def test_download_as_workbook_holds_only_what_was_asked_for_as_text(client, batch):
    ImportRowFactory(batch=batch, number=9, cells=["=cmd|' /C calc'!A0", "@SUM(1)"], fate=Fate.PROBLEM, reason="+bad")

    response = client.get(
        reverse("partnerships:import_download", args=[batch.pk]), {"fate": "problem", "format": "xlsx"}
    )

    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in rows] == ["Row", 4, 9]
    assert rows[2][2:5] == ["'+bad", "'=cmd|' /C calc'!A0", "'@SUM(1)"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_downloaded_rows_can_be_imported_once_fixed(client, batch, coordinator):
    content = b"".join(client.get(reverse("partnerships:import_download", args=[batch.pk])).streaming_content)

    again = receive_file(
        content=content.replace(b",,Overton", b",Cedar & Sons,Overton"), name="f.csv", content_type="", by=coordinator
    )

    assert again.mapping == ["", "", "", "name", "town", ""]
    assert again.count(Fate.NEW) == 3


def test_hostile_names_stay_text(client, coordinator):
    content = b"Company,<img src=x onerror=alert(1)>\n<script>alert(1)</script>,<b>x</b>\n"
    batch = receive_file(content=content, name="<script>.csv", content_type="", by=coordinator)

    for page in (batch.get_absolute_url(), reverse("partnerships:import_rows", args=[batch.pk]), UPLOAD):
        text = client.get(page).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<script>.csv" not in text


@pytest.mark.parametrize("name", ["import_detail", "import_rows"])
def test_pages_take_as_many_queries_for_thirty_rows(client, coordinator, query_count, name):
    few, many = ImportBatchFactory(requested_by=coordinator), ImportBatchFactory(requested_by=coordinator)
    for batch, rows in ((few, 1), (many, 30)):
        for _ in range(rows):
            ImportRowFactory(batch=batch, organisation=OrganisationFactory(), fate=Fate.EXISTS)
    client.get(UPLOAD)

    counts = [
        query_count(lambda batch=batch: client.get(reverse(f"partnerships:{name}", args=[batch.pk])))
        for batch in (few, many)
    ]

    assert counts[0] == counts[1]


def test_upload_page_takes_as_many_queries_for_ten_earlier_files(client, coordinator, query_count):
    ImportBatchFactory(requested_by=coordinator)
    client.get(UPLOAD)

    few = query_count(lambda: client.get(UPLOAD))
    for _ in range(9):
        ImportBatchFactory(requested_by=coordinator)

    assert query_count(lambda: client.get(UPLOAD)) == few


def test_uploaded_file_is_kept_under_a_random_name(client):
    client.post(UPLOAD, upload(name="../../etc/evil\u202egnp.csv"))

    batch = ImportBatch.objects.get()
    assert batch.original_name == "evilgnp.csv"
    assert Path(batch.file.name).parts[0] == "partnerships"
    assert "evil" not in batch.file.name
