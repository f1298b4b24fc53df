"""What people typed is text on every page, whatever they typed."""

from http import HTTPStatus

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import School
from tests.accounts.factories import SchoolFactory, UserFactory
from tests.permissions.table import TABLE

TYPED = '<b x="y">\'{{ 7|add:7 }}</b>'
AS_MARKUP = b"<b x="
PAGES = sorted(name for name, row in TABLE.items() if row.get and row.get.roles and row.get.status == HTTPStatus.OK)
# Fields that no person types: keys, addresses of pages, states, hashes.
NOT_TYPED = frozenset(
    {
        *("kind", "stream", "status", "key", "list_key", "url_name", "dedupe_key", "message_id", "cause_model"),
        *("password", "token_hash", "address_hash", "sha256", "path", "time_zone", "currency", "metric", "metric_key"),
        *("query", "content_type", "encoding", "delimiter", "landed_on", "number", "headers"),
    }
)


def typed_fields():
    """Yield every model of ours with the columns that hold what people typed."""
    for app in settings.TANDEM_APPS:
        for model in apps.get_app_config(app).get_models():
            names = [field.name for field in model._meta.concrete_fields if _is_typed(field)]
            if names:
                yield model, names


def _is_typed(field):
    plain = type(field) in {models.CharField, models.TextField}
    long_enough = field.max_length is None or field.max_length >= len(TYPED)
    return plain and long_enough and not (field.choices or field.unique or field.name in NOT_TYPED)


def type_markup_everywhere():
    for model, names in typed_fields():
        model.objects.update(**dict.fromkeys(names, TYPED))


def test_there_is_much_to_look_at():
    found = {model._meta.label: names for model, names in typed_fields()}

    assert len(found) > 15
    assert "name" in found["accounts.School"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", sorted(name for name, row in TABLE.items() if row.get and row.get.roles and row.get.status == 200)
)
def test_what_people_typed_is_shown_as_text(name):
    row = TABLE[name]
    SchoolFactory()
    user = UserFactory(role=Role.COORDINATOR if Role.COORDINATOR in row.get.roles else row.get.roles[0])
    client = Client()
    client.force_login(user)
    url = reverse(name, kwargs=row.make(user))
    type_markup_everywhere()

    response = client.get(url)

    page = b"".join(response.streaming_content) if response.streaming else response.content
    assert School.objects.get().name == TYPED
    assert response.status_code == 200
    assert AS_MARKUP not in page
    assert b">14</b>" not in page


@pytest.mark.django_db
def test_the_check_would_see_it():
    SchoolFactory()
    client = Client()
    client.force_login(UserFactory())
    type_markup_everywhere()

    page = client.get(reverse("accounts:settings")).content

    assert page.count(b"&lt;b x=") >= 3
