"""Reports of a problem: the safeguarding lead alone comes across them, wherever anybody looks."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from mailing.models import Message
from outreach.models import ProblemReport
from outreach.services import close_report, note_report, reopen_report
from outreach.services.receiving import receive_report
from outreach.waiting import due_items, report_items, waiting_items
from roadmap.lifecycle import TransitionRefusedError
from roadmap.metrics import all_metrics
from tests.outreach.factories import EnquiryFactory, ProblemReportFactory
from tests.partnerships.factories import OrganisationFactory
from tests.permissions import urls

pytestmark = pytest.mark.django_db
SECRETS = ("Nina", "sorrow", "changing room", "R-2025", "R-2026")
NOT_OF_THE_SCHOOL = ("admin:", "ui:", "jobs:", "mfa", "account", "usersessions")
WHO = ["coordinator", "director", "viewer", "administrator"]


@pytest.fixture
def lead(school, viewer):
    """A teacher who otherwise only reads."""
    school.safeguarding_lead = viewer
    school.save()
    return viewer


@pytest.fixture
def report(school, lead):
    return receive_report(report=ProblemReportFactory.build(), network="127.0.0.1")


def plain_pages():
    """Return every page of the product that needs no argument and no file to be made."""
    return sorted(
        reverse(name)
        for name, pattern in urls().items()
        if not pattern.pattern.converters
        and not name.startswith(("admin:", "ui:", "jobs:", "mfa", "account", "usersessions"))
    )


@pytest.mark.parametrize("who", WHO)
def test_nobody_but_the_lead_finds_a_word_of_it_on_any_page(request, client_for, report, who):
    user = request.getfixturevalue(who)
    client = client_for(user)
    EnquiryFactory(name="Nobody Else")
    OrganisationFactory()
    searches = [f"/search/?q={word}" for word in ("Nina", "changing", report.reference)]
    lists = ["/outreach/enquiries/?state=all", "/outreach/enquiries/?state=all&export=csv", "/outbox/"]
    told = set()

    for url in [*plain_pages(), *searches, *lists]:
        response = client.get(url)
        page = b"".join(response.streaming_content).decode() if response.streaming else response.text
        told |= {(url, word) for word in SECRETS if word in page.replace(f"q={word}", "")}

    pages_told = {url for url, word in told if not url.startswith("/search/")}
    lead = who == "viewer"
    assert pages_told == ({"/", "/outreach/reports/"} if lead else set())


@pytest.mark.parametrize("who", ["coordinator", "director", "administrator"])
@pytest.mark.parametrize("path", ["", "{pk}/"])
def test_for_others_its_pages_do_not_exist(request, client_for, report, who, path):
    client = client_for(request.getfixturevalue(who))

    assert client.get(f"/outreach/reports/{path.format(pk=report.pk)}").status_code == 404


def test_whoever_was_lead_until_yesterday_sees_no_more(client_for, report, school, viewer, director):
    school.safeguarding_lead = director
    school.save()

    assert client_for(viewer).get(f"/outreach/reports/{report.pk}/").status_code == 404
    assert client_for(director).get(f"/outreach/reports/{report.pk}/").status_code == 200


def test_no_figure_counts_reports(report):
    counted = {metric.key: metric.records().model for metric in all_metrics()}

    assert ProblemReport not in counted.values()


def test_numbers_of_enquiries_have_no_gap_where_a_report_came(client_for, report):
    assert report.reference.startswith("R-")


def test_the_mail_about_it_could_be_about_anything(report, lead):
    message = Message.objects.get()

    assert (message.to_email, message.kind, message.cause_model) == (lead.email, "outreach.notice", "accounts.user")
    assert not any(word in f"{message.subject}{message.headers}{message.dedupe_key}" for word in SECRETS)


def test_it_waits_for_the_lead_on_today_and_for_nobody_in_the_morning_mail(school, report, lead, coordinator):
    school.refresh_from_db()

    waits = {user.name: [item.url for item in report_items(user, school, 8)] for user in (lead, coordinator)}

    assert waits == {lead.name: [report.get_absolute_url()], coordinator.name: []}
    assert due_items(lead, school, school.today(), 8) == []
    assert waiting_items(lead, school, 8) == []


def test_the_lead_notes_closes_and_opens_again(client_for, report, lead):
    client = client_for(lead)

    client.post(f"/outreach/reports/{report.pk}/note/", {"note": "Rang the parents."})
    client.post(f"/outreach/reports/{report.pk}/move/", {"to": "closed"})
    report.refresh_from_db()
    closed = (report.note, report.status, report.closed_at is not None)
    client.post(f"/outreach/reports/{report.pk}/move/", {"to": "open"})
    report.refresh_from_db()

    assert closed == ("Rang the parents.", "closed", True)
    assert (report.status, report.closed_at) == ("open", None)


def test_moves_follow_the_table(report, lead):
    with pytest.raises(TransitionRefusedError):
        reopen_report(report=report, by=lead)
    close_report(report=report, by=lead)

    with pytest.raises(TransitionRefusedError):
        close_report(report=report, by=lead)


@pytest.mark.parametrize("who", ["coordinator", "director", "administrator"])
def test_services_refuse_everybody_else(request, report, who):
    user = request.getfixturevalue(who)

    for act in (
        lambda: note_report(report=report, note="x", by=user),
        lambda: close_report(report=report, by=user),
        lambda: reopen_report(report=report, by=user),
    ):
        with pytest.raises(PermissionDenied):
            act()

    report.refresh_from_db()
    assert (report.note, report.status) == ("", "open")
