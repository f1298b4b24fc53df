"""Form controls drawn in plain Python: the very HTML of Django's templates in a tenth of their time.

A list's filter alone has more than a hundred options, and Django renders a template for each.
One thing differs: where Django offers a row of dashes as the empty choice, words say what it means.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

Widget = Mapping[str, Any]
DASHES = "---------"


def _worded(label: object) -> str:
    """Say what an empty choice means, where a form leaves Django's dashes there."""
    text = str(label)
    return _("Not chosen") if text == DASHES else text


def _attributes(widget: Widget) -> str:
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{conditional_escape(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{conditional_escape(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{conditional_escape(widget["name"])}"{value}{_attributes(widget)}>'


def _choice(widget: Widget) -> str:
    if not widget.get("wrap_label"):
        return _input(widget)
    target = widget["attrs"].get("id")
    label = f'<label for="{conditional_escape(target)}">' if target else "<label>"
    return f"{label}{_input(widget)} {conditional_escape(widget['label'])}</label>"


def _textarea(widget: Widget) -> str:
    text = conditional_escape(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{conditional_escape(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>'


def _option(widget: Widget) -> str:
    value, label = conditional_escape(widget["value"]), conditional_escape(_worded(widget["label"]))
    return f'<option value="{value}"{_attributes(widget)}>{label}</option>'


def _select(widget: Widget) -> str:
    parts = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget)}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{conditional_escape(group)}">')
        parts.extend(f"\n  {_option(option)}" for option in options)
        if group:
            parts.append("\n  </optgroup>")
    return "".join([*parts, "\n</select>"])


def draw_select(name: str, choices: Iterable[Any], chosen: Container[str], attrs: Mapping[str, Any]) -> SafeString:
    """Draw a select straight from its choices: Django's widget first makes a dictionary of each option."""
    parts = [f'<select name="{conditional_escape(name)}"{_attributes({"attrs": attrs})}>']
    for value, label in choices:
        if isinstance(label, list | tuple):
            options = "".join(_drawn_option(str(key), _worded(text), str(key) in chosen) for key, text in label)
            parts.append(f'<optgroup label="{conditional_escape(value)}">{options}</optgroup>')
        else:
            key = "" if value is None else str(value)
            parts.append(_drawn_option(key, _worded(label), key in chosen))
    return mark_safe("".join([*parts, "</select>"]))  # noqa: S308 - every value above is escaped


@lru_cache(maxsize=4096)
def _drawn_option(value: str, label: str, is_chosen: bool) -> str:  # noqa: FBT001 - the key of a cache
    return f'<option value="{escape(value)}"{" selected" if is_chosen else ""}>{escape(label)}</option>'


INPUTS = (
    "input",
    "text",
    "number",
    "email",
    "url",
    "password",
    "hidden",
    "checkbox",
    "date",
    "datetime",
    "time",
    "color",
)
DRAWN: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in (*INPUTS, "search", "tel")},
    "django/forms/widgets/checkbox_option.html": _choice,
    "django/forms/widgets/radio_option.html": _choice,
    "django/forms/widgets/input_option.html": _choice,
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/select_option.html": _option,
}


class QuickRenderer(DjangoTemplates):
    """Draws the everyday controls itself and leaves the rest to the templates."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        draw = DRAWN.get(template_name)
        if draw is None:
            return super().render(template_name, context, request)
        return mark_safe(draw(context["widget"]))  # noqa: S308 - every value above is escaped
