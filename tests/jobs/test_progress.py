import threading

import pytest
from django.db import connection, transaction

from jobs.enums import JobState
from jobs.models import Job
from jobs.services import run_job, stop_job
from tests.jobs.factories import JobFactory, declared


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_by_others_while_the_job_runs(coordinator):
    job = JobFactory(requested_by=coordinator)
    seen = []

    def handler(job, progress):
        progress(3, of=12, note="Adding firms")
        seen.append(Job.objects.values_list("done", "total", "note").get(pk=job.pk))

    with declared(handler):
        run_job(pk=job.pk)

    assert seen == [(3, 12, "Adding firms")]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_progress_inside_a_transaction_is_seen_by_others(coordinator):
    job = JobFactory(requested_by=coordinator)
    seen = []

    def look() -> None:
        seen.append(Job.objects.values_list("done", flat=True).get(pk=job.pk))
        connection.close()

    @transaction.atomic
    def handler(job, progress):
        progress(5, of=10)
        other = threading.Thread(target=look)
        other.start()
        other.join()

    with declared(handler):
        run_job(pk=job.pk)

    assert seen == [5]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_progress_stops_a_job_and_takes_its_transaction_back(coordinator):
    job = JobFactory(requested_by=coordinator)

    @transaction.atomic
    def handler(job, progress):
        JobFactory(title="half an import")
        other = threading.Thread(target=ask_to_stop)
        other.start()
        other.join()
        progress(5, of=10)

    def ask_to_stop() -> None:
        stop_job(job=job, by=coordinator)
        connection.close()

    with declared(handler):
        run_job(pk=job.pk)

    job.refresh_from_db()
    assert job.state == JobState.STOPPED
    assert not Job.objects.filter(title="half an import").exists()


@pytest.mark.django_db(transaction=True)
def test_progress_of_a_run_that_was_overtaken_ends_it(coordinator):
    job = JobFactory(requested_by=coordinator)
    went_on = []

    def handler(job, progress):
        Job.objects.filter(pk=job.pk).update(attempts=2)
        progress(1, of=2)
        went_on.append(True)

    with declared(handler):
        run_job(pk=job.pk)

    job.refresh_from_db()
    assert (job.state, went_on) == (JobState.RUNNING, [])


@pytest.mark.django_db(transaction=True)
def test_progress_writes_at_most_once_a_second(coordinator, query_count):
    job = JobFactory(requested_by=coordinator)
    counted = []

    def handler(job, progress):
        progress(0, of=1000)
        counted.append(query_count(lambda: [progress(done) for done in range(1000)]))

    with declared(handler):
        run_job(pk=job.pk)

    assert counted == [0]
