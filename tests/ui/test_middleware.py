from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.urls import path, reverse

from tests.accounts.factories import PASSWORD, SchoolFactory, UserFactory
from ui.drafts import KeptField
from ui.models import Draft

pytestmark = pytest.mark.django_db
LOST = {"note": "A long text that somebody typed for half an hour", "kind": "call", "password": "hush"}


def log_call(request):
    return HttpResponse(f"saved {request.POST['note']}")


@pytest.fixture(autouse=True)
def calls(urls_with):
    SchoolFactory()
    urls_with([path("calls/add/", log_call)])


def target(response):
    """Return where the sign-in will lead."""
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    return parse_qs(urlsplit(response["Location"]).query)["next"][0]


def test_a_form_that_met_a_lost_session_is_still_there_after_signing_in(client):
    user = UserFactory()
    kept_url = target(client.post("/calls/add/?from=today", LOST))

    response = client.post(
        f"{reverse('account_login')}?next={kept_url}", {"login": user.email, "password": PASSWORD}, follow=True
    )

    html = response.content.decode()
    assert response.redirect_chain[-1][0] == kept_url
    assert "Your text is still here" in html
    assert LOST["note"] in html
    assert 'action="/calls/add/?from=today"' in html
    assert "hush" not in html


def test_nothing_is_sent_on_by_itself_and_everything_by_a_click(client):
    kept_url = target(client.post("/calls/add/", LOST))
    client.force_login(UserFactory())

    fields = client.get(kept_url).context["fields"]

    assert Draft.objects.count() == 1
    answer = client.post("/calls/add/", {field.name: field.value for field in fields})
    assert answer.content.decode() == f"saved {LOST['note']}"


@pytest.mark.parametrize(
    ("value", "kind", "says_something"),
    [
        ("two\nlines", "text", False),
        ("x" * 81, "text", False),
        ("Kestrel Precision Limited", "line", False),
        ("call", "value", True),
        ("12", "value", False),
    ],
)
def test_a_kept_value_is_offered_in_the_room_it_needs(value, kind, says_something):
    field = KeptField("note", value)

    assert (field.kind, field.says_something) == (kind, says_something)


def test_the_kept_text_is_not_shown_to_somebody_signed_out(client):
    kept_url = target(client.post("/calls/add/", LOST))

    assert target(client.get(kept_url)) == kept_url


def test_an_unknown_key_shows_nothing(client):
    client.force_login(UserFactory())

    assert client.get(reverse("ui:kept", args=["made-up"])).status_code == 404


def test_a_draft_of_somebody_else_is_no_kept_text(client):
    Draft.objects.create(owner=UserFactory(), key="call:1", fields={"note": ["theirs"]})
    client.force_login(UserFactory())

    assert client.get(reverse("ui:kept", args=["call:1"])).status_code == 404


@pytest.mark.parametrize(
    ("referer", "leads_to"),
    [
        ("http://testserver/firms/3/?tab=notes", "/firms/3/?tab=notes"),
        ("http://elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_a_button_pressed_after_a_lost_session_leads_back_to_its_page(client, referer, leads_to):
    response = client.post("/calls/add/", {}, headers={"referer": referer})

    assert target(response) == leads_to
    assert not Draft.objects.exists()


def test_a_page_asked_for_while_signed_out_comes_after_the_sign_in(client):
    assert target(client.get("/calls/add/?a=1")) == "/calls/add/?a=1"


def test_htmx_leaves_the_page_for_the_sign_in(client):
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/firms/?q=a"}

    response = client.get("/calls/add/", headers=headers)

    assert response.status_code == 200
    assert response["HX-Redirect"] == f"{reverse('account_login')}?next=%2Ffirms%2F%3Fq%3Da"
    assert response.content == b""


def test_a_form_sent_by_htmx_is_kept_too(client):
    response = client.post("/calls/add/", LOST, headers={"hx-request": "true"})

    lost = Draft.objects.get()
    assert reverse("ui:kept", args=[lost.key]).strip("/").replace("/", "%2F") in response["HX-Redirect"]
    assert lost.fields == {"note": [LOST["note"]], "kind": ["call"]}


def test_a_view_that_sends_to_the_sign_in_itself_is_left_alone(client):
    client.force_login(UserFactory())

    client.post(reverse("account_logout"))

    assert not Draft.objects.exists()
