"""What addresses and forms say: numbers that may be keys, and the page to go back to."""

import pytest
from django.test import RequestFactory

from ui.requests import key_of, number_in, numbers_in

ENDLESS = "9" * 5000


@pytest.mark.parametrize(
    ("text", "key"),
    [("12", 12), ("", 0), ("-3", 0), ("1.5", 0), ("٣", 0), ("abc", 0), (ENDLESS, 0), ("9" * 18, 10**18 - 1)],
)
def test_only_what_may_be_a_key_is_one(text, key):
    assert key_of(text) == key


def test_form_comes_before_address():
    request = RequestFactory().post("/?partner=7", {"partner": "8"})

    assert number_in(request, "partner") == 8


def test_boxes_are_read_one_by_one():
    request = RequestFactory().post("/", {"person": ["3", "x", ENDLESS]})

    assert numbers_in(request, "person") == [3, 0, 0]


@pytest.mark.parametrize(
    "address",
    [
        "/goals/?cycle={}",
        "/goals/add/?cycle={}",
        "/feedback/findings/add/?partner={}",
        "/feedback/changes/add/?finding={}",
        "/feedback/add/?pilot={}",
        "/feedback/add/?partner={}",
        "/pipeline/?owner={}",
        "/agreements/add/?pilot={}",
        "/pilots/add/?after={}",
        "/value/sheets/add/?programme={}",
    ],
)
@pytest.mark.parametrize("text", [ENDLESS, "9" * 19, "²", "-1"])
def test_senseless_number_in_an_address_breaks_no_page(client_for, coordinator, address, text):
    answer = client_for(coordinator).get(address.format(text))

    assert answer.status_code in {200, 302, 404}
