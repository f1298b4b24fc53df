import datetime as dt
import re
from itertools import product

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from ui.renderers import DRAWN, QuickRenderer
from ui.templatetags.ui import control
from ui.widgets import DateInput, DateTimeInput, PhoneInput, TimeInput

HOSTILE = "<b>\"quoted\" & 'more'</b>"
CHOICES = [
    ("", "Any"),
    ("Group", [("a", HOSTILE), (HOSTILE, "B")]),
    (1, "One"),
    (None, "None"),
    ("s", mark_safe("<i>safe</i>")),
]
ATTRS = {
    "id": "x",
    "class": HOSTILE,
    "required": True,
    "disabled": False,
    "data-n": 3,
    "aria-label": mark_safe("&amp;"),
}

WIDGETS = [
    forms.TextInput(),
    forms.NumberInput(),
    forms.EmailInput(),
    forms.URLInput(),
    forms.PasswordInput(render_value=True),
    forms.HiddenInput(),
    forms.DateInput(),
    forms.DateTimeInput(),
    forms.TimeInput(),
    forms.CheckboxInput(),
    forms.Textarea(),
    forms.Select(choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES),
    forms.RadioSelect(choices=CHOICES),
    forms.CheckboxSelectMultiple(choices=CHOICES),
    forms.FileInput(),
    forms.ClearableFileInput(),
    forms.SelectDateWidget(years=[2026]),
    DateInput(),
    DateTimeInput(),
    TimeInput(),
    PhoneInput(),
]
VALUES = [None, "", "plain", HOSTILE, 0, 7, ["a", HOSTILE], True, False, dt.datetime(2026, 3, 12, 9, 4, 5)]
PAIRS = [
    *product(WIDGETS, VALUES),
    *product([forms.NullBooleanSelect()], [None, True, False, "unknown"]),
    (forms.MultipleHiddenInput(), ["a", HOSTILE]),
    (forms.SplitDateTimeWidget(), dt.datetime(2026, 3, 12, 9, 4, 5)),
]


def markup(html):
    """Leave out the blanks between elements, of which Django's templates have more."""
    return re.sub(r">\s+<", "><", html).strip()


@pytest.mark.parametrize(("widget", "value"), PAIRS, ids=lambda part: getattr(part, "input_type", None))
@pytest.mark.parametrize("attrs", [{}, ATTRS], ids=["bare", "dressed"])
def test_a_control_is_drawn_as_django_draws_it(widget, value, attrs):
    drawn = widget.render("field", value, attrs, renderer=QuickRenderer())

    assert markup(drawn) == markup(widget.render("field", value, attrs, renderer=DjangoTemplates()))


@given(st.text(), st.text(), st.text())
def test_no_text_gets_out_of_its_attribute(name, value, label):
    widget = forms.Select(choices=[(value, label)])

    drawn = widget.render(name, value, renderer=QuickRenderer())

    assert markup(drawn) == markup(widget.render(name, value, renderer=DjangoTemplates()))


@pytest.mark.parametrize("label", ["---------", "Not chosen"])
def test_empty_choice_is_said_in_words(label):
    form = forms.Form()
    form.fields["size"] = forms.ChoiceField(choices=[("", label), ("Of a kind", [("5", "Five")])], initial="5")

    drawn = [control(form["size"]), form["size"].as_widget()]

    assert all("Not chosen</option>" in text and "---" not in text for text in drawn)


@pytest.mark.parametrize("wrap", [True, False])
def test_single_choices_are_drawn_with_and_without_their_label(wrap):
    form = forms.Form()
    form.fields["size"] = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)

    for renderer in (QuickRenderer(), DjangoTemplates()):
        form.renderer = renderer
        texts = [markup(option.tag(wrap_label=wrap)) for option in form["size"]]
        if isinstance(renderer, QuickRenderer):
            quick = texts

    assert quick == texts


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_every_control_drawn_here_is_one_of_djangos(name):
    assert DjangoTemplates().get_template(name)
