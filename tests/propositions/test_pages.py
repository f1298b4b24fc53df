"""The pages of stage 3 as colleagues see them: lists, forms, what they refuse, and what they cost."""

import pytest
from django.urls import reverse

from goals.models import Programme
from mailing.models import Message
from propositions.models import Benefit, OfferType, Proposition, Strength, Testimonial
from propositions.templatetags.propositions import notice
from tests.goals.factories import ProgrammeFactory
from tests.partnerships.factories import ContactFactory, OrganisationFactory
from tests.propositions.factories import (
    BenefitFactory,
    OfferTypeFactory,
    PropositionFactory,
    SegmentFactory,
    StrengthFactory,
    TestimonialFactory,
    day,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client_for, coordinator):
    return client_for(coordinator)


def page(response):
    return " ".join(response.content.decode().split())


def test_sheet_is_written_with_benefits_and_asked_about(signed_in, client_for, director):
    segment, strength = SegmentFactory(), StrengthFactory()
    OrganisationFactory()
    begun = signed_in.post(reverse("propositions:sheet_add"), {"segment": segment.pk, "headline": "Meet them early"})
    sheet = Proposition.objects.get()
    assert begun.url == sheet.get_absolute_url()

    signed_in.post(
        reverse("propositions:benefit_add", args=[sheet.pk]),
        {
            "statement": "You meet future colleagues",
            "kind": "talent",
            "strengths": [strength.pk],
            "proof": "71 % work",
            "proof_source": "Survey",
            "proof_as_of": day(-3).isoformat(),
        },
    )
    signed_in.post(reverse("propositions:sheet_ask", args=[sheet.pk]))

    waiting = page(client_for(director).get("/"))
    assert "Approve “Meet them early”" in waiting
    opened = page(client_for(director).get(sheet.get_absolute_url()))
    assert "1 benefit, 1 with strength and proof." in opened
    assert "This waits for you." in opened


def test_words_of_a_draft_are_changed_on_its_page(signed_in):
    sheet = PropositionFactory()
    url = reverse("propositions:sheet_change", args=[sheet.pk])
    data = {"segment": sheet.segment.pk, "headline": "Better words", "version": 1}

    assert signed_in.post(url, data).status_code == 302
    stale = signed_in.post(url, data | {"headline": "Mine"})

    sheet.refresh_from_db()
    assert (sheet.headline, stale.status_code) == ("Better words", 409)


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"headline": ""}, "This field is required."),
        ({"headline": "x" * 91}, "at most 90 characters"),
        ({"promise": "x" * 501}, "at most 500 characters"),
        ({"segment": "0"}, "Select a valid choice"),
        ({"review_by": "2020-01-01"}, "This day has passed."),
        ({"review_by": "soon"}, "Enter a valid date."),
    ],
)
def test_senseless_words_are_shown_again(signed_in, data, wrong):
    sheet = PropositionFactory(promise="Kept")
    whole = {"segment": sheet.segment.pk, "headline": "Typed before", "version": 1, **data}

    response = signed_in.post(reverse("propositions:sheet_change", args=[sheet.pk]), whole)

    sheet.refresh_from_db()
    assert response.status_code == 422
    assert wrong in page(response)
    assert sheet.promise == "Kept"


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"statement": ""}, "This field is required."),
        ({"proof": "71 %"}, "Say where it comes from."),
        ({"proof": "71 %", "proof_source": "Survey", "proof_as_of": day(2).isoformat()}, "still to come"),
        ({"strengths": ["0"]}, "Select a valid choice"),
    ],
)
def test_senseless_benefit_is_shown_again(signed_in, data, wrong):
    sheet = PropositionFactory()

    response = signed_in.post(
        reverse("propositions:benefit_add", args=[sheet.pk]), {"statement": "You gain", "kind": "talent", **data}
    )

    assert response.status_code == 422
    assert wrong in page(response)
    assert not Benefit.objects.exists()


def test_words_without_consent_for_print_are_not_offered_as_proof(signed_in):
    TestimonialFactory(agreed=True, quote="Agreed to, and released nowhere yet.")
    released = TestimonialFactory(shown=True, quote="Agreed to and released for print.")
    sheet = PropositionFactory()

    offered = page(signed_in.get(reverse("propositions:benefit_add", args=[sheet.pk])))

    assert released.quote in offered
    assert "released nowhere" not in offered


def test_frozen_sheet_says_how_to_change_it(signed_in):
    sheet = BenefitFactory(proposition=PropositionFactory(published=True)).proposition
    url = reverse("propositions:sheet_change", args=[sheet.pk])

    told = signed_in.post(url, {"segment": sheet.segment.pk, "headline": "Other", "version": 1}, follow=True)
    begun = signed_in.post(reverse("propositions:sheet_next", args=[sheet.pk]), follow=True)
    again = signed_in.post(reverse("propositions:sheet_next", args=[sheet.pk]), follow=True)

    assert "These words are frozen." in page(told)
    assert "Version 2 is a draft." in page(begun)
    assert "The next version is there already." in page(again)


def test_acts_done_twice_say_so(signed_in):
    sheet = BenefitFactory().proposition
    url = reverse("propositions:sheet_ask", args=[sheet.pk])
    signed_in.post(url)

    again = signed_in.post(url, follow=True)

    assert "Somebody did this already" in page(again)


def test_programmes_without_a_sheet_are_listed(signed_in):
    covered, missing = PropositionFactory(published=True).programme, PropositionFactory().programme
    ProgrammeFactory(is_active=False, title="Closed long ago")

    listed = page(signed_in.get(f"{reverse('propositions:programmes')}?sheet=missing"))

    assert missing.title in listed
    assert covered.title not in listed
    assert "Closed long ago" not in listed
    assert Programme.objects.count() == 3


def test_strength_is_added_checked_put_away_and_brought_back(signed_in):
    data = {"title": "Ward with 4 beds", "kind": "facility", "verify_every_months": 12, "is_shareable": "on"}
    signed_in.post(reverse("propositions:strength_add"), data)
    strength = Strength.objects.get()
    assert strength in Strength.objects.to_check(day(0))

    signed_in.post(reverse("propositions:strength_check", args=[strength.pk]))
    strength.refresh_from_db()
    assert strength.is_checked(day(0))
    away = signed_in.post(reverse("propositions:strength_archive", args=[strength.pk]), follow=True)
    undo = next(str(message.extra_tags) for message in away.context["messages"] if message.extra_tags)
    signed_in.post(undo)

    strength.refresh_from_db()
    assert strength.archived_at is None


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"title": ""}, "This field is required."),
        ({"verified_on": day(1).isoformat()}, "still to come"),
        ({"verify_every_months": "0"}, "greater than or equal to 1"),
        ({"evidence_url": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_senseless_strength_is_shown_again(signed_in, data, wrong):
    whole = {"title": "Ward", "kind": "facility", "verify_every_months": "12", **data}

    response = signed_in.post(reverse("propositions:strength_add"), whole)

    assert response.status_code == 422
    assert wrong in page(response)
    assert not Strength.objects.exists()


def test_offer_gets_a_short_name_of_its_own(signed_in):
    data = {
        "name": "Company visit",
        "hours_school": "4",
        "hours_business": "2",
        "lead_time_days": "14",
        "price": "free",
    }

    signed_in.post(reverse("propositions:offer_add"), data)

    assert OfferType.objects.filter(key="company-visit-2", name="Company visit").exists()


@pytest.mark.parametrize("hours", ["-1", "a day", "99999999"])
def test_senseless_hours_of_an_offer_are_refused(signed_in, hours):
    offer = OfferTypeFactory()
    data = {"name": "Visit", "hours_school": hours, "hours_business": "2", "lead_time_days": "14", "price": "free"}

    response = signed_in.post(reverse("propositions:offer_change", args=[offer.pk]), data | {"version": 1})

    offer.refresh_from_db()
    assert (response.status_code, offer.hours_school) == (422, 6)


def test_testimonial_is_asked_for_once_however_often_the_button_is_pressed(signed_in):
    contact = ContactFactory(email="dev@example.org")
    url = f"{reverse('propositions:testimonial_add')}?partner={contact.organisation_id}"
    data = {"contact": contact.pk, "quote": "They were on time every day.", "source": "Visit", "form_key": "k" * 22}

    first, second = signed_in.post(url, data), signed_in.post(url, data)

    assert first.url == second.url == Testimonial.objects.get().get_absolute_url()
    assert Message.objects.count() == 1


def test_testimonial_of_somebody_elsewhere_or_without_words_is_refused(signed_in):
    contact, elsewhere = ContactFactory(), ContactFactory()
    url = f"{reverse('propositions:testimonial_add')}?partner={contact.organisation_id}"

    answers = [
        signed_in.post(url, {"contact": elsewhere.pk, "quote": "They were on time every day.", "source": "Visit"}),
        signed_in.post(url, {"contact": contact.pk, "quote": "Good", "source": "Visit"}),
        signed_in.post(url, {"contact": contact.pk, "quote": "x" * 601, "source": "Visit"}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert not Testimonial.objects.exists()


def test_partner_without_anybody_to_write_to_is_told_so(signed_in):
    firm = OrganisationFactory()

    opened = page(signed_in.get(f"{reverse('propositions:testimonial_add')}?partner={firm.pk}"))

    assert "Nobody there can be written to." in opened


def test_answer_waits_on_today_until_it_is_read(signed_in, coordinator):
    testimonial = TestimonialFactory(agreed=True, created_by=coordinator)
    line = f"{testimonial.person_name} answered about their words"
    assert line in page(signed_in.get("/"))

    signed_in.post(reverse("propositions:testimonial_seen", args=[testimonial.pk]))

    assert line not in page(signed_in.get("/"))


def test_search_finds_sheets(signed_in):
    PropositionFactory(headline="Wächter für die Nacht")

    assert "für die Nacht" in page(signed_in.get("/search/?q=wachter"))


def test_words_stand_on_the_partners_page(signed_in):
    testimonial = TestimonialFactory(agreed=True)

    assert testimonial.quote in page(signed_in.get(testimonial.organisation.get_absolute_url()))


def test_testimonials_are_found_by_words_person_and_firm(signed_in):
    contact = ContactFactory(name="Dev Anand", organisation__name="Kestrel Precision")
    TestimonialFactory(contact=contact, quote="They measured right.")
    TestimonialFactory(quote="They were on time.")
    url = reverse("propositions:testimonials")

    found = [
        signed_in.get(url, {"q": words}).context["page"].count for words in ("measured", "anand", "kestrel", "zzz")
    ]

    assert found == [1, 1, 1, 0]


def make_rows(number):
    for _turn in range(number):
        BenefitFactory(proposition__published=True, proposition__segment__query="sector=C")
        OfferTypeFactory()
        TestimonialFactory(agreed=True)


@pytest.mark.parametrize("name", ["list", "programmes", "strengths", "offers", "segments", "testimonials"])
def test_list_costs_the_same_at_1_and_at_20_rows(signed_in, query_count, name):
    url = reverse(f"propositions:{name}")
    make_rows(1)
    signed_in.get(url)
    one = query_count(lambda: signed_in.get(url))
    make_rows(19)

    assert query_count(lambda: signed_in.get(url)) == one


def test_pages_of_one_record_cost_the_same_whatever_hangs_on_it(signed_in, query_count):
    small, large = BenefitFactory().proposition, PropositionFactory()
    for _turn in range(8):
        BenefitFactory(proposition=large, strengths=StrengthFactory.create_batch(2))
    signed_in.get(small.get_absolute_url())

    counts = [query_count(lambda sheet=sheet: signed_in.get(sheet.get_absolute_url())) for sheet in (small, large)]

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("days", "told"), [(1, "1 day"), (7, "7 days"), (14, "2 weeks"), (30, "30 days"), (84, "12 weeks")]
)
def test_notice_is_told_in_whole_weeks(days, told):
    assert notice(days) == told
