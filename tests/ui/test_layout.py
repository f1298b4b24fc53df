import logging

from crispy_forms.utils import render_crispy_form
from django import forms

from ui.layout import Group, form_helper


class Fresh(forms.Form):
    """A form that has no version to carry yet."""

    name = forms.CharField()
    helper = form_helper("", Group("The firm", "name"), show_summary=False)


def test_part_that_a_form_has_not_is_left_out_without_complaint(caplog):
    with caplog.at_level(logging.DEBUG):
        drawn = render_crispy_form(Fresh())

    assert 'name="name"' in drawn
    assert caplog.records == []
