"""What a document says: each figure from where it is kept, in the words of its clauses."""

import datetime as dt
from decimal import Decimal

import pytest

from agreements.document import DocumentTooLongError, basis_of, clauses_in, contents_of
from agreements.enums import Renewal
from agreements.figures import figures_of, lower_first, short_name
from agreements.gaps import gaps_of
from agreements.models import NEVER, Contribution
from partnerships.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Kestrel Precision Ltd", "Kestrel Precision"),
        ("Kestrel Precision Ltd.", "Kestrel Precision"),
        ("Huber, Inc.", "Huber"),
        ("Müller GmbH & Co. KG", "Müller"),
        ("Marsh & Sons Joinery", "Marsh & Sons Joinery"),
        ("Coop", "Coop"),
        ("AG Weser", "AG Weser"),
    ],
)
def test_short_name_leaves_the_legal_form_out(name, short):
    assert short_name(Organisation(name=name)) == short


@pytest.mark.parametrize(("text", "inside"), [("Managing director", "managing director"), ("CEO", "CEO"), ("", "")])
def test_lower_first_leaves_capitals_alone(text, inside):
    assert lower_first(text) == inside


def _figures(draft, school, **fields):
    for name, value in fields.items():
        setattr(draft, name, value)
    return figures_of(draft, school)


def test_term_names_both_days(draft, school):
    figures = _figures(draft, school, starts_on=dt.date(2026, 4, 1), ends_on=dt.date(2028, 3, 31))

    assert figures["term"] == "from 1 April 2026 to 31 March 2028"


def test_term_of_an_open_end(draft, school):
    figures = _figures(draft, school, starts_on=dt.date(2026, 4, 1), ends_on=NEVER, is_open_ended=True)

    assert figures["term"] == "from 1 April 2026 without a fixed end"
    assert figures["renewal"] == "It goes on until one side ends it."


@pytest.mark.parametrize(("starts_on", "ends_on"), [(None, dt.date(2028, 3, 31)), (dt.date(2026, 4, 1), NEVER)])
def test_term_is_missing_while_a_day_is(draft, school, starts_on, ends_on):
    assert _figures(draft, school, starts_on=starts_on, ends_on=ends_on)["term"] == ""


def test_renewal_says_when_it_is_spoken_about(draft, school):
    figures = _figures(draft, school, renewal=Renewal.BY_AGREEMENT, notice_days=60)

    assert "60 days before the end" in figures["renewal"]


def test_contents_hold_every_figure_in_the_clauses(draft, school):
    contents = contents_of(draft, school)

    text = " ".join(words for clause in clauses_in(contents) for words in [clause["title"], *clause["paragraphs"]])
    for figure in (
        "€360",
        "€3,380",
        "€2,880",
        "€13,028",
        "12 student places",
        "Kestrel Precision",
        "Helena Voss, director",
    ):
        assert figure in text
    assert "{{" not in text
    assert contents["totals"]["together"] == "€15,908"


def test_contents_number_the_binding_clauses_from_the_data(draft, school):
    draft.clauses.filter(is_binding=True).exclude(number=11).update(is_binding=False)

    assert figures_of(draft, school)["binding_sentence"] == "Clause 11 binds both sides by law."


def test_contents_refuse_to_grow_without_end(draft, school):
    draft.clauses.update(body="word " * 3000)

    with pytest.raises(DocumentTooLongError):
        contents_of(draft, school)


@pytest.mark.parametrize(
    ("quantity", "unit", "unit_value", "note", "words"),
    [
        ("96", "hours", "38", "", "96 hours at €38"),
        ("1.50", "hours", "33.33", "", "1.50 hours at €33.33"),
        (None, "", None, "on loan", "on loan"),
        ("12", "students", None, "a year", "12 students, a year"),
        (None, "", None, "", ""),
    ],
)
def test_basis_says_how_a_value_came_about(quantity, unit, unit_value, note, words):
    number = lambda text: None if text is None else Decimal(text)  # noqa: E731
    given = Contribution(quantity=number(quantity), unit=unit, unit_value=number(unit_value), note=note)

    assert basis_of(given, "EUR") == words


def test_gaps_of_a_complete_draft_are_none(draft, school):
    assert gaps_of(draft, school) == []


def _missing(draft, school):
    return [gap.text for gap in gaps_of(draft, school)]


@pytest.mark.parametrize(
    ("field", "value", "gap"),
    [
        ("purpose", "", "Purpose"),
        ("expectations", "", "What we expect of each other"),
        ("places_per_year", None, "Student places a year"),
        ("starts_on", None, "First and last day"),
        ("owner", None, "Owner of the agreement"),
    ],
)
def test_gaps_name_a_field_that_is_empty(draft, school, field, value, gap):
    setattr(draft, field, value)

    assert _missing(draft, school) == [gap]
    assert gaps_of(draft, school)[0].url.startswith(f"/agreements/{draft.pk}/edit/#id_")


def test_gaps_name_sides_without_a_signatory(draft, school):
    draft.signatories.all().delete()

    assert _missing(draft, school) == [
        "Nobody signs for the college yet",
        "Nobody signs for Kestrel Precision yet",
    ]


def test_gaps_lead_to_the_partner_for_its_address(draft, school):
    draft.organisation.street = draft.organisation.postcode = draft.organisation.town = ""

    gap = gaps_of(draft, school)[0]

    assert (gap.text, gap.url) == ("Address of the partner", draft.organisation.get_absolute_url())


def test_gaps_name_an_unknown_figure_in_a_clause(draft, school):
    draft.clauses.filter(number=3).update(body="You earn {{ salary }}.")

    assert _missing(draft, school) == ["Clause 3 names “salary”, which is no figure"]


def test_gaps_ask_for_lines_that_say_something(draft, school):
    draft.obligations.update(school_text="", organisation_text="")

    assert _missing(draft, school) == ["“Students” says for neither side what it does"]
