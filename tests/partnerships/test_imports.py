"""Importing a file: as a whole or not at all, once, and as the test run said."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobs.enums import JobState
from jobs.models import Job
from jobs.services import run_job, stop_job
from partnerships import tasks
from partnerships.enums import IMPORT_TRANSITIONS, Fate, ImportStatus, Rule, SizeBand, Source, Status
from partnerships.models import Contact, ImportBatch, ImportRow, Organisation, StatusChange, TimelineEvent
from partnerships.services.imports import (
    UnderWayError,
    discard_import,
    forget_old_imports,
    match_columns,
    read_again,
    receive_file,
    start_import,
)
from roadmap.lifecycle import TransitionRefusedError
from tests.partnerships.factories import ContactFactory, OrganisationFactory
from tests.partnerships.importing.files import csv_bytes, xlsx_bytes
from tests.roadmap.lifecycles import check_move, check_table, every_move

CHAMBER_LIST = Path(__file__).parent.parent / "data" / "partners.csv"
HEADINGS = ["Company", "Town", "Phone", "Contact", "Email"]
ALDER = ["Alder Glass", "Eastmoor", "000 555 0117", "Ana Prieto", "ana@alder.example.org"]
BIRCH = ["Birch & Co", "Overton", "", "", ""]


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def received(coordinator):
    def receive(*rows, name="members.csv", content=None):
        content = content or csv_bytes([HEADINGS, *(rows or [ALDER, BIRCH])])
        return receive_file(content=content, name=name, content_type="text/csv", by=coordinator)

    return receive


def run(batch: ImportBatch, by) -> Job:
    job = start_import(batch=batch, by=by)
    run_job(pk=job.pk)
    job.refresh_from_db()
    batch.refresh_from_db()
    return job


@pytest.mark.parametrize(("before", "after"), every_move(ImportStatus))
def test_import_moves_as_its_table_says(before, after):
    check_move(lambda status: ImportBatch(status=status), IMPORT_TRANSITIONS, before, after)


def test_every_state_of_an_import_can_be_reached():
    check_table(IMPORT_TRANSITIONS, ImportStatus, start=ImportStatus.MATCHING)


def test_received_file_is_matched_and_tried_and_nothing_is_saved(received):
    batch = received(ALDER, BIRCH, ["", "Overton", "", "", ""])

    assert batch.status == ImportStatus.CHECKED
    assert batch.mapping == ["name", "town", "phone", "contact_name", "contact_email"]
    assert batch.counts == {"new": 2, "joins": 0, "repeats": 0, "fills": 0, "exists": 0, "problem": 1}
    assert list(ImportRow.objects.of(batch).values_list("number", "name", "fate", "reason")) == [
        (2, "Alder Glass", "new", ""),
        (3, "Birch & Co", "new", ""),
        (4, "", "problem", "The name is empty"),
    ]
    assert Organisation.objects.count() == 0


def test_row_left_out_keeps_its_name_as_far_as_it_fits(received):
    batch = received(["A" * 300, "", "", "", ""])

    assert ImportRow.objects.of(batch).get().name == "A" * 255


def test_file_without_a_name_column_waits_for_a_match(received, coordinator):
    batch = received(content=csv_bytes([["Alpha", "Beta"], ["Alder", "Eastmoor"]]))
    assert (batch.status, batch.counts["new"], batch.rows.count()) == (ImportStatus.MATCHING, 0, 0)
    with pytest.raises(TransitionRefusedError):
        start_import(batch=batch, by=coordinator)

    batch = match_columns(batch=batch, mapping=["name", "town"], rule=Rule.FILL, by=coordinator)

    assert (batch.status, batch.counts["new"]) == (ImportStatus.CHECKED, 1)


def test_import_adds_firms_people_and_their_past(received, coordinator):
    batch = received(ALDER, BIRCH, ["ALDER GLASS", "Eastmoor", "", "Ben Stone", "ben@alder.example.org"])

    job = run(batch, coordinator)

    alder = Organisation.objects.get(name="Alder Glass")
    assert (job.state, batch.status) == (JobState.DONE, ImportStatus.DONE)
    assert batch.result == {"organisations": 2, "people": 2, "filled_organisations": 0, "filled_fields": 0}
    assert (alder.town, alder.phone, alder.status, alder.source, alder.source_detail, alder.created_by) == (
        "Eastmoor",
        "000 555 0117",
        Status.PROSPECT,
        Source.IMPORT,
        "members.csv",
        coordinator,
    )
    assert list(alder.contacts.order_by("pk").values_list("name", "email", "is_primary")) == [
        ("Ana Prieto", "ana@alder.example.org", True),
        ("Ben Stone", "ben@alder.example.org", False),
    ]
    assert [(event.kind, event.actor, event.url) for event in alder.timeline.all()] == [
        ("partnerships.added", coordinator, batch.get_absolute_url())
    ]
    assert StatusChange.objects.filter(status=Status.PROSPECT).count() == 2
    assert set(ImportRow.objects.of(batch).values_list("organisation__name", flat=True)) == {
        "Alder Glass",
        "Birch & Co",
    }


def test_import_fills_what_is_empty_and_moves_the_version_on(received, coordinator):
    known = OrganisationFactory(name="Alder Glass Ltd", town="Eastmoor", phone="", email="kept@alder.example.org")
    ana = ContactFactory(organisation=known, name="Ana Prieto", email="", phone="000 1", is_primary=True)
    batch = received(ALDER, ["Alder Glass", "", "", "Ben Stone", ""])

    run(batch, coordinator)

    known.refresh_from_db()
    ana.refresh_from_db()
    assert (known.phone, known.email, known.version, known.updated_by) == (
        "000 555 0117",
        "kept@alder.example.org",
        2,
        coordinator,
    )
    assert (ana.email, ana.phone) == ("ana@alder.example.org", "000 1")
    assert known.contacts.filter(name="Ben Stone", is_primary=False).exists()
    assert batch.result == {"organisations": 0, "people": 1, "filled_organisations": 1, "filled_fields": 2}
    assert [event.kind for event in known.timeline.all()] == ["partnerships.imported"]


def test_import_that_skips_known_firms_changes_none(received, coordinator):
    known = OrganisationFactory(name="Alder Glass", town="Eastmoor", phone="")
    batch = received()
    match_columns(batch=batch, mapping=batch.mapping, rule=Rule.SKIP, by=coordinator)

    run(batch, coordinator)

    known.refresh_from_db()
    assert (known.phone, known.version, known.contacts.count(), known.timeline.count()) == ("", 1, 0, 0)
    assert Organisation.objects.filter(name="Birch & Co").exists()


def test_import_that_meets_changed_partners_does_nothing_and_says_so(received, coordinator):
    batch = received()
    OrganisationFactory(name="Alder Glass", town="Eastmoor", phone="", email="")

    job = run(batch, coordinator)

    assert job.state == JobState.FAILED
    assert job.problem.startswith("Since the test run your partners have changed, and 1 row would end differently.")
    assert (batch.has_broken_off, Organisation.objects.count(), Contact.objects.count()) == (True, 1, 0)


def test_import_that_broke_off_can_be_tried_again(received, coordinator):
    batch = received()
    OrganisationFactory(name="Alder Glass", town="Eastmoor", phone="", email="")
    run(batch, coordinator)

    again = match_columns(batch=batch, mapping=batch.mapping, rule=Rule.FILL, by=coordinator)
    job = run(again, coordinator)

    assert (job.state, again.status) == (JobState.DONE, ImportStatus.DONE)
    assert Organisation.objects.count() == 2


def test_import_whose_worker_dies_half_way_leaves_nothing_and_comes_out_the_same(received, coordinator, monkeypatch):
    batch = received()
    job = start_import(batch=batch, by=coordinator)

    def dies(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("partnerships.services.imports.refresh_facts", dies)
        with pytest.raises(KeyboardInterrupt):
            run_job(pk=job.pk)
    assert (Organisation.objects.count(), TimelineEvent.objects.count()) == (0, 0)

    Job.objects.update(lease_until=None)
    run_job(pk=job.pk)

    batch.refresh_from_db()
    assert (batch.status, Organisation.objects.count()) == (ImportStatus.DONE, 2)


def test_job_run_twice_imports_once(received, coordinator):
    batch = received()
    job = run(batch, coordinator)
    Job.objects.update(state=JobState.WAITING, lease_until=None, attempts=1)

    run_job(pk=job.pk)

    job.refresh_from_db()
    assert (job.state, Organisation.objects.count()) == (JobState.DONE, 2)


def test_import_started_twice_has_one_job(received, coordinator):
    batch = received()
    start_import(batch=batch, by=coordinator)

    with pytest.raises(UnderWayError):
        start_import(batch=batch, by=coordinator)
    assert Job.objects.count() == 1


def test_stopped_import_leaves_nothing(received, coordinator):
    batch = received()
    job = start_import(batch=batch, by=coordinator)
    stop_job(job=job, by=coordinator)

    run_job(pk=job.pk)

    batch.refresh_from_db()
    assert (batch.has_broken_off, Organisation.objects.count()) == (True, 0)


def test_same_file_again_finds_everything_on_file(received, coordinator):
    run(received(), coordinator)

    again = received()

    assert (again.count(Fate.NEW, Fate.FILLS), again.count(Fate.EXISTS)) == (0, 2)
    assert ImportBatch.objects.before(again).get().sha256 == again.sha256


def test_file_that_was_tampered_with_is_not_imported(received, coordinator, tmp_path):
    batch = received()
    Path(batch.file.path).write_bytes(csv_bytes([HEADINGS, ["Evil Ltd", "", "", "", ""]]))

    job = run(batch, coordinator)

    assert job.problem == "The stored file is no longer the one that was uploaded. Upload it again."
    assert Organisation.objects.count() == 0


def test_file_that_is_gone_is_said_to_be(received, coordinator):
    batch = received()
    Path(batch.file.path).unlink()

    assert run(batch, coordinator).problem == "The uploaded file is no longer stored. Upload it again."


def test_formulas_arrive_as_text(received, coordinator):
    batch = received(["=1+1", "@SUM(A1)", "+49 000", "-2+3", ""])

    run(batch, coordinator)

    firm = Organisation.objects.get()
    assert (firm.name, firm.town, firm.phone, firm.contacts.get().name) == ("=1+1", "@SUM(A1)", "+49 000", "-2+3")


def test_workbook_is_imported_like_a_text_file(received, coordinator):
    batch = received(
        content=xlsx_bytes([["Members"], [], ["Company", "Employees"], ["Alder Glass", 12]]), name="m.xlsx"
    )

    run(batch, coordinator)

    assert Organisation.objects.get().size_band == SizeBand.SMALL
    assert (batch.encoding, batch.delimiter) == ("", "")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1252", "utf-8-sig"])
def test_file_is_read_the_same_way_twice(received, coordinator, encoding):
    batch = received(
        content=csv_bytes([["Firma", "Ort"], ["Müller & Söhne", "Köln"]], delimiter=";", encoding=encoding)
    )

    run(batch, coordinator)

    assert Organisation.objects.get().name == "Müller & Söhne"


def test_file_read_in_other_letters_is_matched_anew(received, coordinator):
    batch = received(content=csv_bytes([["Firma", "Ort"], ["Dvořák", "Třebíč"]], encoding="cp1250"))

    batch = read_again(batch=batch, encoding="cp1250", by=coordinator)

    assert (batch.encoding, ImportRow.objects.of(batch).get().name) == ("cp1250", "Dvořák")


@pytest.mark.parametrize("act", ["receive", "match", "read", "start", "discard"])
def test_only_coordinators_import(received, viewer, director, act):
    batch = received()
    acts = {
        "receive": lambda by: receive_file(content=b"Name\nx", name="x.csv", content_type="", by=by),
        "match": lambda by: match_columns(batch=batch, mapping=batch.mapping, rule=Rule.FILL, by=by),
        "read": lambda by: read_again(batch=batch, encoding="utf-8", by=by),
        "start": lambda by: start_import(batch=batch, by=by),
        "discard": lambda by: discard_import(batch=batch, by=by),
    }

    for somebody in (viewer, director):
        with pytest.raises(PermissionDenied):
            acts[act](somebody)
    batch.refresh_from_db()
    assert (ImportBatch.objects.count(), batch.status) == (1, ImportStatus.CHECKED)


def test_discarded_file_is_gone(received, coordinator, django_capture_on_commit_callbacks):
    batch = received()
    path = Path(batch.file.path)

    with django_capture_on_commit_callbacks(execute=True):
        discard_import(batch=batch, by=coordinator)

    assert not path.exists()
    assert (ImportBatch.objects.count(), ImportRow.objects.count()) == (0, 0)


def test_done_import_is_not_discarded(received, coordinator):
    batch = received()
    run(batch, coordinator)

    with pytest.raises(UnderWayError):
        discard_import(batch=batch, by=coordinator)


def test_old_files_are_forgotten_twice_without_harm(received, coordinator, django_capture_on_commit_callbacks):
    done, waiting, fresh = received(), received(["Cedar", "", "", "", ""]), received(["Dale", "", "", "", ""])
    run(done, coordinator)
    ImportBatch.objects.exclude(pk=fresh.pk).update(stored_at=timezone.now() - dt.timedelta(days=100))

    with django_capture_on_commit_callbacks(execute=True):
        dropped = forget_old_imports(now=timezone.now())
    tasks.forget_imports()

    done.refresh_from_db()
    assert dropped == 2
    assert (done.status, done.file.name, done.rows.count(), done.result["organisations"]) == (
        ImportStatus.DONE,
        "",
        0,
        2,
    )
    assert set(ImportBatch.objects.values_list("pk", flat=True)) == {done.pk, fresh.pk}
    assert not Path(waiting.file.path).exists()


def test_queries_of_an_import_do_not_grow_with_the_rows(received, coordinator, query_count):
    few, many = (
        received(*([f"{kind} {n}", "", "", f"P {n}", ""] for n in range(count)))
        for kind, count in [("Few", 2), ("Many", 20)]
    )

    assert query_count(lambda: run(few, coordinator)) == query_count(lambda: run(many, coordinator))


def test_chamber_list_comes_in_as_its_test_run_says(coordinator, received):
    """163 rows in Windows letters with semicolons, headings in the third row, and every mistake that lists have."""
    batch = received(content=CHAMBER_LIST.read_bytes(), name="partners.csv")

    assert batch.notes == ["The file was read as Western European (Windows).", "The headings were found in row 3."]
    assert batch.row_count == sum(batch.counts.values()) == 163
    assert batch.counts == {"new": 143, "joins": 8, "repeats": 3, "fills": 0, "exists": 0, "problem": 9}
    assert sorted(row.reason for row in ImportRow.objects.filter(batch=batch, fate=Fate.PROBLEM)) == [
        "Contact’s e-mail “ben.ashby at heather.example.org” is not complete",
        "Contact’s e-mail “info@brackenhall” is not complete",
        "Contact’s e-mail “p.moss@@elder.example.org” is not complete",
        "Name has 299 characters; 255 fit",
        "Phone “ask at the counter” is not a number",
        "Staff “about 40” is not a number",
        "The name is empty",
        "The row has 15 values for 14 columns; perhaps quotation marks are missing around one",
        "Website “not a web address” is not a web address",
    ]

    run(batch, coordinator)

    assert Organisation.objects.count() == batch.result["organisations"] == 143
    assert Organisation.objects.filter(name='=HYPERLINK("http://evil.example.org","Click")').exists()
    assert Organisation.objects.filter(name="Ångström Optik", town="Weirbridge").exists()
    assert batch.result["people"] == Contact.objects.count()
