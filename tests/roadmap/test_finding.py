"""The search page, and how matches are marked."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from roadmap.finding import find_everywhere
from roadmap.search import fold, is_short, marked, words_of
from roadmap.slots import SearchHit, SearchSource
from roadmap.templatetags.roadmap import mark


def source(key: str, *titles: str, **fields: object) -> SearchSource:
    """A kind of record with these titles, found by its folded words."""

    def find(user: User, words: list[str], limit: int) -> list[SearchHit]:
        hits = [title for title in titles if all(fold(word) in fold(title) for word in words)]
        return [SearchHit(title, "Foundry Lane", "/more/", "building-store", 7, "Agreement") for title in hits][:limit]

    return SearchSource(key, key.capitalize(), find, **fields)


FIRMS = [f"Kestrel {n}" for n in range(60)]


@pytest.mark.parametrize(
    ("text", "words", "pieces"),
    [
        ("Kestrel Precision", ["kest"], [("Kest", True), ("rel Precision", False)]),
        ("Café Zürich", ["cafe", "ZUR"], [("Café", True), (" ", False), ("Zür", True), ("ich", False)]),
        ("Weißenbach", ["ss"], [("Wei", False), ("ß", True), ("enbach", False)]),
        ("Cafe\u0301 Nord", ["café"], [("Cafe\u0301", True), (" Nord", False)]),
        ("aaa", ["aa"], [("aa", True), ("a", False)]),
        ("Nothing", ["xyz"], [("Nothing", False)]),
        ("", ["x"], []),
    ],
)
def test_match_is_marked_whatever_case_and_accents(text, words, pieces):
    assert marked(text, words) == pieces


@given(st.text(max_size=60), st.lists(st.text(max_size=5), max_size=3))
def test_marking_loses_nothing_of_the_text(text, words):
    assert "".join(piece for piece, _hit in marked(text, words)) == text


def test_marking_leaves_markup_as_text():
    assert mark("<b>Kest & Co</b>", ["kest"]) == "&lt;b&gt;<mark>Kest</mark> &amp; Co&lt;/b&gt;"


@given(st.text(max_size=300))
def test_words_of_any_query_are_few_and_short(query):
    words = words_of(query)

    assert len(words) <= 8
    assert all(0 < len(word) <= 60 and "\x00" not in word for word in words)


@pytest.mark.parametrize(
    ("query", "short"), [("ng", True), ("3 m", True), ("ng ltd", False), ("kes", False), ("", True)]
)
def test_query_without_three_letters_is_short(query, short):
    assert is_short(words_of(query)) == short


def test_groups_without_a_hit_are_left_out(contribute, coordinator):
    contribute(source("partners", "Kestrel Precision"), source("people", "Rosa Lindqvist"))

    groups = find_everywhere(coordinator, "kest")

    assert [(group.key, group.count_text) for group in groups] == [("partners", "1")]


def test_few_of_each_kind_are_shown_and_many_of_the_one_asked_for(contribute, coordinator):
    contribute(source("partners", *FIRMS), source("people", *FIRMS[:3]))

    of_all = find_everywhere(coordinator, "kestrel")
    of_one = find_everywhere(coordinator, "kestrel", "partners")

    assert [(len(group.hits), group.count_text) for group in of_all] == [(5, "5+"), (3, "3")]
    assert [(len(group.hits), group.count_text) for group in of_one] == [(50, "50+"), (3, "3")]


@pytest.mark.parametrize("query", ["", "k", " \x00 ", "k\x00"])
def test_less_than_two_letters_finds_nothing(contribute, coordinator, query):
    contribute(source("partners", *FIRMS))

    assert find_everywhere(coordinator, query) == []


def test_page_marks_matches_and_leads_to_records(contribute, coordinator, client_for):
    contribute(source("partners", "Kestrel Precision"), source("people", "Keston Lane"))

    page = client_for(coordinator).get(reverse("roadmap:search"), {"q": "kest"}).content.decode()

    assert "2 results for “kest”" in page
    assert '<a class="td-name td-tapl is-long" href="/more/"><span><mark>Kest</mark>rel Precision</span></a>' in page
    assert '<span class="td-stage s-7">Agreement</span>' in page
    assert 'value="kest"' in page


def test_page_of_one_kind_shows_that_kind_alone(contribute, coordinator, client_for):
    contribute(source("partners", "Kestrel Precision"), source("people", "Keston Lane"))

    page = client_for(coordinator).get(reverse("roadmap:search"), {"q": "kest", "kind": "people"}).content.decode()

    assert "on Lane" in page
    assert "rel Precision" not in page
    assert 'href="?q=kest&amp;kind=people" aria-current="page"' in page


def test_page_leads_to_the_list_where_there_is_more(contribute, coordinator, client_for):
    contribute(source("partners", *FIRMS, all_url=lambda query: f"/more/?q={query}"))

    page = client_for(coordinator).get(reverse("roadmap:search"), {"q": "kestrel"}).content.decode()

    assert "More than 5 results" in page
    assert 'href="/more/?q=kestrel"' in page


@pytest.mark.parametrize("query", ["zzz", "", "x", "<script>", "\x00", "\U0001d50e" * 300, "'; --", "%_"])
def test_page_without_result_keeps_what_was_typed(contribute, coordinator, client_for, query):
    contribute(source("partners", "Kestrel Precision"))

    response = client_for(coordinator).get(reverse("roadmap:search"), {"q": query})

    assert response.status_code == 200
    assert 'id="again"' in response.content.decode()
    assert "<script>" not in response.content.decode()
