"""The eyes of test_consistency see what they should."""

import pytest

from tests import codebase


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Hello there</p>", ["Hello there"]),
        ('<p>{% translate "Hello" %}</p>', []),
        ("<p>{% blocktranslate %}Hello <b>there</b>{% endblocktranslate %}</p>", []),
        ('<input placeholder="Your name">', ["Your name"]),
        ('<input placeholder="{{ hint }}" aria-label="{% translate "Name" %}">', []),
        ("{# a remark #}<kbd>Ctrl</kbd> · {{ count }} – Tandem", []),
        ("{% comment %}a remark{% endcomment %}&nbsp;", []),
    ],
)
def test_untranslated_finds_words_no_translation_reaches(template: str, found: list[str]):
    assert codebase.untranslated(template) == found


def test_elements_are_read_past_template_tags():
    markup = '{% if a > b %}<a href="{% url "ui:more" %}" hx-get="x">{{ name }}</a>{% endif %}'

    assert list(codebase.elements(markup)) == ['<a href="…" hx-get="x">', "</a>"]


def test_role_goes_down_from_urls_to_enums():
    modules = ["accounts.urls", "accounts.views", "accounts.forms", "accounts.services.x", "accounts.rules"]
    modules += ["accounts.models.user", "accounts.enums"]

    roles = [codebase.role(module) for module in modules]

    assert roles == sorted(set(roles))
