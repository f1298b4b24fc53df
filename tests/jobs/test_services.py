import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.enums import Role
from accounts.rules import can_edit
from jobs.enums import JobState
from jobs.kinds import JobProblemError, Outcome, UnknownJobKindError
from jobs.models import Job
from jobs.services import MOST_ATTEMPTS, due_jobs, forget_old_jobs, request_job, run_job, stop_job
from tests.jobs.factories import JobFactory, declared


def test_request_job_for_somebody_allowed(coordinator):
    with declared(lambda job, progress: None, allowed=can_edit):
        job = request_job(kind="tests.count", by=coordinator, params={"rows": 3})

        assert (job.state, job.title, job.params) == (JobState.WAITING, "Count", {"rows": 3})
        assert due_jobs() == [job.pk]


def test_request_job_for_somebody_not_allowed(viewer):
    with declared(lambda job, progress: None, allowed=can_edit), pytest.raises(PermissionDenied):
        request_job(kind="tests.count", by=viewer)

    assert Job.objects.count() == 0


def test_request_job_of_an_unknown_kind(coordinator):
    with pytest.raises(UnknownJobKindError):
        request_job(kind="tests.nothing", by=coordinator)


def test_run_job_keeps_what_came_of_it(coordinator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    job = JobFactory(requested_by=coordinator)

    def handler(job, progress):
        progress(2, of=2)
        return Outcome(
            text="Two counted", url="/partners/", file=ContentFile(b"a,b"), file_name="two.csv", data={"n": 2}
        )

    with declared(handler):
        run_job(pk=job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.percent) == (JobState.DONE, 2, 2, 100)
    assert job.result == {"text": "Two counted", "url": "/partners/", "url_label": "", "data": {"n": 2}}
    with job.result_file.open() as file:
        assert (job.result_name, file.read()) == ("two.csv", b"a,b")


def test_run_job_twice_acts_once(coordinator):
    runs = []
    job = JobFactory(requested_by=coordinator)

    with declared(lambda job, progress: runs.append(job.pk)):
        run_job(pk=job.pk)
        run_job(pk=job.pk)

    assert runs == [job.pk]


def test_run_job_that_another_worker_holds(coordinator):
    runs = []
    lease = timezone.now() + dt.timedelta(minutes=1)
    job = JobFactory(requested_by=coordinator, state=JobState.RUNNING, attempts=1, lease_until=lease)

    with declared(lambda job, progress: runs.append(job.pk)):
        run_job(pk=job.pk)

    assert runs == []


def test_run_job_whose_worker_died(coordinator):
    ago = timezone.now() - dt.timedelta(seconds=1)
    job = JobFactory(requested_by=coordinator, state=JobState.RUNNING, attempts=1, lease_until=ago)

    with declared(lambda job, progress: None):
        assert due_jobs() == [job.pk]
        run_job(pk=job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_run_job_given_up_after_the_third_dead_worker(coordinator):
    runs = []
    ago = timezone.now() - dt.timedelta(seconds=1)
    job = JobFactory(requested_by=coordinator, state=JobState.RUNNING, attempts=MOST_ATTEMPTS, lease_until=ago)

    with declared(lambda job, progress: runs.append(1)):
        run_job(pk=job.pk)

    job.refresh_from_db()
    assert (job.state, runs) == (JobState.FAILED, [])
    assert "broke off three times" in job.problem


@pytest.mark.parametrize(("field", "value"), [("role", Role.VIEWER), ("is_active", False)])
def test_run_job_whose_asker_lost_the_right(coordinator, field, value):
    runs = []
    with declared(lambda job, progress: runs.append(1), allowed=can_edit):
        job = request_job(kind="tests.count", by=coordinator)
        type(coordinator).objects.filter(pk=coordinator.pk).update(**{field: value})

        run_job(pk=job.pk)

    job.refresh_from_db()
    assert (job.state, runs) == (JobState.FAILED, [])
    assert "no longer" in job.problem


def test_run_job_with_a_problem_in_words(coordinator):
    job = JobFactory(requested_by=coordinator)

    def handler(job, progress):
        raise JobProblemError("The file has no column for names.")

    with declared(handler):
        run_job(pk=job.pk)

    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.FAILED, "The file has no column for names.")


def test_run_job_with_an_unforeseen_error_is_tried_three_times(coordinator):
    job = JobFactory(requested_by=coordinator)
    seen = []

    with declared(lambda job, progress: 1 / 0):
        for _attempt in range(MOST_ATTEMPTS):
            with pytest.raises(ZeroDivisionError):
                run_job(pk=job.pk)
            job.refresh_from_db()
            seen.append(job.state)
            Job.objects.filter(pk=job.pk).update(lease_until=None)
        run_job(pk=job.pk)

    assert seen == [JobState.WAITING, JobState.WAITING, JobState.FAILED]
    assert "our side" in job.problem
    assert "division" not in job.problem


def test_run_job_waits_before_it_tries_again(coordinator):
    job = JobFactory(requested_by=coordinator)

    with declared(lambda job, progress: 1 / 0):
        with pytest.raises(ZeroDivisionError):
            run_job(pk=job.pk)

        assert due_jobs() == []


def test_run_job_overtaken_by_another_worker_writes_nothing(coordinator):
    job = JobFactory(requested_by=coordinator)

    def handler(job, progress):
        Job.objects.filter(pk=job.pk).update(attempts=2)
        return Outcome(text="Late")

    with declared(handler):
        run_job(pk=job.pk)

    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.RUNNING, {})


def test_stop_job_that_waits(coordinator):
    job = JobFactory(requested_by=coordinator)

    stop_job(job=job, by=coordinator)

    job.refresh_from_db()
    assert (job.state, job.is_open) == (JobState.STOPPED, False)


def test_stop_job_of_somebody_else(coordinator, director):
    job = JobFactory(requested_by=coordinator)

    with pytest.raises(PermissionDenied):
        stop_job(job=job, by=director)

    job.refresh_from_db()
    assert (job.state, job.stop_asked) == (JobState.WAITING, False)


def test_stop_job_that_has_ended_changes_nothing(coordinator):
    job = JobFactory(requested_by=coordinator, state=JobState.DONE)

    stop_job(job=job, by=coordinator)

    job.refresh_from_db()
    assert (job.state, job.stop_asked) == (JobState.DONE, False)


def test_due_jobs_leave_unknown_kinds_for_a_newer_worker(coordinator):
    JobFactory(requested_by=coordinator, kind="tests.of_tomorrow")

    assert due_jobs() == []


def test_forget_old_jobs_drops_row_and_file(coordinator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    now = timezone.now()
    long_ago = now - dt.timedelta(days=31)
    old = JobFactory(requested_by=coordinator, state=JobState.DONE, finished_at=long_ago)
    old.result_file.save("old", ContentFile(b"old"))
    recent = JobFactory(requested_by=coordinator, state=JobState.DONE, finished_at=now)

    forget_old_jobs(now=now)

    assert list(Job.objects.all()) == [recent]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
