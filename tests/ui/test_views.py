import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from tests.accounts.factories import SchoolFactory, UserFactory
from ui.models import Draft, SavedView
from ui.undo import read_undo, undo_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    SchoolFactory()
    return UserFactory(name="Marta Keller")


@pytest.fixture
def signed_in(client, user):
    client.force_login(user)
    return client


def test_typing_is_saved_as_a_draft_and_the_time_told(signed_in, user):
    response = signed_in.post(reverse("ui:draft"), {"draft_key": "call:1", "note": "hello", "password": "hush"})

    assert response.json()["saved"].startswith("Draft saved ")
    draft = Draft.objects.get()
    assert (draft.owner, draft.key, draft.fields) == (user, "call:1", {"note": ["hello"]})


def test_a_form_emptied_again_has_no_draft(signed_in):
    signed_in.post(reverse("ui:draft"), {"draft_key": "call:1", "note": "hello"})

    response = signed_in.post(reverse("ui:draft"), {"draft_key": "call:1", "note": ""})

    assert response.status_code == 204
    assert not Draft.objects.exists()


def test_a_draft_without_a_name_is_refused(signed_in):
    assert signed_in.post(reverse("ui:draft"), {"note": "hello"}).status_code == 400


@pytest.mark.parametrize("name", ["ui:draft"])
def test_reading_never_writes(signed_in, name):
    assert signed_in.get(reverse(name)).status_code == 405


def views_url(query=""):
    return reverse("ui:views", args=["accounts.people"]) + (f"?{query}" if query else "")


def test_a_view_is_saved_from_the_list_and_leads_back_to_it(signed_in, user):
    page = signed_in.get(views_url("role=viewer&sort=name"), headers={"referer": "http://testserver/people/?x=1"})
    form = page.context["form"]

    response = signed_in.post(views_url(), {"name": "Viewers", "is_shared": "on", **form.initial})

    view = SavedView.objects.get()
    assert (view.owner, view.list_key, view.name, view.query) == (
        user,
        "accounts.people",
        "Viewers",
        "role=viewer&sort=name",
    )
    assert (view.is_shared, view.is_pinned) == (True, False)
    assert response["Location"] == "http://testserver/people/?role=viewer&sort=name"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_saving_a_view_never_leads_elsewhere(signed_in, back):
    response = signed_in.post(views_url(), {"name": "V", "query": "a=1", "back": back})

    assert response["Location"] == "/?a=1"


def test_a_view_needs_a_name(signed_in):
    response = signed_in.post(views_url(), {"name": "", "query": "a=1"})

    assert response.status_code == 422
    assert not SavedView.objects.exists()


def test_ones_own_view_is_deleted(signed_in, user):
    view = SavedView.objects.create(owner=user, list_key="accounts.people", name="Mine")

    response = signed_in.post(reverse("ui:view_delete", args=[view.pk]), follow=True)

    assert not SavedView.objects.exists()
    assert "View “Mine” deleted." in response.content.decode()


def test_a_colleagues_view_is_not_deleted(signed_in):
    view = SavedView.objects.create(owner=UserFactory(), list_key="accounts.people", name="Theirs", is_shared=True)

    assert signed_in.post(reverse("ui:view_delete", args=[view.pk])).status_code == 404
    assert SavedView.objects.exists()


def test_the_page_says_who_where_and_how_without_script_or_style(signed_in):
    html = signed_in.get(reverse("roadmap:more")).content.decode()

    assert '<a class="td-skip" href="#main">' in html
    assert 'hx-headers=\'{"X-CSRFToken": "' in html
    assert '"includeIndicatorStyles":false,"allowEval":false' in html
    assert " style=" not in html
    assert " onclick=" not in html
    assert html.count("<script") == html.count("<script defer src=") + html.count('<script type="module" src=')
    assert html.count("<h1") == 1


def test_errors_are_notes_and_the_rest_are_toasts_with_undo(signed_in, rf):
    class Message:
        def __init__(self, level, text, extra_tags=""):
            self.level, self.text, self.extra_tags = level, text, extra_tags

        def __str__(self):
            return self.text

    said = [Message(25, "Done.", "/undo/abc/"), Message(40, "It failed.")]
    context = {"messages": said, "csrf_token": "t"}

    toasts = render_to_string("components/toasts.html", context)
    notes = render_to_string("components/notes.html", context)

    assert "Done." in toasts
    assert '<form method="post" action="/undo/abc/">' in toasts
    assert "It failed." not in toasts
    assert "It failed." in notes
    assert "Done." not in notes


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_nothing_and_says_what_to_do(name):
    html = render_to_string(f"{name}.html")

    assert html.count("<h1>") == 1
    assert '<a class="btn btn-primary" href="/">' in html
    assert "<script" not in html


def test_an_address_with_nothing_behind_it_says_so(client):
    SchoolFactory()
    client.force_login(UserFactory())

    response = client.get("/nothing/here/")

    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


def test_an_undo_is_believed_for_ten_minutes_and_for_its_own_act(time_machine):
    time_machine.move_to("2026-03-12T09:00:00Z", tick=False)
    token = undo_token("outreach.done", pk=3, was="open")

    assert read_undo("outreach.done", token) == {"pk": 3, "was": "open"}
    assert read_undo("outreach.snooze", token) is None
    assert read_undo("outreach.done", token + "x") is None
    time_machine.move_to("2026-03-12T09:10:01Z", tick=False)
    assert read_undo("outreach.done", token) is None


def test_the_styleguide_is_for_developers_alone():
    assert not settings.DEBUG
    urls = [pattern.name for pattern in __import__("ui.urls", fromlist=["urlpatterns"]).urlpatterns]
    assert "styleguide" not in urls


def test_users_see_initials_and_school_in_the_sidebar(signed_in):
    html = signed_in.get(reverse("roadmap:more")).content.decode()

    assert ">MK</span>" in html
    assert "Linden Vale College" in html
    assert User.objects.get().name == "Marta Keller"
