"""How forms are laid out: a few crispy objects that the template pack “tandem” draws.

A form declares one helper: `form_helper(Group(_("The firm"), Span("name", 6), "kind"), SaveBar(_("Save partner")))`.
The template writes the form tag itself, with `{% csrf_token %}` and `{% form_key %}` and then `{% crispy form %}`.
"""

from typing import TypeAlias

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

Words = str | Promise
Part: TypeAlias = str | LayoutObject


def form_helper(*parts: Part, show_summary: bool = True, mark_optional: bool = False) -> FormHelper:
    """Return the one helper of a form, without empty parts; `show_summary` lists what is wrong above a long form."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    helper.error_summary = show_summary
    helper.show_optional = mark_optional
    if parts:
        helper.layout = Layout(*(part for part in parts if part != ""))
    return helper


class Group(LayoutObject):
    """A named group of fields on a grid of six columns; a field takes three unless a Span says otherwise."""

    template = "%s/layout/group.html"

    def __init__(self, legend: Words, *fields: Part, hint: Words = "", css_class: str = "") -> None:
        self.legend = legend
        self.fields = list(fields)
        self.hint = hint
        self.css_class = css_class

    def render(
        self,
        form: BaseForm,
        context: Context,
        template_pack: str = TEMPLATE_PACK,
        **kwargs: object,
    ) -> SafeString:
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(self.get_template_name(template_pack), {"group": self, "fields": fields})


class Span(Field):
    """A field that takes `columns` of the six (2, 3, 4 or 6)."""

    def __init__(self, name: str, columns: int, **kwargs: object) -> None:
        super().__init__(name, wrapper_class=f"w{columns}", **kwargs)


class Choices(Field):
    """A set of radio buttons or tick boxes: `stack` below one another, `inline` in a line, `tiles` as large targets."""

    LOOKS = {
        "stack": ("td-choices-stack", "td-check"),
        "inline": ("td-choices-inline", "td-check"),
        "tiles": ("td-choices-tiles", "td-tap"),
    }

    def __init__(self, name: str, look: str = "inline", columns: int = 6) -> None:
        super().__init__(name, wrapper_class=f"w{columns}")
        self.look = look

    def render(
        self,
        form: BaseForm,
        context: Context,
        template_pack: str = TEMPLATE_PACK,
        **kwargs: object,
    ) -> SafeString:
        choices_class, choice_class = self.LOOKS[self.look]
        extra = {"choices_class": choices_class, "choice_class": choice_class}
        return super().render(form, context, template_pack=template_pack, extra_context=extra, **kwargs)


class SaveBar(LayoutObject):
    """The bar under a form: a note, a way out and the one primary button, named after the thing it saves."""

    template = "%s/layout/save_bar.html"

    def __init__(self, label: Words, *, cancel_url: str = "", note: Words = "", icon: str = "") -> None:
        self.label = label
        self.cancel_url = cancel_url
        self.note = note
        self.icon = icon
        self.fields: list[Part] = []

    def render(
        self,
        form: BaseForm,
        context: Context,
        template_pack: str = TEMPLATE_PACK,
        **kwargs: object,
    ) -> SafeString:
        return render_to_string(self.get_template_name(template_pack), {"bar": self})


def described(label: Words, hint: Words) -> SafeString:
    """Return a choice's label with a second, quieter line."""
    return format_html("{}<small>{}</small>", label, hint)
