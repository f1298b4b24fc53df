import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django import forms
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone

from ui.icons import ICONS
from ui.templatetags.ui import initials

THURSDAY = dt.datetime(2026, 3, 12, 9, 4, tzinfo=ZoneInfo("Europe/Vienna"))


def render(text, **context):
    return Template("{% load ui %}" + text).render(Context(context))


def written(value, form="row"):
    """Return the words and the datetime attribute of a `<time>`."""
    with timezone.override(ZoneInfo("Europe/Vienna")), time_machine.travel(THURSDAY, tick=False):
        html = render("{% when value form %}", value=value, form=form)
    found = re.fullmatch(r'<time datetime="([^"]+)">(.+)</time>', html)
    return (found[2], found[1]) if found else (html, None)


@pytest.mark.parametrize(
    ("day", "form", "words"),
    [
        (dt.date(2026, 3, 12), "row", "Thu 12 Mar"),
        (dt.date(2025, 3, 12), "row", "Wed 12 Mar 2025"),
        (dt.date(2026, 3, 12), "long", "12 March 2026"),
        (dt.date(2026, 3, 12), "month", "March 2026"),
        (dt.date(2026, 3, 11), "near", "yesterday"),
        (dt.date(2026, 3, 12), "near", "today"),
        (dt.date(2026, 3, 13), "near", "tomorrow"),
        (dt.date(2026, 3, 14), "near", "Sat 14 Mar"),
        (dt.date(2026, 3, 11), "late", "1 day late"),
        (dt.date(2026, 3, 10), "late", "2 days late"),
        (dt.date(2026, 3, 12), "late", "today"),
        (dt.date(2026, 3, 20), "late", "Fri 20 Mar"),
    ],
)
def test_a_day_is_written_as_the_place_asks(day, form, words):
    assert written(day, form) == (words, day.isoformat())


@pytest.mark.parametrize(
    ("form", "words"),
    [("row", "Thu 12 Mar, 00:30"), ("near", "today, 00:30"), ("time", "00:30"), ("long", "12 March 2026")],
)
def test_a_moment_is_written_in_the_schools_time_zone(form, words):
    moment = dt.datetime(2026, 3, 11, 23, 30, tzinfo=dt.UTC)

    assert written(moment, form) == (words, "2026-03-12T00:30:00+01:00")


def test_no_date_is_a_dash():
    assert written(None) == ("–", None)


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (4.38, 1, "4.4"),
        (4.35, 1, "4.4"),
        (0.5, 0, "1"),
        (10000, 0, "10,000"),
        (Decimal("-1234.5"), 2, "-1,234.50"),
        (None, 0, "–"),
    ],
)
def test_figures_are_rounded_half_up_and_grouped(value, decimals, words):
    assert render("{% number value decimals %}", value=value, decimals=decimals) == words


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (Decimal(3600), "EUR", "€3,600"),
        (Decimal("15908.50"), "GBP", "£15,908.50"),
        (Decimal("12.00"), "CHF", "CHF\u00a012"),
        (None, "EUR", "–"),
    ],
)
def test_money_has_cents_only_where_there_are_some(amount, currency, words):
    assert render("{% money amount currency %}", amount=amount, currency=currency) == words


@pytest.mark.parametrize(
    ("value", "total", "width"), [(51, 100, 51), (14, 20, 70), (-5, 100, 0), (200, 100, 100), (None, 100, 0), (3, 0, 0)]
)
def test_a_bar_is_as_wide_as_the_share_and_never_wider(value, total, width):
    assert f'<rect width="{width}"' in render("{% bar value total %}", value=value, total=total)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Marta Keller", "MK"),
        ("Kestrel Precision Ltd", "KL"),
        ("Marsh & Sons", "MS"),
        ("Cher", "C"),
        ("", ""),
        ("& Co", "C"),
        ("7 Hills", "7H"),
    ],
)
def test_initials_are_of_the_first_and_the_last_word(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    "tag", ["{% stage_chip 7 name %}", '{% pill name "ok" "check" %}', "{% avatar name %}", "{% firm_avatar name 7 %}"]
)
def test_names_are_escaped(tag):
    html = render(tag, name='<script>"x"</script>')

    assert "<script>" not in html


def test_an_unknown_icon_is_refused():
    with pytest.raises(TemplateSyntaxError, match="no-such-icon"):
        render('{% icon "no-such-icon" %}')


def test_the_sprite_holds_exactly_the_icons_of_the_list():
    sprite = (settings.BASE_DIR / "static/icons/sprite.svg").read_text()

    assert re.findall(r'<symbol id="([^"]+)"', sprite) == list(ICONS)
    assert list(ICONS) == sorted(set(ICONS))
    assert "style" not in sprite
    assert "script" not in sprite


def product_files(*endings):
    skipped = {".venv", "var", "tests", "node_modules", "staticfiles", "vendor", "docs"}
    for path in settings.BASE_DIR.rglob("*"):
        if path.suffix in endings and not skipped.intersection(path.relative_to(settings.BASE_DIR).parts):
            yield path


def test_templates_use_no_icon_that_the_sprite_lacks():
    used = {
        (path.name, name)
        for path in product_files(".html")
        for name in re.findall(r'{% icon ["\']([a-z0-9-]+)["\']', path.read_text())
    }

    assert {(file, name) for file, name in used if name not in ICONS} == set()


def test_the_sprite_holds_no_icon_that_nothing_shows():
    apps = set(settings.TANDEM_APPS)
    files = [
        path
        for path in product_files(".html", ".py")
        if path.relative_to(settings.BASE_DIR).parts[0] in {*apps, "templates"}
    ]
    named = {
        name
        for path in files
        if path.name != "icons.py"
        for name in re.findall(r"""["']([a-z0-9-]+)["']""", path.read_text())
    }

    assert set(ICONS) - named == set()


def vendored():
    return sorted(Path(settings.BASE_DIR / "static/vendor").glob("*.*"))


@pytest.mark.parametrize("path", vendored(), ids=lambda path: path.name)
def test_vendored_files_name_no_source_map(path):
    assert "//# sourceMappingURL" not in path.read_text()
    assert "/*# sourceMappingURL" not in path.read_text()


class PlainForm(forms.Form):
    words = forms.CharField(label="Words & more", widget=forms.Textarea)
    kind = forms.ChoiceField(choices=[("a", "First"), ("b", "Second")])
    day = forms.DateField(required=False, help_text="The first one")
    is_open = forms.BooleanField(required=False)


@pytest.mark.parametrize("name", PlainForm.base_fields)
@pytest.mark.parametrize("data", [None, {"words": ""}])
def test_field_is_drawn_as_by_the_template(name, data):
    context = {"field": PlainForm(data)[name], "wrapper_class": "w3"}

    drawn = Template("{% load ui %}{% drawn_field field %}").render(Context(context))

    by_template = Template('{% include "tandem/field.html" %}').render(Context(context))
    assert re.sub(r">\s+|\s+<", lambda found: found[0].strip(), drawn) == re.sub(
        r">\s+|\s+<", lambda found: found[0].strip(), by_template
    )
