"""What one look at a page works out, it works out once."""

from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.looks import once, one_look
from accounts.middleware import look_middleware, school_middleware
from accounts.models import School
from accounts.services import current_school


def test_once_works_each_time_outside_a_look():
    found = iter([1, 2])

    assert [once("tests.n", lambda: next(found)), once("tests.n", lambda: next(found))] == [1, 2]


def test_once_keeps_what_it_found_until_the_look_is_over():
    found = iter([1, 2])

    with one_look():
        first = [once("tests.n", lambda: next(found)), once("tests.n", lambda: next(found))]
    with one_look():
        second = once("tests.n", lambda: next(found))

    assert (first, second) == ([1, 1], 2)


def test_look_within_a_look_leaves_the_outer_one_as_it_was():
    with one_look():
        once("tests.n", lambda: "outer")
        with one_look():
            inner = once("tests.n", lambda: "inner")
        outer = once("tests.n", lambda: "again")

    assert (inner, outer) == ("inner", "outer")


def test_page_reads_the_school_once(client_for, coordinator):
    client = client_for(coordinator)

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("roadmap:journey"))

    assert sum('FROM "accounts_school"' in query["sql"] for query in queries.captured_queries) == 1


def test_post_reads_again_what_it_may_have_changed(school):
    seen = []

    def view(_request):
        School.objects.update(name="Weir Lane College")
        seen.append(current_school().name)

    look_middleware(school_middleware(view))(RequestFactory().post("/"))

    assert seen == ["Weir Lane College"]
