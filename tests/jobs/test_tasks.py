import logging

import pytest
from celery.beat import ScheduleEntry
from celery.schedules import schedule

from config.celery import app
from jobs.enums import JobState
from jobs.scheduler import InPlaceScheduler
from jobs.tasks import run, sweep
from tests.jobs.factories import JobFactory, declared


def test_sweep_without_a_queue_runs_what_waits(coordinator):
    job = JobFactory(requested_by=coordinator)

    with declared(lambda job, progress: None):
        sweep()
        sweep()

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 1)


def test_run_given_twice_runs_once(coordinator):
    job = JobFactory(requested_by=coordinator)

    with declared(lambda job, progress: None):
        run(job.pk)
        run(job.pk)

    job.refresh_from_db()
    assert job.attempts == 1


def test_run_of_a_job_that_is_gone_does_nothing(db):
    run(404)


def test_sweep_with_nothing_to_do_makes_one_query(db, django_assert_num_queries):
    with declared(lambda job, progress: None), django_assert_num_queries(1):
        sweep()


@pytest.fixture
def due_entry():
    ran = []

    @app.task(name="tests.note")
    def note() -> None:
        ran.append("note")

    @app.task(name="tests.raise")
    def broken() -> None:
        ran.append("raise")
        raise ZeroDivisionError

    def entry(task: str) -> ScheduleEntry:
        return ScheduleEntry(name=task, task=task, schedule=schedule(0), app=app)

    yield entry, ran
    app.tasks.pop("tests.note")
    app.tasks.pop("tests.raise")


def test_in_place_scheduler_goes_on_after_a_task_that_raises(due_entry, caplog):
    entry, ran = due_entry
    scheduler = InPlaceScheduler(app, lazy=True)
    scheduler.data = {"tests.raise": entry("tests.raise"), "tests.note": entry("tests.note")}

    with caplog.at_level(logging.ERROR, "jobs.scheduler"):
        for _turn in range(4):
            scheduler.tick()

    assert set(ran) == {"raise", "note"}
    assert "tests.raise failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text
