"""Proposals on the screen: list, page, editor, sending, noting an answer."""

import pytest
from django.urls import reverse

from opportunities.models import Proposal, ProposalItem, ProposalVersion
from opportunities.services import start_round
from partnerships.enums import NeedKind
from partnerships.models import Need
from propositions.models import OfferType
from tests.opportunities.factories import ProposalFactory, ProposalItemFactory, ProposalVersionFactory, day, drafted
from tests.partnerships.factories import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta(client, coordinator):
    client.force_login(coordinator)
    return client


def _url(name, *args):
    return reverse(f"opportunities:{name}", args=args)


def _typed(proposal, *items, **fields):
    version = proposal.versions.latest("no")
    form = {
        "title": proposal.title,
        "contact": proposal.contact_id or "",
        "owner": proposal.owner_id or "",
        "valid_until": day(20),
        "intro": "",
        "changes": "",
        "version": Proposal.objects.get(pk=proposal.pk).version,
        "items-TOTAL_FORMS": len(items),
        "items-INITIAL_FORMS": version.items.count(),
        **fields,
    }
    for at, item in enumerate(items):
        form |= {f"items-{at}-{name}": value for name, value in item.items()}
    return form


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"open", "later"}),
        ("state=all", {"open", "later", "won"}),
        ("state=decided", {"won"}),
        ("state=decided&recent=on", {"won"}),
        ("state=settled", {"won"}),
        ("state=accepted", {"won"}),
        ("later=on", {"later"}),
        ("q=kestrel", {"open"}),
        ("q=PR-7", {"later"}),
        ("state=nonsense", {"open", "later"}),
    ],
)
def test_list_shows_what_is_asked_for(marta, school, query, found):
    ProposalFactory(title="open", organisation__name="Kestrel Precision Ltd", number="PR-1")
    ProposalFactory(title="later", out=True, round=2, number="PR-7")
    ProposalFactory(title="won", accepted=True, number="PR-3")

    page = marta.get(f"{_url('proposals')}?{query}")

    assert {row.title for row in page.context["page"].rows} == found


def test_list_takes_as_many_queries_for_thirty_as_for_one(marta, query_count):
    ProposalFactory()
    marta.get(_url("proposals"))
    one = query_count(lambda: marta.get(_url("proposals")))
    for _nth in range(29):
        ProposalFactory()

    assert query_count(lambda: marta.get(_url("proposals"))) == one


def test_swap_of_the_list_equals_its_part_of_the_page(marta):
    ProposalFactory()

    part = marta.get(_url("proposals"), headers={"HX-Request": "true"}).content.decode().strip()

    assert part.startswith('<section class="card" id="rows"')
    assert part in marta.get(_url("proposals")).content.decode()


def test_start_makes_points_of_offers_and_needs(marta, coordinator):
    partner = OrganisationFactory()
    contact = ContactFactory(organisation=partner)
    need = Need.objects.create(
        organisation=partner, kind=NeedKind.TRAINING_REQUIREMENT, title="CAM for operators", headcount=10
    )
    offer = OfferType.objects.create(key="made-up", name="A made-up course", hours_school=30, hours_business=4)
    typed = {
        "partner": partner.pk,
        "title": "Evening course",
        "contact": contact.pk,
        "offers": [offer.pk],
        "needs": [need.pk],
        "form_key": "one",
    }

    first = marta.post(_url("proposal_add"), typed)
    again = marta.post(_url("proposal_add"), typed)

    proposal = Proposal.objects.get()
    assert first.url == again.url == _url("proposal_edit", proposal.pk)
    assert (proposal.owner, proposal.contact, proposal.number[-4:]) == (coordinator, contact, "-001")
    points = proposal.versions.get().items.values_list("description", "hours_school", "quantity", "need")
    assert list(points) == [("A made-up course", 30, None, None), ("CAM for operators", 0, 10, need.pk)]


def test_start_knows_only_the_partners_own_people_and_needs(marta):
    partner, stranger = OrganisationFactory(), ContactFactory()
    ContactFactory(organisation=partner)
    need = Need.objects.create(organisation=stranger.organisation, kind=NeedKind.RECRUITMENT, title="Theirs")
    typed = {"partner": partner.pk, "title": "Course", "contact": stranger.pk, "needs": [need.pk]}

    response = marta.post(_url("proposal_add"), typed)

    assert response.status_code == 422
    assert not Proposal.objects.exists()


def test_editor_changes_adds_and_removes_points(marta, draft):
    version = draft.versions.get()
    kept = version.items.get()
    gone = ProposalItemFactory(version=version, line=1)
    rows = [
        {"id": kept.pk, "description": "12 evenings of 2.5 hours", "hours_school": "30"},
        {"id": gone.pk, "description": gone.description, "DELETE": "on"},
        {"id": "", "description": "Course fee", "money_business": "3600.50", "starts_on": day(5)},
        {"id": "", "description": ""},
    ]

    response = marta.post(_url("proposal_edit", draft.pk), _typed(draft, *rows, title="New title", intro="Dear Rosa"))

    assert response.url == draft.get_absolute_url()
    draft.refresh_from_db()
    version.refresh_from_db()
    assert (draft.title, version.title, version.intro, draft.version) == ("New title", "New title", "Dear Rosa", 2)
    items = version.items.values_list("line", "description", "money_business")
    assert [(line, words, float(sum_)) for line, words, sum_ in items] == [
        (0, "12 evenings of 2.5 hours", 0),
        (2, "Course fee", 3600.5),
    ]


def test_editor_adds_a_line_and_saves_nothing(marta, draft):
    item = draft.versions.get().items.get()
    typed = _typed(draft, {"id": item.pk, "description": "Changed"}, intro="Half a letter", add="items")

    page = marta.post(_url("proposal_edit", draft.pk), typed).content.decode()

    assert 'name="items-1-description"' in page
    assert "Half a letter" in page
    assert "Changed" in page
    item.refresh_from_db()
    assert item.description == "10 evenings of 3 hours"


@pytest.mark.parametrize(
    ("item", "fields", "words"),
    [
        ({"ends_on": day(3), "starts_on": day(5)}, {}, "The last day comes before the first."),
        ({"hours_school": "-1"}, {}, "greater than or equal to 0"),
        ({"hours_business": "-0.5"}, {}, "greater than or equal to 0"),
        ({"money_school": "-1"}, {}, "greater than or equal to 0"),
        ({"money_business": "-1"}, {}, "greater than or equal to 0"),
        ({"money_business": "1e99"}, {}, "no more than 12 digits"),
        ({"money_business": "NaN"}, {}, "Enter a number."),
        ({"quantity": "0"}, {}, "greater than or equal to 1"),
        ({"quantity": "many"}, {}, "Enter a whole number."),
        ({"description": "x" * 50_000}, {}, "at most 160 characters"),
        ({"need": "999999"}, {}, "Select a valid choice"),
        ({}, {"title": ""}, "This field is required."),
        ({}, {"title": "x" * 50_000}, "at most 160 characters"),
        ({}, {"intro": "x" * 50_000}, "at most 4000 characters"),
        ({}, {"valid_until": day(0)}, "Choose a day after today."),
        ({}, {"valid_until": "9999-12-31"}, "Choose a day within two years."),
        ({}, {"contact": "999999"}, "Select a valid choice"),
    ],
)
def test_editor_refuses_bad_input_and_keeps_the_text(marta, draft, item, fields, words):
    kept = draft.versions.get().items.get()
    row = {"id": kept.pk, "description": "Something else", **item}

    response = marta.post(_url("proposal_edit", draft.pk), _typed(draft, row, **fields))

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    kept.refresh_from_db()
    assert (kept.description, Proposal.objects.get().version) == ("10 evenings of 3 hours", 1)


def test_editor_takes_no_line_of_another_proposal(marta, draft):
    theirs = ProposalItemFactory(description="Theirs")

    marta.post(_url("proposal_edit", draft.pk), _typed(draft, {"id": theirs.pk, "description": "Stolen"}))

    theirs.refresh_from_db()
    assert theirs.description == "Theirs"
    assert list(draft.versions.get().items.values_list("description", flat=True)) == ["Stolen"]


def test_editor_refuses_a_forged_number_of_lines(marta, draft):
    response = marta.post(_url("proposal_edit", draft.pk), _typed(draft, **{"items-TOTAL_FORMS": 100_000}))

    assert response.status_code == 422


def test_second_tab_sees_both_texts(marta, draft):
    item = draft.versions.get().items.get()
    typed = _typed(draft, {"id": item.pk, "description": "Mine"}, title="Mine")
    marta.post(_url("proposal_edit", draft.pk), {**typed, "title": "Theirs"})

    response = marta.post(_url("proposal_edit", draft.pk), typed)

    assert response.status_code == 409
    assert "Theirs" in response.content.decode()
    assert Proposal.objects.get().title == "Theirs"


def test_sent_round_is_frozen_for_the_editor_too(marta, sent):
    item = sent.versions.get().items.get()

    response = marta.post(_url("proposal_edit", sent.pk), _typed(sent, {"id": item.pk, "description": "Later"}))

    assert response.url == sent.get_absolute_url()
    item.refresh_from_db()
    assert item.description == "10 evenings of 3 hours"


def test_save_may_lead_on_to_sending(marta, draft):
    item = draft.versions.get().items.get()

    response = marta.post(
        _url("proposal_edit", draft.pk), _typed(draft, {"id": item.pk, "description": "Point"}, then="send")
    )

    assert response.url == _url("proposal_send", draft.pk)


def test_confirmation_names_who_gets_it_and_sends_once(marta, draft):
    url = _url("proposal_send", draft.pk)

    page = marta.get(url).content.decode()
    assert "Send round 1 to Rosa Lindqvist?" in page
    assert "rosa@kestrel.example.org" in page

    assert "Proposal sent." in marta.post(url, follow=True).content.decode()
    assert "sent already" in marta.post(url, follow=True).content.decode()


def test_confirmation_lists_what_is_missing(marta, draft):
    ProposalItem.objects.all().delete()

    response = marta.post(_url("proposal_send", draft.pk))

    assert response.status_code == 409
    assert "Write down at least one point." in response.content.decode()


def test_page_shows_rounds_answers_and_balance(marta, sent, coordinator, next_round):
    marta.post(_url("proposal_answer", sent.pk), {"kind": "changes", "round": 1, "words": "Shorter evenings"})
    start_round(proposal=sent, by=coordinator)
    sent.versions.get(no=2).items.update(description="12 evenings of 2.5 hours", reason="They asked")

    page = marta.get(sent.get_absolute_url()).content.decode()

    for words in [
        "What changed from round 1 to round 2",
        "1 point changed",
        "10 evenings of 3 hours</del>",
        "12 evenings of 2.5 hours</ins>",
        "They asked",
        "Marta Keller sent round 1",
        "Rosa Lindqvist asked for changes, noted by Marta Keller",
        "Shorter evenings",
        "Next round being written",
        "30 h",
    ]:
        assert words in page


def test_page_warns_when_what_was_sent_was_tampered_with(marta, sent):
    assert "no longer says what it said" not in marta.get(sent.get_absolute_url()).content.decode()

    sent.versions.get().items.update(hours_school=31)

    assert "no longer says what it said" in marta.get(sent.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": "", "round": 1}, "Choose what they answered."),
        ({"kind": "changes", "round": 1}, "Say in a few words what should change."),
        ({"kind": "declined", "round": 1}, "Choose the main reason."),
        ({"kind": "changes", "round": 1, "words": "x" * 50_000}, "at most 2000 characters"),
    ],
)
def test_noting_an_answer_asks_for_what_it_needs(marta, sent, typed, words):
    response = marta.post(_url("proposal_answer", sent.pk), typed)

    assert response.status_code == 422
    assert words in response.content.decode()
    sent.refresh_from_db()
    assert sent.status == "sent"


def test_noting_an_answer_to_an_old_round_is_refused(marta, sent, next_round):
    next_round(sent)

    response = marta.post(_url("proposal_answer", sent.pk), {"kind": "accepted", "round": 1}, follow=True)

    assert "A newer round was sent meanwhile." in response.content.decode()
    sent.refresh_from_db()
    assert sent.status == "sent"


def test_next_round_is_begun_by_one_button(marta, sent):
    response = marta.post(_url("proposal_round", sent.pk))

    assert response.url == _url("proposal_edit", sent.pk)
    assert ProposalVersion.objects.count() == 2


def test_closed_proposal_offers_no_way_on(marta, coordinator):
    version = ProposalVersionFactory(out=True, proposal=ProposalFactory(accepted=True))

    page = marta.get(version.proposal.get_absolute_url()).content.decode()

    for words in ["Start round", "Withdraw", "Save answer"]:
        assert words not in page
    assert "closed" in marta.post(_url("proposal_round", version.proposal_id), follow=True).content.decode()


def test_pages_take_as_many_queries_for_thirty_points_as_for_one(marta, coordinator, query_count):
    proposal = drafted(coordinator)
    urls = [proposal.get_absolute_url(), _url("proposal_edit", proposal.pk), _url("proposal_send", proposal.pk)]
    for url in urls:
        marta.get(url)
    one = [query_count(lambda url=url: marta.get(url)) for url in urls]
    version = proposal.versions.get()
    for line in range(1, 30):
        ProposalItemFactory(version=version, line=line)

    assert [query_count(lambda url=url: marta.get(url)) for url in urls] == one


def test_partners_page_shows_proposals_and_the_way_to_a_new_one(marta, sent):
    page = marta.get(sent.organisation.get_absolute_url()).content.decode()

    assert sent.title in page
    assert f"{_url('proposal_add')}?partner={sent.organisation_id}" in page
