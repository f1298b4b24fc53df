"""Markup and style sheets agree: what a template names is drawn, and colours come from the tokens."""

import re
from pathlib import Path

import pytest
from django.conf import settings

APPS = set(settings.TANDEM_APPS)
STYLES = settings.BASE_DIR / "static" / "css"
NAME = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
CLASSES = re.compile(r'class="((?:[^"{]|\{%.*?%\}|\{\{.*?\}\})*)"', re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
ELSEWHERE = {"emails", "print", "admin"}  # mails, PDFs and Django's own admin bring their styles along


def app_pages():
    templates = settings.BASE_DIR / "templates"
    return sorted(path for path in templates.rglob("*.html") if ELSEWHERE.isdisjoint(path.relative_to(templates).parts))


def named(markup):
    """Return the class names written out in full; those that a tag completes are left alone."""
    for value in CLASSES.findall(markup):
        yield from (name for name in TAG.sub("\x00", value).split() if "\x00" not in name)


@pytest.fixture(scope="module")
def drawn():
    sheets = [*STYLES.glob("*.css"), settings.BASE_DIR / "static" / "vendor" / "tabler.min.css"]
    return {name for sheet in sheets for name in NAME.findall(sheet.read_text())}


def test_every_class_in_a_template_is_drawn(drawn):
    missing = {
        (path.relative_to(settings.BASE_DIR / "templates").as_posix(), name)
        for path in app_pages()
        for name in named(path.read_text())
        if name not in drawn
    }

    assert missing == set()


# Names that Python puts together: stages, columns of a form; and what HTMX and the browser add.
MADE = re.compile(r"s-[1-8]|w[246]|htmx-request|woff2|\d.*")
APP_SHEETS = ["tokens", "layout", "components", "ways", "forms", "lists", "pages", "public", "roadmap", "goals"]


def test_every_class_that_is_drawn_is_used():
    code = [
        path for path in settings.BASE_DIR.glob("*/**/*.py") if path.relative_to(settings.BASE_DIR).parts[0] in APPS
    ]
    scripts = (settings.BASE_DIR / "static" / "js").glob("*.js")
    used = set(re.findall(r"[\w-]+", " ".join(path.read_text() for path in [*app_pages(), *code, *scripts])))

    drawn = {(name, found) for name in APP_SHEETS for found in NAME.findall((STYLES / f"{name}.css").read_text())}

    assert {(sheet, name) for sheet, name in drawn if name not in used and not MADE.fullmatch(name)} == set()


@pytest.mark.parametrize("path", sorted(STYLES.glob("*.css")), ids=lambda path: path.name)
def test_a_style_sheet_is_short_and_asks_for_nothing_from_elsewhere(path: Path):
    text = path.read_text()

    assert len(text.splitlines()) <= 400
    assert re.findall(r"url\((?!\"data:|\"?\.\./fonts/)[^)]*\)", text) == []
    assert "@import" not in text


@pytest.mark.parametrize("name", ["layout", "components", "ways", "forms", "lists"])
def test_colours_come_from_the_tokens(name):
    text = re.sub(r"light-dark\([^;]*|url\([^;]*", "", (STYLES / f"{name}.css").read_text())

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", text) == []


def test_every_token_that_is_used_exists():
    texts = {path.name: path.read_text() for path in STYLES.glob("*.css")}
    defined = {name for text in texts.values() for name in re.findall(r"(--[\w-]+)\s*:", text)}

    used = {(file, name) for file, text in texts.items() for name in re.findall(r"var\((--td-[\w-]+)", text)}

    assert {(file, name) for file, name in used if name not in defined} == set()
