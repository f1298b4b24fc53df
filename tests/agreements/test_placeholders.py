"""Figures in clauses: a closed list, replaced once, never run."""

import pytest

from agreements.placeholders import Piece, merge, missing_names, pieces, unknown_names

FIGURES = {"partner": "Kestrel", "purpose": "", "title": "{{ partner }} and {% now %}"}


def test_merge_fills_a_figure_with_or_without_blanks():
    assert merge("With {{partner}} and {{ partner }}.", FIGURES) == "With Kestrel and Kestrel."


def test_merge_shows_what_a_missing_figure_is_called():
    assert merge("We want: {{ purpose }}", FIGURES) == "We want: [Purpose]"


def test_merge_does_not_look_into_what_it_filled_in():
    assert merge("{{ title }}", FIGURES) == "{{ partner }} and {% now %}"


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ settings.SECRET_KEY }}",
        "{% load static %}",
        "{{ partner.__class__ }}",
        "{0.__class__}",
        "%(partner)s",
        "{{ partner|safe }}",
        "{{ __class__ }}",
        "{{}}",
        "{{ " + "a" * 60 + " }}",
        "${partner}",
    ],
)
def test_merge_leaves_template_tricks_as_they_stand(hostile):
    assert merge(hostile, FIGURES) == hostile


def test_unknown_names_are_those_no_figure_has():
    assert unknown_names("{{ partner }} {{ salary }} {{ salary }} {{ age }}") == ["age", "salary"]


def test_missing_names_come_in_the_order_of_the_list():
    text = "{{ purpose }} {{ partner }} {{ school }} {{ salary }}"

    assert missing_names(text, FIGURES) == ["school", "purpose"]


def test_pieces_say_which_words_are_figures():
    found = list(pieces("Hosts {{ partner }}; why: {{ purpose }}", FIGURES))

    assert found == [
        Piece("Hosts "),
        Piece("Kestrel", figure="partner"),
        Piece("; why: "),
        Piece("Purpose", figure="purpose", is_missing=True),
    ]
