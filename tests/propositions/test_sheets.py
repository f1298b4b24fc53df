"""What of a value sheet may leave the school, how it reads, and its printed page."""

import datetime as dt
import shutil
import subprocess

import pytest

from propositions.enums import Channel
from propositions.models import months_after
from propositions.pdf import STYLESHEET, make_page
from propositions.services import check_strength, withdraw_consent
from propositions.sheets import arguments_of, reading_of, school_words
from tests.propositions.factories import (
    BenefitFactory,
    OfferTypeFactory,
    PropositionFactory,
    StrengthFactory,
    TestimonialFactory,
    consent_token,
    day,
)
from ui import pdf

pytestmark = pytest.mark.django_db

needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")


def shown(benefit):
    return [argument.is_shown for argument in arguments_of(benefit.proposition, on=day(0))] == [True]


def test_benefit_with_checked_strength_and_proof_is_shown(school):
    assert shown(BenefitFactory())


@pytest.mark.parametrize(
    "strengths",
    [
        list,
        lambda: [StrengthFactory(stale=True)],
        lambda: [StrengthFactory(unchecked=True)],
        lambda: [StrengthFactory(is_shareable=False)],
        lambda: [StrengthFactory(archived_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))],
        lambda: [StrengthFactory(), StrengthFactory(stale=True)],
    ],
    ids=["none", "stale", "never checked", "not to be shown", "put away", "one of two stale"],
)
def test_benefit_without_a_usable_strength_stays_here(school, strengths):
    assert not shown(BenefitFactory(strengths=strengths()))


@pytest.mark.parametrize(
    "proof",
    [
        {"proof": ""},
        {"proof_source": ""},
        {"proof_as_of": None},
        {"proof_as_of": day(-367)},
    ],
    ids=["none", "no source", "no date", "older than a year"],
)
def test_benefit_without_valid_proof_stays_here(school, proof):
    assert not shown(BenefitFactory(**proof))


def test_checking_the_strength_brings_the_benefit_back(coordinator):
    stale = StrengthFactory(stale=True)
    benefit = BenefitFactory(strengths=[stale])
    assert not shown(benefit)

    check_strength(strength=stale, on=day(0), by=coordinator)

    assert shown(benefit)


def test_words_of_others_are_proof_until_they_are_taken_down(school):
    testimonial = TestimonialFactory(shown=True)
    benefit = BenefitFactory(proof="", testimonial=testimonial)
    assert shown(benefit)

    consent_token(testimonial)
    withdraw_consent(link=testimonial.links.get(), channels=[Channel.PRINT])

    assert not shown(benefit)


def test_words_agreed_to_but_not_released_prove_nothing(school):
    assert not shown(BenefitFactory(proof="", testimonial=TestimonialFactory(agreed=True)))


def test_arguments_cost_the_same_whatever_their_number(school, query_count):
    one, many = BenefitFactory().proposition, PropositionFactory()
    for _turn in range(8):
        BenefitFactory(proposition=many, testimonial=TestimonialFactory(shown=True))

    assert query_count(lambda: arguments_of(many, on=day(0))) <= query_count(lambda: arguments_of(one, on=day(0))) + 1


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (dt.date(2026, 3, 12), 12, dt.date(2027, 3, 12)),
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
    ],
)
def test_months_after_stays_in_the_month(start, months, end):
    assert months_after(start, months) == end


def test_school_words_are_found_once_each_the_longest_first():
    found = school_words("Competence-based learning outcomes meet our curriculum.")

    assert [phrase.found for phrase in found] == ["competence-based learning outcomes", "curriculum"]


def test_plain_sheet_is_easy_to_read(school):
    sheet = BenefitFactory(proposition__headline="Meet your next colleague").proposition

    reading = reading_of(sheet, arguments_of(sheet, on=day(0)))

    assert reading.is_easy
    assert 3 <= reading.words_a_sentence <= 8
    assert reading.seconds % 5 == 0


@pytest.mark.pango
@needs_pdftotext
def test_page_holds_what_may_be_shown_on_one_sheet_of_paper(school, coordinator, director, tmp_path):
    testimonial = TestimonialFactory(shown=True)
    sheet = PropositionFactory(published=True, approved_by=director, offer=OfferTypeFactory(name="First week"))
    BenefitFactory(proposition=sheet, statement="They arrive prepared")
    BenefitFactory(proposition=sheet, statement="You hear it from others", proof="", testimonial=testimonial)
    BenefitFactory(proposition=sheet, statement="Nothing proves this", proof="")

    made = make_page(sheet, school=school, on=day(0), asker=coordinator)

    path = tmp_path / "page.pdf"
    path.write_bytes(made.content)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True)
    said = " ".join(done.stdout.split())
    assert made.pages == 1
    for words in (sheet.headline, "They arrive prepared", "Survey, 118 leavers", testimonial.quote, "Marta Keller"):
        assert words in said
    assert "approved by Helena Voss" in said
    assert "Nothing proves this" not in said


@pytest.mark.pango
def test_markup_in_a_sheet_fetches_nothing(school, coordinator, caplog):
    sheet = BenefitFactory(
        proposition__headline='<img src="file:///etc/passwd">',
        statement='<link rel="attachment" href="file:///etc/hosts">',
    ).proposition

    made = make_page(sheet, school=school, on=day(0), asker=coordinator)

    assert made.content.startswith(b"%PDF")
    assert "not served" not in caplog.text


def test_page_without_pango_says_what_to_install(school, coordinator, client_for, monkeypatch):
    def refuse(name):
        raise OSError(f"cannot load library 'libpango-1.0-0' ({name})")

    pdf._weasyprint.cache_clear()
    monkeypatch.setattr(pdf, "import_module", refuse)
    sheet = BenefitFactory().proposition

    response = client_for(coordinator).get(f"{sheet.get_absolute_url()}pdf/")

    pdf._weasyprint.cache_clear()
    assert response.status_code == 503
    assert "apt install libpango-1.0-0" in " ".join(response.content.decode().split())
    assert STYLESHEET.endswith("value-print.css")
