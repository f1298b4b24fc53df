"""The pages of findings and changes: what is asked for, kept, refused and shown to whom."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation import scale
from evaluation.enums import ActionStatus, FindingStatus
from evaluation.models import AdaptationAction, Finding, Response
from tests.evaluation.factories import (
    AnswerFactory,
    ChangeFactory,
    FindingFactory,
    QuestionFactory,
    ResponseFactory,
    WaveFactory,
    student_answers,
)
from tests.partnerships.factories import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
FINDING = {"statement": "Early shifts start before the bus", "kind": "improvement", "severity": "3", "effort": "2"}


@pytest.fixture
def client(client_for, coordinator):
    return client_for(coordinator)


def change_fields(by, **more):
    due = timezone.localdate() + dt.timedelta(days=20)
    return {"title": "Shuttle at five", "owner": by.pk, "due_on": due.isoformat()} | more


def test_finding_is_written_weighed_and_decided(client):
    added = client.post(reverse("evaluation:finding_add"), FINDING | {"form_key": "one"})
    finding = Finding.objects.get()
    client.post(reverse("evaluation:finding_accept", args=[finding.pk]))
    page = client.get(finding.get_absolute_url()).content.decode()

    finding.refresh_from_db()
    assert added.url == finding.get_absolute_url()
    assert (finding.weight, finding.status) == (28, FindingStatus.ACCEPTED)
    assert f"{reverse('evaluation:change_add')}?finding={finding.pk}" in page


def test_finding_sent_twice_by_double_click_is_written_once(client):
    sent = [client.post(reverse("evaluation:finding_add"), FINDING | {"form_key": "two"}) for _turn in range(2)]

    assert sent[0].url == sent[1].url
    assert Finding.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("statement", ""),
        ("statement", "x" * 201),
        ("kind", "rumour"),
        ("severity", "5"),
        ("effort", "0"),
        ("effort", "x"),
        ("words", "x" * 50_000),
        ("programme", "999"),
    ],
)
def test_finding_that_makes_no_sense_is_named_at_its_field(client, field, value):
    page = client.post(reverse("evaluation:finding_add"), FINDING | {field: value})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert not Finding.objects.exists()


@pytest.mark.parametrize("query", ["?response=999", "?wave=999", "?answer=999", "?partner=999"])
def test_finding_about_what_does_not_exist_is_not_found(client, query):
    assert client.get(reverse("evaluation:finding_add") + query).status_code == 404


@pytest.mark.parametrize("query", ["?response=x", "?wave=-1", "?answer=", "?partner=1e9"])
def test_finding_about_nonsense_begins_empty(client, query):
    assert client.get(reverse("evaluation:finding_add") + query).status_code == 200


def test_finding_from_an_answer_keeps_its_source_from_all_but_coordinators(client, client_for, viewer):
    response = ResponseFactory(organisation=(firm := OrganisationFactory(name="Nordwell Electrical")))
    Response.objects.filter(pk=response.pk).update(organisation=firm)
    url = f"{reverse('evaluation:finding_add')}?response={response.pk}"
    client.post(url, FINDING | {"words": "“No shoes”"})
    finding = Finding.objects.get()

    mine = client.get(finding.get_absolute_url()).content.decode()
    theirs = client_for(viewer).get(finding.get_absolute_url()).content.decode()
    listed = client_for(viewer).get(reverse("evaluation:findings")).content.decode()

    assert (finding.response, finding.organisation) == (response, firm)
    assert "No shoes" in mine
    assert "Nordwell" in mine
    for page in (theirs, listed):
        assert "No shoes" not in page
        assert "Nordwell" not in page


def test_finding_from_written_words_begins_with_them(client):
    answer = AnswerFactory(question=QuestionFactory(words=True), text="They arrived without shoes.")

    page = client.get(f"{reverse('evaluation:finding_add')}?answer={answer.pk}").content.decode()

    assert "“They arrived without shoes.”" in page


def test_finding_about_a_partner_or_round_says_so(client):
    firm, wave = OrganisationFactory(), WaveFactory(title="Spring term")

    about = client.get(f"{reverse('evaluation:finding_add')}?partner={firm.pk}").content.decode()
    from_round = client.get(f"{reverse('evaluation:finding_add')}?wave={wave.pk}").content.decode()

    assert firm.name in about
    assert "Spring term" in from_round


def test_finding_somebody_else_changed_shows_both_texts(client):
    finding = FindingFactory(statement="Mine")
    url = reverse("evaluation:finding_change", args=[finding.pk])
    client.post(url, FINDING | {"statement": "Theirs", "version": 1})

    page = client.post(url, FINDING | {"statement": "Late", "version": 1})

    assert page.status_code == 409
    assert "Theirs" in page.content.decode()
    assert Finding.objects.get().statement == "Theirs"


def test_declining_without_a_reason_asks_for_it(client):
    finding = FindingFactory()
    url = reverse("evaluation:finding_decline", args=[finding.pk])

    empty = client.post(url, {"reason": " "})
    client.post(url, {"reason": "The bus company decides"})

    finding.refresh_from_db()
    assert empty.status_code == 422
    assert (finding.status, finding.declined_reason) == ("declined", "The bus company decides")


def test_grid_counts_what_is_to_be_decided_and_leads_to_it(client):
    FindingFactory.create_batch(2, severity=4, effort=1)
    FindingFactory(severity=4, effort=1, status=FindingStatus.ACCEPTED)
    FindingFactory(severity=1, effort=4)

    whole = client.get(reverse("evaluation:findings"))
    narrowed = client.get(reverse("evaluation:findings"), {"severity": 4, "effort": 1})

    assert [cell.count for cell in whole.context["grid"][0]] == [2, 0, 0, 0]
    assert "?severity=4&amp;effort=1#rows" in whole.content.decode()
    assert narrowed.context["page"].count == 2


@pytest.mark.parametrize(
    ("query", "found"), [({}, 1), ({"status": "accepted"}, 1), ({"status": "all"}, 2), ({"q": "bus"}, 1)]
)
def test_findings_narrow(client, query, found):
    FindingFactory(statement="Before the bus")
    FindingFactory(status=FindingStatus.ACCEPTED)

    assert client.get(reverse("evaluation:findings"), query).context["page"].count == found


def test_change_is_proposed_for_a_finding(client, coordinator):
    finding = FindingFactory()
    shown = client.get(f"{reverse('evaluation:change_add')}?finding={finding.pk}")

    client.post(reverse("evaluation:change_add"), change_fields(coordinator, findings=[finding.pk]))

    assert shown.context["form"].initial["findings"] == [finding]
    change = AdaptationAction.objects.get()
    assert (list(change.findings.all()), change.owner, change.status) == ([finding], coordinator, "proposed")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("due_on", "2020-01-01"),
        ("due_on", "yesterday"),
        ("owner", ""),
        ("owner", "999"),
        ("findings", ["999"]),
        ("change", "x" * 50_000),
    ],
)
def test_change_that_makes_no_sense_is_named_at_its_field(client, coordinator, field, value):
    page = client.post(reverse("evaluation:change_add"), change_fields(coordinator, **{field: value}))

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert not AdaptationAction.objects.exists()


def test_late_change_may_be_rewritten_without_moving_its_day(client, coordinator):
    change = ChangeFactory(late=True, owner=coordinator)
    fields = change_fields(coordinator, due_on=change.due_on.isoformat(), version=1)

    saved = client.post(reverse("evaluation:change_edit", args=[change.pk]), fields)
    stale = client.post(reverse("evaluation:change_edit", args=[change.pk]), fields | {"title": "Other"})

    assert (saved.status_code, stale.status_code) == (302, 409)
    assert AdaptationAction.objects.get().title == "Shuttle at five"


def test_change_goes_the_whole_way_by_its_buttons(client, client_for, director):
    change = ChangeFactory()
    ways = [
        (client_for(director), "approved", {}),
        (client, "in_progress", {}),
        (client, "implemented", {}),
        (client, "verified_effective", {"result": "4.5 (n 19)"}),
        (client, "closed", {"told_on": timezone.localdate().isoformat()}),
    ]

    for by, to, asked in ways:
        url = reverse("evaluation:change_step", args=[change.pk, to])
        assert url in by.get(change.get_absolute_url()).content.decode()
        assert by.post(url, asked).status_code == 302

    change.refresh_from_db()
    assert (change.status, change.result, change.approved_by) == ("closed", "4.5 (n 19)", director)


@pytest.mark.parametrize(
    ("status", "to", "asked", "wrong"),
    [
        ("implemented", "verified_effective", {"result": ""}, "result"),
        ("verified_effective", "closed", {}, "told_on"),
        ("verified_effective", "closed", {"told_on": "2999-01-01"}, "told_on"),
        ("verified_effective", "closed", {"untold_reason": "x" * 301}, "untold_reason"),
    ],
)
def test_step_asks_again_for_what_it_needs(client, status, to, asked, wrong):
    change = ChangeFactory(status=status)

    page = client.post(reverse("evaluation:change_step", args=[change.pk, to]), asked)

    assert page.status_code == 422
    assert wrong in page.context["form"].errors
    change.refresh_from_db()
    assert change.status == status


def test_step_that_was_taken_meanwhile_says_so(client):
    change = ChangeFactory(status=ActionStatus.IN_PROGRESS)
    url = reverse("evaluation:change_step", args=[change.pk, "implemented"])
    client.post(url)

    page = client.post(url, follow=True).content.decode()

    assert "has moved on meanwhile" in page


@pytest.mark.parametrize("to", ["nowhere", "Ω", "closed%00"])
def test_unknown_step_is_not_found(client, to):
    assert client.post(f"/feedback/changes/{ChangeFactory().pk}/step/{to}/").status_code == 404


def test_coordinator_reads_who_decides(client, client_for, director):
    change = ChangeFactory()

    assert "The director decides on this." in client.get(change.get_absolute_url()).content.decode()
    assert "The director decides on this." not in client_for(director).get(change.get_absolute_url()).content.decode()


def test_board_has_a_column_for_each_part_and_caps_them(client):
    ChangeFactory.create_batch(22)
    ChangeFactory(status=ActionStatus.IMPLEMENTED, findings=[FindingFactory(statement="Because of this")])
    ChangeFactory(status=ActionStatus.CLOSED)

    page = client.get(reverse("evaluation:changes"))

    assert [(column.count, len(column.cards)) for column in page.context["columns"]] == [
        (22, 20),
        (0, 0),
        (1, 1),
        (0, 0),
    ]
    assert "Because: Because of this" in page.content.decode()
    assert "2 more" in page.content.decode()


def rows_of_everything(number):
    for _turn in range(number):
        finding = FindingFactory(organisation=OrganisationFactory())
        ChangeFactory(findings=[finding, FindingFactory()], late=True)


@pytest.mark.parametrize("name", ["findings", "changes", "change_list"])
def test_pages_take_the_same_queries_for_many_rows(client, query_count, name):
    rows_of_everything(1)
    url = reverse(f"evaluation:{name}")
    client.get(url)
    few = query_count(lambda: client.get(url))
    rows_of_everything(15)

    assert query_count(lambda: client.get(url)) == few


@pytest.mark.parametrize("kind", ["finding", "change"])
def test_single_pages_take_the_same_queries_for_many_links(client, query_count, kind):
    finding, change = FindingFactory(), ChangeFactory()
    finding.actions.add(change)
    url = (finding if kind == "finding" else change).get_absolute_url()
    client.get(url)
    few = query_count(lambda: client.get(url))
    for _turn in range(15):
        finding.actions.add(ChangeFactory())
        change.findings.add(FindingFactory())

    assert query_count(lambda: client.get(url)) == few


def test_results_of_students_take_the_same_queries_for_many(client, query_count):
    wave = student_answers(6)
    url = reverse("evaluation:wave_results", args=[wave.pk])
    client.get(url)
    few = query_count(lambda: client.get(url))
    ResponseFactory.create_batch(20, wave=wave, student=True)

    assert query_count(lambda: client.get(url)) == few


def test_scale_makes_classes_findings_and_changes(coordinator):
    ContactFactory(main=True)

    scale.make(1000)

    assert Response.objects.filter(organisation=None).count() == 20 * scale.CLASSES
    assert (Finding.objects.count(), AdaptationAction.objects.count()) == (4, 2)
