import pytest
from django import forms
from django.urls import path

from accounts.models import User
from tests.accounts.factories import SchoolFactory, UserFactory
from ui.conflicts import Difference, StaleRecordError, differences, next_version
from ui.responses import conflict_response


class Firm:
    """A record as far as conflicts look at it."""

    name = "Saved Name"
    kind = "public"
    is_open = True
    note = ""

    def __init__(self, version=1, updated_by=None):
        self.version = version
        self.updated_by = updated_by

    def __str__(self):
        return self.name


class FirmForm(forms.Form):
    name = forms.CharField(label="Name")
    kind = forms.ChoiceField(label="Kind", choices=[("public", "Public body"), ("business", "Business")])
    is_open = forms.BooleanField(label="Open", required=False)
    note = forms.CharField(label="Note", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


TYPED = {"name": "My Name", "kind": "business", "note": "<b>bold</b>", "version": "1"}


def test_a_version_moves_on_with_whoever_saves():
    firm, user = Firm(version=3), User(name="Marta")

    fields = next_version(firm, opened=3, by=user)

    assert (firm.version, firm.updated_by) == (4, user)
    assert fields == ["version", "updated_by", "updated_at"]


@pytest.mark.parametrize("opened", [2, 4, 0])
def test_a_form_opened_on_another_version_is_refused(opened):
    firm = Firm(version=3)

    with pytest.raises(StaleRecordError):
        next_version(firm, opened=opened, by=User())

    assert firm.version == 3


def test_differences_are_named_in_words():
    form = FirmForm(TYPED)

    assert form.is_valid()
    assert differences(form, Firm()) == [
        Difference("Name", "Saved Name", "My Name"),
        Difference("Kind", "Public body", "Business"),
        Difference("Open", "yes", "no"),
        Difference("Note", "(empty)", "<b>bold</b>"),
    ]


def test_what_is_the_same_is_no_difference():
    form = FirmForm({"name": "Saved Name", "kind": "public", "is_open": "on", "note": "", "version": "1"})

    assert form.is_valid()
    assert differences(form, Firm()) == []


def test_several_choices_are_compared_as_a_set():
    class TagForm(forms.Form):
        tags = forms.MultipleChoiceField(label="Tags", choices=[("a", "A"), ("b", "B")])

    form = TagForm({"tags": ["b", "a"]})
    firm = Firm()
    firm.tags = ["a", "b"]

    assert form.is_valid()
    assert differences(form, firm) == []


def edit(request):
    form = FirmForm(request.POST)
    assert form.is_valid()
    other = UserFactory.build(name="Jonas Brandt")
    return conflict_response(request, form=form, record=Firm(version=7, updated_by=other), back_url="/firms/1/")


@pytest.fixture
def conflict(client, settings, urls_with):
    urls_with([path("firms/edit/", edit)])
    SchoolFactory()
    client.force_login(UserFactory())
    return client.post("/firms/edit/", {**TYPED, "csrfmiddlewaretoken": "old"})


@pytest.mark.django_db
def test_the_second_to_save_sees_both_texts(conflict):
    html = conflict.content.decode()

    assert conflict.status_code == 409
    assert "Jonas Brandt changed this while you were writing." in html
    assert '<td data-l="Saved now">Saved Name</td>' in html
    assert '<td data-l="Your text">My Name</td>' in html
    assert "&lt;b&gt;bold&lt;/b&gt;" in html
    assert 'href="/firms/1/"' in html


@pytest.mark.django_db
def test_saving_ones_own_text_goes_on_top_of_the_newer_version(conflict):
    kept = dict(conflict.context["kept"])

    assert kept == {"name": "My Name", "kind": "business", "note": "<b>bold</b>", "version": 7}
