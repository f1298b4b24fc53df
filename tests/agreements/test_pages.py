"""The colleagues' pages: who sees what, what each button does, how many queries."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from agreements.enums import AgreementStatus, DocumentKind, DocumentState, Party
from agreements.models import NEVER, Agreement, IssuedDocument, SigningLink
from mailing.models import Message
from partnerships.enums import Status
from tests.agreements.factories import AgreementFactory, ContributionFactory, SignatoryFactory
from tests.partnerships.factories import OrganisationFactory
from ui import pdf

pytestmark = pytest.mark.django_db

ROLES = ["viewer", "coordinator", "director", "administrator"]


@pytest.fixture
def client(coordinator, client_for):
    return client_for(coordinator)


def _html(response):
    return response.content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_list_and_page(sent, role, request, client_for):
    visitor = client_for(request.getfixturevalue(role))

    assert visitor.get("/agreements/").status_code == 200
    assert visitor.get(f"/agreements/{sent.pk}/").status_code == 200


WRITES = [
    "new/",
    "{pk}/send/",
    "{pk}/withdraw/",
    "{pk}/reopen/",
    "{pk}/remind/",
    "{pk}/edit/",
    "signatories/{seat}/link/",
    "signatories/{seat}/sign/",
    "documents/{document}/retry/",
]


@pytest.mark.parametrize("role", ["viewer", "administrator"])
@pytest.mark.parametrize("place", WRITES)
def test_writing_is_refused_to_readers_and_nothing_changes(sent, role, place, request, client_for):
    rosa, document = sent.signatories.get(party=Party.ORGANISATION), sent.documents.get()
    before = Agreement.objects.values().get(pk=sent.pk), Message.objects.count(), SigningLink.objects.count()

    response = client_for(request.getfixturevalue(role)).post(
        "/agreements/" + place.format(pk=sent.pk, seat=rosa.pk, document=document.pk),
        {"partner": sent.organisation_id, "name": "x", "capacity": "x", "agreed": "on", "document": document.sha256},
    )

    assert response.status_code in {302, 403}
    assert (Agreement.objects.values().get(pk=sent.pk), Message.objects.count(), SigningLink.objects.count()) == before


def test_list_shows_figures_and_what_ends_next(client, school):
    today = school.today()
    for days, name in [(49, "Halden Logistics"), (172, "Meadowbank Care"), (400, "Calder Foods")]:
        agreement = AgreementFactory(
            active=True,
            organisation__name=name,
            organisation__status=Status.PARTNER,
            ends_on=today + dt.timedelta(days=days),
        )
        ContributionFactory(agreement=agreement, value=1000)
        ContributionFactory(agreement=agreement, party=Party.SCHOOL, kind="financial", value="250.50")
    OrganisationFactory(status=Status.PARTNER)

    page = _html(client.get("/agreements/"))

    assert "3 in force, 0 on the way" in page
    assert "75% <small>of 4</small>" in page
    assert "€3,000" in page
    assert "€751.50" in page
    assert ": Halden Logistics" in page
    assert ": Meadowbank Care" in page
    assert "49 days left" in page


def test_list_leaves_out_what_is_over_unless_asked(client):
    AgreementFactory(active=True, organisation__name="Current Ltd")
    AgreementFactory(status=AgreementStatus.WITHDRAWN, organisation__name="Withdrawn Ltd")

    assert "Withdrawn Ltd" not in _html(client.get("/agreements/"))
    withdrawn = _html(client.get("/agreements/?state=withdrawn"))
    assert "Withdrawn Ltd" in withdrawn
    assert "Current Ltd" not in withdrawn


@pytest.mark.parametrize("query", ["q=kestrel", "q=018", "q=machining", "ends=90", "state=active", "sort=-number"])
def test_list_finds_by_partner_number_title_and_state(client, school, query):
    AgreementFactory(
        active=True,
        number="LV-MOU-2026-018",
        organisation__name="Kestrel",
        ends_on=school.today() + dt.timedelta(days=60),
    )
    AgreementFactory(
        active=True,
        number="LV-MOU-2026-777",
        title="Other",
        organisation__name="Halden",
        ends_on=school.today() + dt.timedelta(days=600),
    )

    page = _html(client.get(f"/agreements/?{query}"))

    assert "LV-MOU-2026-018" in page
    assert ("LV-MOU-2026-777" in page) is (query in {"state=active", "sort=-number"})


def test_list_part_equals_the_whole_page(client):
    AgreementFactory(active=True)

    part = _html(client.get("/agreements/", headers={"HX-Request": "true"}))

    assert part.strip().startswith('<section class="card" id="rows"')
    assert part.strip().partition("\n")[2][:2000] in _html(client.get("/agreements/"))


def test_list_takes_as_many_queries_for_thirty_as_for_one(client, query_count):
    AgreementFactory(active=True)
    client.get("/agreements/")
    one = query_count(lambda: client.get("/agreements/"))
    AgreementFactory.create_batch(29, active=True)

    assert query_count(lambda: client.get("/agreements/")) == one


def test_list_exports_its_rows(client):
    agreement = AgreementFactory(active=True, organisation__name="=Kestrel", ends_on=NEVER, is_open_ended=True)
    ContributionFactory(agreement=agreement, value="12.75")

    lines = b"".join(client.get("/agreements/?export=csv").streaming_content).decode("utf-8-sig").splitlines()

    assert lines[0].startswith("Reference,Partner,Title,State")
    assert f"{agreement.number},'=Kestrel," in lines[1]
    assert ",,12.75,0" in lines[1]


def test_page_takes_as_many_queries_for_thirty_lines_as_for_one(sent, client, query_count):
    url = f"/agreements/{sent.pk}/"
    client.get(url)
    few = query_count(lambda: client.get(url))
    for n in range(29):
        SignatoryFactory(agreement=sent, email=f"someone{n}@example.org")
        sent.evidence.last()

    assert query_count(lambda: client.get(url)) == few


def test_edit_takes_as_many_queries_for_thirty_lines_as_for_one(draft, client, query_count):
    url = f"/agreements/{draft.pk}/edit/"
    client.get(url)
    few = query_count(lambda: client.get(url))
    for _n in range(29):
        ContributionFactory(agreement=draft)

    assert query_count(lambda: client.get(url)) == few


def test_page_of_a_draft_with_gaps_keeps_the_button_and_says_why(draft, client):
    Agreement.objects.filter(pk=draft.pk).update(purpose="", places_per_year=None)

    page = _html(client.get(f"/agreements/{draft.pk}/"))

    assert "2 things are missing before it can be sent" in page
    assert 'aria-disabled="true" aria-describedby="gaps"' in page
    assert f"/agreements/{draft.pk}/edit/#id_purpose" in page
    assert f'href="/agreements/{draft.pk}/send/"' not in page


def test_page_marks_figures_in_a_draft(draft, client):
    Agreement.objects.filter(pk=draft.pk).update(purpose="")

    page = _html(client.get(f"/agreements/{draft.pk}/"))

    assert '<span class="td-merge on">Linden Vale Vocational College</span>' in page
    assert '<span class="td-merge">Purpose</span>' in page


def test_page_never_shows_a_signing_link(sent, client, link_of):
    token = link_of("rosa@kestrel.example.org").split("/")[3]

    for place in ("", "withdraw/"):
        assert token not in _html(client.get(f"/agreements/{sent.pk}/{place}"))


def test_page_tells_openings_as_what_they_may_be(sent, client, rosas_link):
    SigningLink.objects.filter(pk=rosas_link.pk).update(first_opened_at=timezone.now())

    page = _html(client.get(f"/agreements/{sent.pk}/"))

    assert "Link of Rosa Lindqvist opened" in page
    assert "perhaps by a mail scanner" in page


@pytest.mark.postgresql
def test_page_tells_when_the_record_was_changed(sent, client):
    assert "Record unbroken" in _html(client.get(f"/agreements/{sent.pk}/"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE agreements_evidenceentry DISABLE TRIGGER agreements_evidence_guard")
        cursor.execute("UPDATE agreements_evidenceentry SET who = 'Nobody' WHERE position = 2")
        cursor.execute("ALTER TABLE agreements_evidenceentry ENABLE TRIGGER agreements_evidence_guard")

    assert "Line 2 of the record is not as Tandem wrote it" in _html(client.get(f"/agreements/{sent.pk}/"))


def test_page_of_an_agreement_signed_elsewhere_is_honest(client):
    agreement = AgreementFactory(active=True)

    assert "No document is stored here" in _html(client.get(f"/agreements/{agreement.pk}/"))
    assert client.get(f"/agreements/{agreement.pk}/pdf/").status_code == 404


def test_begin_a_draft_from_the_partner(client, school):
    partner = OrganisationFactory(name="Kestrel Precision Ltd")

    assert "Draft an MOU with Kestrel" in _html(client.get(f"/agreements/new/?partner={partner.pk}"))
    assert not Agreement.objects.exists()
    response = client.post("/agreements/new/", {"partner": partner.pk, "form_key": "once"})
    again = client.post("/agreements/new/", {"partner": partner.pk, "form_key": "once"})

    agreement = Agreement.objects.get()
    assert response["Location"] == again["Location"] == f"/agreements/{agreement.pk}/edit/"


def test_send_asks_first_and_names_who_gets_mail(draft, client):
    page = _html(client.get(f"/agreements/{draft.pk}/send/"))

    assert "Send this agreement to 2 people?" in page
    assert "rosa@kestrel.example.org" in page
    assert not IssuedDocument.objects.exists()


def test_send_shows_progress_until_the_document_is_there(draft, client):
    response = client.post(f"/agreements/{draft.pk}/send/", follow=True)

    assert "The document is being made" in _html(response)
    assert client.post(f"/agreements/{draft.pk}/send/").status_code == 302
    assert IssuedDocument.objects.count() == 1


def test_send_with_gaps_is_a_conflict_that_names_them(draft, client):
    Agreement.objects.filter(pk=draft.pk).update(purpose="")

    response = client.post(f"/agreements/{draft.pk}/send/")

    assert response.status_code == 409
    assert "Purpose" in _html(response)


def test_broken_document_says_why_and_offers_another_try(draft, client):
    client.post(f"/agreements/{draft.pk}/send/")
    IssuedDocument.objects.update(state=DocumentState.FAILED, problem="PDFs need Pango.")

    page = _html(client.get(f"/agreements/{draft.pk}/"))
    assert "PDFs need Pango." in page
    client.post(f"/agreements/documents/{draft.documents.get().pk}/retry/")

    assert draft.documents.get().state == DocumentState.WAITING


def test_reminder_clicked_twice_leaves_once(sent, client):
    for _time in range(2):
        client.post(f"/agreements/{sent.pk}/remind/", {"form_key": "once"})

    assert Message.objects.filter(kind="agreements.signing_reminder").count() == 2


def test_new_link_reminder_and_withdrawal_of_a_draft_change_nothing(draft, client):
    rosa = draft.signatories.get(party=Party.ORGANISATION)

    for place in (f"{draft.pk}/remind/", f"signatories/{rosa.pk}/link/", f"{draft.pk}/reopen/"):
        assert client.post(f"/agreements/{place}").status_code == 302

    draft.refresh_from_db()
    assert (draft.status, Message.objects.count()) == (AgreementStatus.DRAFT, 0)


def test_withdraw_and_take_back_into_draft(sent, client):
    client.post(f"/agreements/{sent.pk}/withdraw/", {"reason": "Wrong dates"})
    page = _html(client.get(f"/agreements/{sent.pk}/"))
    assert "Wrong dates" in page
    assert "Take back into draft" in page

    response = client.post(f"/agreements/{sent.pk}/reopen/")

    assert response["Location"] == f"/agreements/{sent.pk}/edit/"
    sent.refresh_from_db()
    assert (sent.status, sent.edition) == (AgreementStatus.DRAFT, 2)


def test_director_reads_and_signs_on_the_page(sent, director, client_for):
    visitor, helena = client_for(director), sent.signatories.get(party=Party.SCHOOL)
    assert "Read and sign" in _html(visitor.get(f"/agreements/{sent.pk}/"))
    url = f"/agreements/signatories/{helena.pk}/sign/"
    form = {"name": "Helena Voss", "capacity": "Director", "document": sent.documents.get().sha256}

    assert visitor.post(url, form).status_code == 422
    assert visitor.post(url, form | {"agreed": "on", "document": "0" * 64}).status_code == 409
    response = visitor.post(url, form | {"agreed": "on"})

    assert response["Location"] == f"/agreements/{sent.pk}/"
    helena.refresh_from_db()
    assert helena.signed_name == "Helena Voss"


def test_second_to_save_sees_both_texts(draft, client, coordinator):
    form = {
        f"{name}-{key}_FORMS": "0"
        for name in ("obligations", "contributions", "signatories", "clauses")
        for key in ("TOTAL", "INITIAL")
    }
    form |= {"renewal": "none", "notice_days": 90, "notice_days_termination": 90, "version": 1}
    client.post(f"/agreements/{draft.pk}/edit/", form | {"title": "First"})

    response = client.post(f"/agreements/{draft.pk}/edit/", form | {"title": "Second"})

    assert response.status_code == 409
    assert "First" in _html(response)
    assert "Second" in _html(response)


@pytest.mark.pango
def test_pdf_of_a_draft_is_made_for_the_moment(draft, client):
    response = client.get(f"/agreements/{draft.pk}/pdf/")

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-1.7")
    assert not IssuedDocument.objects.exists()


def test_pdf_of_what_was_sent_is_the_stored_one(sent, client):
    response = client.get(f"/agreements/{sent.pk}/pdf/")

    assert b"".join(response.streaming_content) == b"%PDF-1.7 as it was sent"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert sent.documents.get().kind == DocumentKind.TO_SIGN


def test_pdf_without_pango_says_what_to_install(draft, client, monkeypatch):
    def refuse(name):
        raise OSError(f"cannot load library 'libpango-1.0-0' ({name})")

    pdf._weasyprint.cache_clear()
    monkeypatch.setattr(pdf, "import_module", refuse)

    response = client.get(f"/agreements/{draft.pk}/pdf/")

    assert response.status_code == 503
    assert "apt install libpango-1.0-0 libpangoft2-1.0-0" in _html(response)
    assert client.get(f"/agreements/{draft.pk}/").status_code == 200
    pdf._weasyprint.cache_clear()
