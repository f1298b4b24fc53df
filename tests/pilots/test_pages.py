"""The pages: who sees what, what each button does, bad input, how many queries."""

import datetime as dt

import pytest

from partnerships.models import Organisation
from pilots.enums import DECISIONS, PilotStatus
from pilots.models import CriterionChange, Pilot
from tests.partnerships.factories import ContactFactory, OrganisationFactory
from tests.pilots.factories import PilotFactory

pytestmark = pytest.mark.django_db

ROLES = ["viewer", "coordinator", "director", "administrator"]


@pytest.fixture
def client(coordinator, client_for):
    return client_for(coordinator)


def _html(response):
    return response.content.decode()


def _table(*rows, **management):
    """Return what a browser sends for the table of criteria."""
    data = {"criteria-TOTAL_FORMS": len(rows), "criteria-INITIAL_FORMS": 0, **management}
    for at, row in enumerate(rows):
        data |= {f"criteria-{at}-{name}": value for name, value in row.items()}
    return data


STAYS = {"text": "Everyone stays", "shows": "behaviour", "direction": "at_least", "target": "4", "must_have": "on"}
EMPTY = {"text": "", "shows": "result", "direction": "at_least", "target": ""}


def _plan(partner, *rows, **fields):
    return {
        "partner": partner.pk,
        "title": "Four electricians",
        "kind": "trial_placement",
        "hypothesis_if": "four work four weeks",
        "hypothesis_then": "they are taken on",
        "starts_on": "2026-02-09",
        "ends_on": "2026-03-06",
        "students": "4",
        "budget_planned": "0",
        **_table(*rows),
        **fields,
    }


def test_pilot_is_planned_in_one_form(client, coordinator):
    partner = OrganisationFactory()
    contact = ContactFactory(organisation=partner)

    response = client.post("/pilots/new/", _plan(partner, STAYS, EMPTY, contact=contact.pk, owner=coordinator.pk))

    pilot = Pilot.objects.get()
    assert response.headers["Location"] == f"/pilots/{pilot.pk}/"
    assert (pilot.status, pilot.organisation, pilot.contact, pilot.owner) == (
        PilotStatus.PLANNED,
        partner,
        contact,
        coordinator,
    )
    assert [(one.text, one.target, one.must_have) for one in pilot.criteria.all()] == [("Everyone stays", 4, True)]


def test_double_click_plans_once(client):
    data = _plan(OrganisationFactory(), STAYS, form_key="b" * 32)

    client.post("/pilots/new/", data)
    client.post("/pilots/new/", data)

    assert Pilot.objects.count() == 1


def test_another_criterion_is_offered_without_saving(client):
    partner = OrganisationFactory()

    html = _html(client.post("/pilots/new/", _plan(partner, STAYS, add="criteria")))

    assert not Pilot.objects.exists()
    assert 'value="Everyone stays"' in html
    assert 'value="Four electricians"' in html
    assert 'name="criteria-1-text"' in html


BAD = [
    ({"title": ""}, "This field is required."),
    ({"title": "x" * 161}, "at most 160 characters"),
    ({"starts_on": "2026-03-07"}, "The last day comes before the first."),
    ({"ends_on": "2028-03-07"}, "A pilot lasts a year at most."),
    ({"ends_on": "soon"}, "Enter a valid date."),
    ({"students": "-1"}, "greater than or equal to 0"),
    ({"students": "10001"}, "less than or equal to 10000"),
    ({"hours_school_planned": "100001"}, "less than or equal to 100000"),
    ({"budget_planned": "-0.01"}, "greater than or equal to 0"),
    ({"budget_planned": "1e9"}, "less than or equal to"),
    ({"budget_planned": "NaN"}, "Enter a number."),
    ({"kind": "party"}, "Select a valid choice."),
    ({"owner": "9999999"}, "Select a valid choice."),
    ({"hypothesis_if": "x" * 301}, "at most 300 characters"),
    ({"criteria-0-target": ""}, "This field is required."),
    ({"criteria-0-target": "-4"}, "Enter a figure of 0 or more."),
    ({"criteria-0-target": "9" * 30}, "no more than 10 digits"),
    ({"criteria-0-text": ""}, "This field is required."),
    ({"criteria-TOTAL_FORMS": "21"}, "at most 20"),
]


@pytest.mark.parametrize(("fields", "words"), BAD)
def test_bad_input_is_named_and_what_was_typed_is_kept(client, fields, words):
    response = client.post("/pilots/new/", _plan(OrganisationFactory(), STAYS) | fields)

    html = _html(response)
    assert response.status_code == 422
    assert words in html
    assert 'value="four work four weeks"' in html or "hypothesis_if" in fields
    assert not Pilot.objects.exists()


def test_people_of_another_firm_cannot_be_chosen(client):
    stranger = ContactFactory()

    response = client.post("/pilots/new/", _plan(OrganisationFactory(), STAYS, contact=stranger.pk))

    assert response.status_code == 422
    assert not Pilot.objects.exists()


def test_plan_is_edited_with_its_criteria(client):
    pilot = PilotFactory()
    row = {**STAYS, "id": pilot.criteria.get().pk, "target": "3"}
    gone = {**EMPTY, "text": "Gone", "target": "1", "DELETE": "on"}

    data = _plan(pilot.organisation, row, gone, version=1, title="Renamed")
    response = client.post(f"/pilots/{pilot.pk}/edit/", data)

    pilot.refresh_from_db()
    assert response.status_code == 302
    assert pilot.title == "Renamed"
    assert list(pilot.criteria.values_list("text", "target")) == [("Everyone stays", 3)]


def test_two_who_edit_see_both_texts(client):
    pilot = PilotFactory(title="Mine")
    Pilot.objects.update(version=2, title="Theirs")

    response = client.post(f"/pilots/{pilot.pk}/edit/", _plan(pilot.organisation, STAYS, version=1))

    assert response.status_code == 409
    assert "Theirs" in _html(response)


def test_money_agreed_to_is_named_at_its_field(client):
    pilot = PilotFactory(status=PilotStatus.SCHEDULED, budget_planned=640)

    response = client.post(
        f"/pilots/{pilot.pk}/edit/", _plan(pilot.organisation, STAYS, version=1, budget_planned="900")
    )

    assert response.status_code == 422
    assert "The money was agreed to with the plan." in _html(response)


def test_form_of_a_running_pilot_leaves_out_what_is_fixed(client):
    pilot = PilotFactory(running=True)

    html = _html(client.get(f"/pilots/{pilot.pk}/edit/"))

    assert 'name="title"' in html
    for name in ("hypothesis_if", "starts_on", "budget_planned", "criteria-0-text"):
        assert f'name="{name}"' not in html


def test_fixed_criterion_is_changed_with_a_reason(client):
    pilot = PilotFactory(running=True)
    url = f"/pilots/criteria/{pilot.criteria.get().pk}/change/"

    refused = client.post(url, {**STAYS, "target": "3"})
    client.post(url, {**STAYS, "target": "3", "reason": "The boards came late."})

    assert refused.status_code == 422
    assert "Say why it is changed after the first day." in _html(refused)
    assert CriterionChange.objects.get().reason == "The boards came late."
    html = _html(client.get(f"/pilots/{pilot.pk}/"))
    assert "1 change after it was fixed" in html
    assert "The boards came late." in html


def test_criterion_that_is_not_fixed_is_changed_with_the_plan(client):
    pilot = PilotFactory()

    response = client.get(f"/pilots/criteria/{pilot.criteria.get().pk}/change/")

    assert response.status_code == 302


def test_decision_without_a_result_says_so_beside_the_criterion(client):
    pilot = PilotFactory(delivered=True, criteria=[("Stays to the end", 4, True, None), ("Nice", 1, False, 1)])

    response = client.post(f"/pilots/{pilot.pk}/decide/", {"decision": "scaled", "decision_reason": "They asked."})

    html = _html(response)
    assert response.status_code == 422
    assert html.count("Its result is missing. Record it, then you can decide.") == 1
    assert html.index("Stays to the end") < html.index("Its result is missing") < html.index("Nice")
    assert "They asked." in html
    assert Pilot.objects.get().status == PilotStatus.DELIVERED


DECISION_ERRORS = [
    ({}, "Choose what follows."),
    ({"decision": "running"}, "Select a valid choice."),
    ({"decision": "scaled"}, "A must-have was missed. Say why it is scaled up all the same."),
    ({"decision": "stopped"}, "Say what others can learn from it"),
    ({"decision": "revised", "lessons": "x" * 2001}, "at most 2000 characters"),
]


@pytest.mark.parametrize(("typed", "words"), DECISION_ERRORS)
def test_decision_that_lacks_something_is_refused(client, typed, words):
    pilot = PilotFactory(status=PilotStatus.EVALUATED, criteria=[("Ready", 4, True, 3)])

    response = client.post(f"/pilots/{pilot.pk}/decide/", {"changes": "A briefing", **typed})

    assert response.status_code == 422
    assert words in _html(response)
    assert "A briefing" in _html(response)
    assert Pilot.objects.get().status == PilotStatus.EVALUATED


@pytest.mark.parametrize("decision", DECISIONS)
def test_decision_is_shown_with_its_words(client, decision):
    pilot = PilotFactory(status=PilotStatus.EVALUATED, criteria=[("Ready", 4, True, 3)])
    words = {"decision_reason": "They asked.", "changes": "A briefing", "lessons": "Shoes first"}

    client.post(f"/pilots/{pilot.pk}/decide/", {"decision": decision, **words})

    html = _html(client.get(f"/pilots/{pilot.pk}/"))
    assert all(text in html for text in words.values())
    assert ("Plan the next round" in html) is (decision in {"extended", "revised"})


def test_results_are_written_down(client):
    pilot = PilotFactory(delivered=True)
    criterion = pilot.criteria.get()

    client.post(
        f"/pilots/{pilot.pk}/results/",
        {
            "version": 1,
            "students": 3,
            "hours_school_actual": 19,
            "budget_actual": "588.50",
            f"actual_{criterion.pk}": "4",
            f"note_{criterion.pk}": "1 day missed",
        },
    )

    pilot.refresh_from_db()
    criterion.refresh_from_db()
    assert (pilot.status, pilot.students, pilot.hours_school_actual, str(pilot.budget_actual)) == (
        PilotStatus.EVALUATED,
        3,
        19,
        "588.50",
    )
    assert (criterion.actual, criterion.note) == (4, "1 day missed")


@pytest.mark.parametrize("result", ["-1", "many", "1" * 20, "1.234"])
def test_result_that_is_no_figure_is_refused(client, result):
    pilot = PilotFactory(delivered=True)
    name = f"actual_{pilot.criteria.get().pk}"

    response = client.post(f"/pilots/{pilot.pk}/results/", {"version": 1, "students": 3, name: result})

    assert response.status_code == 422
    assert f'value="{result}"' in _html(response)
    assert Pilot.objects.get().students == 4


def test_buttons_do_what_they_say_and_refuse_what_is_past(client, director, client_for):
    pilot = PilotFactory(budget_planned=10)
    url = f"/pilots/{pilot.pk}/move/"

    refused = client.post(f"{url}schedule/", follow=True)
    client_for(director).post(f"{url}approve/")
    for act in ("schedule", "start", "deliver"):
        client.post(f"{url}{act}/")
    late = client.post(f"{url}start/", follow=True)

    assert "the director has to approve it first" in _html(refused)
    assert "the pilot has moved on meanwhile" in _html(late)
    assert Pilot.objects.get().status == PilotStatus.DELIVERED
    assert client.post(f"{url}explode/").status_code == 404


def test_calling_off_asks_why(client):
    pilot = PilotFactory(running=True)

    refused = client.post(f"/pilots/{pilot.pk}/call-off/", {"reason": ""})
    client.post(f"/pilots/{pilot.pk}/call-off/", {"reason": "The firm moved."})

    assert refused.status_code == 422
    assert "The firm moved." in _html(client.get(f"/pilots/{pilot.pk}/"))
    assert Pilot.objects.get().status == PilotStatus.CANCELLED


def test_next_round_takes_the_plan_over(client):
    before = PilotFactory(status=PilotStatus.REVISED, title="Trial placement", budget_planned=640)

    page = client.get(f"/pilots/new/?after={before.pk}")
    client.post("/pilots/new/", _plan(before.organisation, STAYS, after=before.pk))

    html = _html(page)
    assert 'value="Trial placement, next round"' in html
    assert 'value="Everyone stays to the end"' in html
    assert 'value="640.00"' in html
    assert Pilot.objects.latest("pk").follows == before


def test_days_are_required_even_for_an_idea(client):
    partner = OrganisationFactory()
    plan = _plan(partner) | {"starts_on": "", "hypothesis_if": ""}

    assert client.post("/pilots/new/", plan).status_code == 422
    assert client.post("/pilots/new/", plan | {"starts_on": "2026-03-01"}).status_code == 302
    assert Pilot.objects.get().status == PilotStatus.IDEA
    assert Organisation.objects.get(pk=partner.pk).pilots.get().starts_on == dt.date(2026, 3, 1)
