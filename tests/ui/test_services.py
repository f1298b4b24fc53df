import datetime as dt
import threading

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from tests.accounts.factories import UserFactory
from ui.drafts import kept_fields, submission_key, typed_before
from ui.models import Draft, SavedView, SubmittedForm
from ui.services import (
    act_once,
    delete_view,
    drop_draft,
    forget_old,
    keep_lost_form,
    save_draft,
    save_view,
)
from ui.tasks import forget_old_rows

pytestmark = pytest.mark.django_db


def post(text):
    return QueryDict(text)


def add_person() -> str:
    return f"/people/{UserFactory(name='Once').pk}/"


def test_a_form_sent_twice_acts_once_and_lands_on_the_same_page():
    submission = submission_key(post("form_key=abc&name=Kestrel"))

    first = act_once(submission=submission, act=add_person)
    second = act_once(submission=submission, act=add_person)

    assert first == second
    assert User.objects.count() == 1


def test_a_form_sent_again_with_another_text_is_another_act():
    act_once(submission=submission_key(post("form_key=abc&name=Kestrel")), act=add_person)
    act_once(submission=submission_key(post("form_key=abc&name=Nordwell")), act=add_person)

    assert User.objects.count() == 2


def test_a_form_without_a_key_acts_each_time():
    assert submission_key(post("name=Kestrel")) == ""

    act_once(submission="", act=add_person)
    act_once(submission="", act=add_person)

    assert User.objects.count() == 2


def test_an_act_that_fails_leaves_the_form_free_to_be_sent_again():
    def fail() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act_once(submission="k", act=fail)

    assert not SubmittedForm.objects.exists()
    assert act_once(submission="k", act=add_person).startswith("/people/")


def test_a_submission_is_known_by_key_and_text_and_not_by_the_csrf_token():
    one = submission_key(post("form_key=a&x=1&x=2&csrfmiddlewaretoken=t1"))

    assert one == submission_key(post("x=1&x=2&form_key=a&csrfmiddlewaretoken=t2"))
    assert one != submission_key(post("form_key=b&x=1&x=2"))
    assert one != submission_key(post("form_key=a&x=2&x=1"))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at_once", [2, 12])
def test_a_form_sent_at_once_acts_once(at_once):
    gate = threading.Barrier(at_once)
    landed = []

    def send() -> None:
        gate.wait()
        landed.append(act_once(submission="same", act=add_person))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert User.objects.filter(name="Once").count() == 1
    assert len(landed) == at_once
    assert set(landed) == {f"/people/{User.objects.get(name='Once').pk}/"}


def test_a_draft_is_replaced_by_the_next_and_read_back_as_initial():
    owner = UserFactory()

    save_draft(owner=owner, key="call:1", path="/a", fields={"note": ["first"]})
    save_draft(owner=owner, key="call:1", path="/a", fields={"note": ["second"], "days": ["mo", "tu"]})

    assert Draft.objects.count() == 1
    assert typed_before(owner, "call:1") == {"note": "second", "days": ["mo", "tu"]}


def test_a_draft_is_its_owners_alone():
    owner, other = UserFactory(), UserFactory()
    save_draft(owner=owner, key="call:1", path="", fields={"note": ["mine"]})

    drop_draft(owner=other, key="call:1")

    assert typed_before(other, "call:1") == {}
    assert typed_before(owner, "call:1") == {"note": "mine"}


def test_a_dropped_draft_is_gone():
    owner = UserFactory()
    save_draft(owner=owner, key="call:1", path="", fields={"note": ["mine"]})

    drop_draft(owner=owner, key="call:1")

    assert typed_before(owner, "call:1") == {}


@pytest.mark.parametrize(
    "secret",
    ["password", "new_password", "password1", "oldpassword", "token", "recovery-code", "otp", "code", "client_secret"],
)
def test_secrets_are_never_kept(secret):
    assert kept_fields(post(f"note=hello&{secret}=hush")) == {"note": ["hello"]}


def test_machinery_and_empty_fields_are_not_kept():
    text = "csrfmiddlewaretoken=a&form_key=b&draft_key=c&empty=&postcode=1010&day=1&day=2"

    assert kept_fields(post(text)) == {"postcode": ["1010"], "day": ["1", "2"]}


def test_a_form_too_large_is_not_kept():
    assert kept_fields(post("note=" + "x" * 70_000)) == {}


def test_lost_forms_are_kept_under_names_nobody_guesses():
    names = {keep_lost_form(path="/a", fields={"note": ["text"]}).key for _ in range(5)}

    assert len(names) == 5
    assert {len(name) for name in names} == {43}


def test_no_more_lost_forms_are_kept_once_there_are_too_many(monkeypatch):
    monkeypatch.setattr("ui.services.MOST_KEPT_AN_HOUR", 2)

    kept = [keep_lost_form(path="/a", fields={"note": ["text"]}) for _ in range(4)]

    assert [made is not None for made in kept] == [True, True, False, False]


def test_an_empty_lost_form_is_not_kept():
    assert keep_lost_form(path="/a", fields={}) is None


def test_saving_a_view_under_its_name_again_changes_it():
    owner = UserFactory()
    fields = {"owner": owner, "list_key": "people", "name": "Mine", "is_shared": False, "is_pinned": False}

    save_view(**fields, query="role=viewer")
    save_view(**fields, query="role=director")

    assert SavedView.objects.get().query == "role=director"


def test_views_shown_are_ones_own_and_shared_ones_pinned_first():
    owner, other = UserFactory(), UserFactory()

    def view(whose, name, **flags):
        given = {"is_shared": False, "is_pinned": False, **flags}
        return save_view(owner=whose, list_key="people", name=name, query="", **given)

    view(owner, "B")
    view(owner, "Z", is_pinned=True)
    view(other, "A", is_shared=True)
    hidden = view(other, "Hidden")

    assert [shown.name for shown in SavedView.objects.shown_to(owner)] == ["Z", "A", "B"]
    delete_view(view=hidden)
    assert not SavedView.objects.filter(name="Hidden").exists()


def test_what_is_old_is_forgotten_and_what_is_young_stays():
    owner, now = UserFactory(), timezone.now()
    ages = {"lost young": (None, 1), "lost old": (None, 3), "young": (owner, 29), "old": (owner, 31)}
    for key, (whose, days) in ages.items():
        Draft.objects.create(owner=whose, key=key, saved_at=now - dt.timedelta(days=days))
    SubmittedForm.objects.create(key="young", submitted_at=now - dt.timedelta(days=1))
    SubmittedForm.objects.create(key="old", submitted_at=now - dt.timedelta(days=3))

    assert forget_old(now=now) == 3
    forget_old_rows()
    forget_old_rows()

    assert set(Draft.objects.values_list("key", flat=True)) == {"lost young", "young"}
    assert set(SubmittedForm.objects.values_list("key", flat=True)) == {"young"}
