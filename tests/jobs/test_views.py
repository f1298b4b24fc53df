import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from jobs.enums import JobState
from tests.jobs.factories import JobFactory

OPEN = [JobState.WAITING, JobState.RUNNING]


@pytest.mark.parametrize("state", OPEN)
def test_detail_of_an_open_job_refreshes_itself(client_for, coordinator, state):
    job = JobFactory(requested_by=coordinator, state=state, done=3, total=12)

    page = client_for(coordinator).get(job.get_absolute_url()).content.decode()

    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert 'hx-trigger="every 2s"' in page
    assert reverse("jobs:stop", args=[job.pk]) in page


@pytest.mark.parametrize("state", [state for state in JobState if state not in OPEN])
def test_detail_of_a_job_that_ended_stands_still(client_for, coordinator, state):
    job = JobFactory(requested_by=coordinator, state=state, problem="No column for names.")

    page = client_for(coordinator).get(job.get_absolute_url()).content.decode()

    assert 'http-equiv="refresh"' not in page
    assert "hx-trigger" not in page
    assert "No column for names." in page


@pytest.mark.parametrize(("state", "status"), [(JobState.RUNNING, 200), (JobState.DONE, 286)])
def test_detail_for_htmx_is_the_part_and_stops_the_polling(client_for, coordinator, state, status):
    job = JobFactory(requested_by=coordinator, state=state)

    response = client_for(coordinator).get(job.get_absolute_url(), headers={"HX-Request": "true"})

    assert response.status_code == status
    assert response.content.decode().strip().startswith('<section class="card" id="progress"')


@pytest.mark.parametrize("name", ["detail", "result"])
def test_pages_of_somebody_elses_job_do_not_exist(client_for, coordinator, director, name):
    job = JobFactory(requested_by=coordinator, result_file="jobs/2026/03/1", result_name="partners.csv")

    assert client_for(director).get(reverse(f"jobs:{name}", args=[job.pk])).status_code == 404


def test_stop_of_somebody_elses_job_is_not_found(client_for, coordinator, director):
    job = JobFactory(requested_by=coordinator)

    response = client_for(director).post(reverse("jobs:stop", args=[job.pk]))

    job.refresh_from_db()
    assert (response.status_code, job.state) == (404, JobState.WAITING)


def test_stop_leads_back_to_the_job(client_for, coordinator):
    job = JobFactory(requested_by=coordinator)

    response = client_for(coordinator).post(reverse("jobs:stop", args=[job.pk]))

    job.refresh_from_db()
    assert (response.url, job.state) == (job.get_absolute_url(), JobState.STOPPED)


def test_result_is_always_a_download(client_for, coordinator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    job = JobFactory(requested_by=coordinator, state=JobState.DONE, result_name="partners.html")
    job.result_file.save("1", ContentFile(b"<script>"))

    response = client_for(coordinator).get(reverse("jobs:result", args=[job.pk]))

    assert response.getvalue() == b"<script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="partners.html"'
    assert response["Cache-Control"] == "private, no-store"


def test_result_of_a_job_without_a_file_is_not_found(client_for, coordinator):
    job = JobFactory(requested_by=coordinator, state=JobState.DONE)

    assert client_for(coordinator).get(reverse("jobs:result", args=[job.pk])).status_code == 404


def test_list_shows_own_jobs_in_a_constant_number_of_queries(client_for, coordinator, director, query_count):
    client = client_for(coordinator)
    JobFactory(requested_by=director, title="Not mine")
    JobFactory(requested_by=coordinator, title="Mine")
    client.get(reverse("jobs:list"))
    of_one = query_count(lambda: client.get(reverse("jobs:list")))
    JobFactory.create_batch(29, requested_by=coordinator)

    page = client.get(reverse("jobs:list")).content.decode()

    assert "Mine" in page
    assert "Not mine" not in page
    assert query_count(lambda: client.get(reverse("jobs:list"))) == of_one
