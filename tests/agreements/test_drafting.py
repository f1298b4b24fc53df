"""Writing a draft: numbers, clauses, lines, and two people at once."""

import datetime as dt
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied

from agreements import basic_mou
from agreements.enums import AgreementStatus, Party
from agreements.models import Agreement, AgreementTemplate
from agreements.placeholders import unknown_names
from agreements.services import DraftText, basic_template, draft_agreement, save_draft
from agreements.services.drafting import NotADraftError
from partnerships.models import TimelineEvent
from tests.partnerships.factories import ContactFactory, OrganisationFactory
from ui.conflicts import StaleRecordError

pytestmark = pytest.mark.django_db


def test_basic_template_names_only_figures_we_know():
    clauses = basic_template().clauses.all()

    assert len(clauses) == len(basic_mou.CLAUSES) == 21
    assert [unknown_names(f"{clause.title} {clause.body}") for clause in clauses] == [[]] * 21


def test_basic_template_is_written_down_once():
    first = basic_template()

    assert basic_template() == first
    assert AgreementTemplate.objects.count() == 1


def test_draft_gets_number_clauses_duties_and_likely_signatories(coordinator, director, school):
    partner = OrganisationFactory(name="Kestrel Precision Ltd")
    ContactFactory(organisation=partner, name="Rosa Lindqvist", job_title="Managing director", role="decision_maker")

    agreement = draft_agreement(organisation=partner, by=coordinator)

    assert agreement.number == f"LV-MOU-{school.today().year}-001"
    assert (agreement.status, agreement.owner, agreement.title) == (
        AgreementStatus.DRAFT,
        coordinator,
        "Working together with Kestrel Precision",
    )
    assert agreement.clauses.count() == 21
    assert agreement.obligations.count() == len(basic_mou.DUTIES)
    assert [(who.party, who.name) for who in agreement.signatories.all()] == [
        (Party.SCHOOL, "Helena Voss"),
        (Party.ORGANISATION, "Rosa Lindqvist"),
    ]
    assert TimelineEvent.objects.get(kind="agreements.drafted").object_id == agreement.pk


def test_drafts_are_numbered_without_gaps(coordinator):
    numbers = [draft_agreement(organisation=OrganisationFactory(), by=coordinator).number[-3:] for _n in range(3)]

    assert numbers == ["001", "002", "003"]


@pytest.mark.parametrize("role", ["viewer", "director", "administrator"])
def test_draft_is_the_coordinators_work(request, role):
    with pytest.raises(PermissionDenied):
        draft_agreement(organisation=OrganisationFactory(), by=request.getfixturevalue(role))

    assert not Agreement.objects.exists()


def _text(agreement, **changes):
    fields = {"title": agreement.title, "ends_on": agreement.ends_on, **changes.pop("fields", {})}
    return DraftText(fields=fields, **changes)


def test_save_changes_adds_and_drops_lines(draft, coordinator):
    line = draft.obligations.get()
    rows = [
        {"topic": "Safety", "school_text": "Trains", "organisation_text": "Explains"},
        {"id": line.pk, "topic": "Students", "school_text": "Chooses ten", "organisation_text": ""},
    ]

    save_draft(agreement=draft, text=_text(draft, obligations=rows), opened=1, by=coordinator)

    assert [(one.topic, one.school_text) for one in draft.obligations.all()] == [
        ("Safety", "Trains"),
        ("Students", "Chooses ten"),
    ]
    assert draft.obligations.last().pk == line.pk
    assert draft.contributions.count() == draft.signatories.count() == 0


def test_save_never_touches_lines_of_another_agreement(draft, coordinator):
    other = draft_agreement(organisation=OrganisationFactory(), by=coordinator)
    theirs = other.obligations.first()
    row = {"id": theirs.pk, "topic": "Taken over", "school_text": "x", "organisation_text": ""}

    save_draft(agreement=draft, text=_text(draft, obligations=[row]), opened=1, by=coordinator)

    theirs.refresh_from_db()
    assert (theirs.topic, theirs.agreement_id) == (str(basic_mou.DUTIES[0][0]), other.pk)
    assert draft.obligations.get().topic == "Taken over"


def test_save_keeps_locked_wording(draft, coordinator):
    locked = draft.clauses.filter(is_locked=True).first()
    before = locked.body

    save_draft(
        agreement=draft, text=_text(draft, clauses={locked.pk: {"title": "x", "body": "y"}}), opened=1, by=coordinator
    )

    locked.refresh_from_db()
    assert locked.body == before


def test_save_of_another_address_is_another_signatory(draft, coordinator):
    rosa = draft.signatories.get(party=Party.ORGANISATION)
    row = {
        "id": rosa.pk,
        "party": Party.ORGANISATION,
        "name": "Dev Anand",
        "capacity": "Director",
        "email": "DEV@kestrel.example.org",
    }

    save_draft(agreement=draft, text=_text(draft, signatories=[row]), opened=1, by=coordinator)

    dev = draft.signatories.get()
    assert (dev.name, dev.email) == ("Dev Anand", "dev@kestrel.example.org")
    assert dev.pk != rosa.pk


def test_save_over_somebody_elses_save_is_refused(draft, coordinator):
    save_draft(agreement=draft, text=_text(draft, fields={"title": "First"}), opened=1, by=coordinator)

    with pytest.raises(StaleRecordError):
        save_draft(agreement=draft, text=_text(draft, fields={"title": "Second"}), opened=1, by=coordinator)

    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("First", 2)


def test_save_of_a_sent_agreement_is_refused(sent, coordinator):
    with pytest.raises(NotADraftError):
        save_draft(agreement=sent, text=_text(sent, fields={"title": "Other"}), opened=sent.version, by=coordinator)


FORM = {
    "title": "Placements",
    "purpose": "Learning",
    "expectations": "Answers",
    "starts_on": "2026-04-01",
    "ends_on": "2028-03-31",
    "renewal": "none",
    "notice_days": "90",
    "notice_days_termination": "60",
    "places_per_year": "12",
    "version": "1",
}


def _post(draft, client, **changes):
    tables = {
        f"{name}-{key}_FORMS": "0"
        for name in ("obligations", "contributions", "signatories", "clauses")
        for key in ("TOTAL", "INITIAL")
    }
    return client.post(f"/agreements/{draft.pk}/edit/", {**FORM, **tables, **changes})


def test_form_works_a_value_out(draft, coordinator, client_for):
    row = {
        "contributions-TOTAL_FORMS": "1",
        "contributions-0-party": "organisation",
        "contributions-0-kind": "in_kind",
        "contributions-0-description": "Mentor time",
        "contributions-0-quantity": "96",
        "contributions-0-unit": "hours",
        "contributions-0-unit_value": "38.50",
    }

    response = _post(draft, client_for(coordinator), **row)

    assert response.status_code == 302
    assert draft.contributions.get().value == Decimal("3696.00")
    draft.refresh_from_db()
    assert (draft.starts_on, draft.ends_on) == (dt.date(2026, 4, 1), dt.date(2028, 3, 31))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_on": "2026-03-31"}, "The last day comes before the first."),
        ({"is_open_ended": "on"}, "Leave the last day empty where there is no fixed end."),
        ({"title": ""}, "This field is required."),
        (
            {
                "contributions-TOTAL_FORMS": "1",
                "contributions-0-description": "Prize",
                "contributions-0-party": "school",
                "contributions-0-kind": "financial",
            },
            "Enter a value, or how many and what one is worth.",
        ),
        (
            {
                "contributions-TOTAL_FORMS": "1",
                "contributions-0-description": "x",
                "contributions-0-party": "school",
                "contributions-0-kind": "financial",
                "contributions-0-value": "-1",
            },
            "greater than or equal to 0",
        ),
        (
            {
                "signatories-TOTAL_FORMS": "2",
                **{
                    f"signatories-{n}-{key}": value
                    for n in (0, 1)
                    for key, value in {
                        "party": "school",
                        "name": "A",
                        "capacity": "B",
                        "email": f"{'aA'[n]}@x.example.org",
                    }.items()
                },
            },
            "Each signatory needs an e-mail address of their own.",
        ),
    ],
)
def test_form_says_what_is_wrong_and_keeps_what_was_typed(coordinator, client_for, changes, words):
    bare = draft_agreement(organisation=OrganisationFactory(), by=coordinator)
    bare.obligations.all().delete()

    response = _post(bare, client_for(coordinator), **changes)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert "Learning" in response.content.decode()
    bare.refresh_from_db()
    assert bare.version == 1


def test_form_refuses_a_clause_with_an_unknown_figure(draft, coordinator, client_for):
    clause = draft.clauses.filter(is_locked=False).first()
    row = {
        "clauses-TOTAL_FORMS": "1",
        "clauses-0-id": clause.pk,
        "clauses-0-title": "Pay",
        "clauses-0-body": "You earn {{ salary }}.",
    }

    response = _post(draft, client_for(coordinator), **row)

    assert response.status_code == 422
    assert "“{{ salary }}” is no figure of an agreement." in response.content.decode()


def test_form_adds_a_line_without_saving_or_scolding(draft, coordinator, client_for):
    response = _post(
        draft,
        client_for(coordinator),
        add="contributions",
        title="",
        **{"contributions-TOTAL_FORMS": "1", "contributions-0-description": "Half typed"},
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert 'name="contributions-TOTAL_FORMS" value="2"' in page
    assert "Half typed" in page
    assert "td-err" not in page
    assert draft.contributions.count() == 7


def test_changes_of_an_agreement_are_audited(draft, coordinator):
    save_draft(agreement=draft, text=_text(draft, fields={"title": "Another title"}), opened=1, by=coordinator)

    entry = LogEntry.objects.get_for_object(draft).first()
    assert entry.changes["title"] == ["Work placements and machining skills", "Another title"]
