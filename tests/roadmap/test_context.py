"""The sidebar, the phone bar and “Log or add”."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from accounts.rules import can_edit
from roadmap import registry
from roadmap.context import actions, groups, navigation, pages_for
from roadmap.counts import as_text, counts_for, forget_counts
from roadmap.slots import Action, NavGroup, Page, Stage
from tests.roadmap.factories import today_page

SEARCH = Page("Search", "roadmap:search", "search", NavGroup.WORK, order=2, stage=4)
MORE = Page("More", "roadmap:more", "menu-2", NavGroup.WORK, order=1, phone=True)


def test_sidebar_shows_groups_in_their_order_without_empty_ones(contribute, coordinator):
    contribute(SEARCH, Stage(1, "Goals", "What do we want?", "target-arrow", pages=(MORE,)), today_page())

    shown = groups(coordinator, "/nowhere/")

    assert [(str(group.label), [str(entry.label) for entry in group.entries]) for group in shown] == [
        ("", ["Today"]),
        ("Work together", ["More", "Search"]),
    ]


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", "Today"), ("/search/", "Search"), ("/search/deeper/", "Search"), ("/elsewhere/", None)],
)
def test_current_entry_is_the_one_the_address_lies_in(contribute, coordinator, path, current):
    contribute(today_page(), SEARCH)

    entries = [entry for group in groups(coordinator, path) for entry in group.entries if entry.current]

    assert [entry.label for entry in entries] == ([current] if current else [])


def test_entry_is_current_on_pages_elsewhere_that_belong_to_it(contribute, coordinator):
    contribute(today_page(also=("roadmap:search",)))

    (today,) = [entry for group in groups(coordinator, "/search/deeper/") for entry in group.entries]

    assert today.current


def test_page_is_hidden_from_whom_it_is_not_for(contribute, coordinator, viewer):
    contribute(today_page(shown_to=can_edit))

    assert [page.label for page in pages_for(coordinator)] == ["Today"]
    assert pages_for(viewer) == []


def test_count_is_kept_until_forgotten(contribute, coordinator):
    asked = []
    page = today_page(count=lambda user: asked.append(user) or len(asked))

    first = counts_for(coordinator, [page]), counts_for(coordinator, [page])
    forget_counts(coordinator)
    after = counts_for(coordinator, [page])

    assert first == ({"roadmap:today": 1}, {"roadmap:today": 1})
    assert after == {"roadmap:today": 2}


def test_count_of_one_page_is_forgotten_alone(coordinator):
    asked = []
    pages = [
        Page(name, f"roadmap:{name}", "x", NavGroup.TOP, count=lambda user, name=name: asked.append(name) or 1)
        for name in ("today", "more")
    ]
    counts_for(coordinator, pages)

    forget_counts(coordinator, "roadmap:today")
    counts = counts_for(coordinator, pages)

    assert asked == ["today", "more", "today"]
    assert counts == {"roadmap:today": 1, "roadmap:more": 1}


def test_counts_of_two_people_do_not_mix(coordinator, viewer):
    page = today_page(count=lambda user: user.pk)

    assert counts_for(coordinator, [page]) == {"roadmap:today": coordinator.pk}
    assert counts_for(viewer, [page]) == {"roadmap:today": viewer.pk}


@pytest.mark.parametrize(("count", "text"), [(0, ""), (7, "7"), (10_000, "10,000"), (10_001, "10,000+")])
def test_count_is_written_up_to_ten_thousand(count, text):
    assert as_text(count) == text


def test_urgent_count_is_hot_only_above_zero(contribute, coordinator):
    contribute(
        today_page(urgent=True, count=lambda user: 3), Page("More", "roadmap:more", "x", NavGroup.TOP, urgent=True)
    )

    today, more = groups(coordinator, "/")[0].entries

    assert (today.count, today.hot) == ("3", True)
    assert (more.count, more.hot) == ("", False)


def test_phone_bar_leaves_the_rest_to_the_page_more(contribute, coordinator, client_for):
    contribute(today_page(phone=True), SEARCH)

    page = client_for(coordinator).get(reverse("roadmap:more")).content.decode()

    tiles = page.partition('class="td-tiles"')[2].partition("</section>")[0]
    assert reverse("roadmap:search") in tiles
    assert "Today" not in tiles


def test_actions_are_offered_to_those_who_may(contribute, coordinator, viewer):
    contribute(Action("Search", "roadmap:search", "search", shown_to=can_edit))

    assert actions(coordinator) == [{"label": "Search", "icon": "search", "url": "/search/"}]
    assert actions(viewer) == []


def test_nobody_signed_in_sees_no_sidebar_and_costs_nothing(db, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    with django_assert_num_queries(0):
        assert navigation(request) == {"nav": [], "actions": []}


def test_every_declared_page_and_action_leads_somewhere():
    pages = [*registry.of(Page), *(page for stage in registry.of(Stage) for page in stage.pages)]

    urls = [reverse(slot.url_name) for slot in (*pages, *registry.of(Action))]

    assert all(url.startswith("/") for url in urls)
    assert len({page.url_name for page in pages}) == len(pages)
