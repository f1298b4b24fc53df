"""Tags for the small things of a page: icons, chips, bars, dates, figures, fields of a form."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.template import Engine
from django.templatetags.static import static
from django.utils import dateformat, timezone
from django.utils.crypto import get_random_string
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from ui.icons import ICONS
from ui.lists import ListPage
from ui.renderers import draw_select

register = template.Library()

SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}
NO_VALUE = "–"
Words = str | Promise


@register.simple_tag
@cache
def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon. It says nothing by itself: the meaning stands beside it in words."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"“{name}” is not in ui/icons.py")
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {css}" if css else "",
        static("icons/sprite.svg"),
        name,
    )


@register.simple_tag
def stage_chip(stage: int, label: Words) -> SafeString:
    """Name where a relationship stands, in the colour of its stage of the roadmap (1 to 8)."""
    return format_html('<span class="td-stage s-{}">{}</span>', stage, label)


@register.simple_tag
def pill(label: Words, tone: str = "", icon_name: str = "") -> SafeString:
    """Name the state of a thing; `tone` is ok, warn, bad, info or nothing."""
    return _pill(str(label), tone, icon_name)


@lru_cache(maxsize=2048)
def _pill(label: str, tone: str, icon_name: str) -> SafeString:
    return format_html(
        '<span class="td-pill {}">{}{}</span>',
        tone,
        icon(icon_name) if icon_name else "",
        label,
    )


@register.simple_tag
def bar(value: float | Decimal | None, total: float | Decimal = 100, css: str = "") -> SafeString:
    """Draw a share of a whole; its width is an attribute, since the page allows no inline style."""
    share = 100 * float(value or 0) / float(total) if total else 0
    return _bar(f"{max(0.0, min(100.0, share)):.0f}", css)


@lru_cache(maxsize=1024)
def _bar(width: str, css: str) -> SafeString:
    return format_html(
        '<svg class="td-bar {}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="6"/></svg>',
        css,
        width,
    )


@register.simple_tag
def progress(step: int, steps: int) -> SafeString:
    """Draw how far a public form is; the words “Step 1 of 3” stand above."""
    bars = format_html_join("", '<i class="{}"></i>', (("on" if n < step else "off",) for n in range(steps)))
    return format_html('<div class="pb-prog" aria-hidden="true">{}</div>', bars)


def initials(name: str) -> str:
    """Return at most two letters: of the first and the last word that begin with a letter or figure."""
    words = [word for word in name.split() if word[0].isalnum()]
    picked = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in picked).upper()


@register.simple_tag
@lru_cache(maxsize=1024)
def avatar(name: str) -> SafeString:
    """Show a person by initials, with the whole name for those who cannot see or guess it."""
    return format_html(
        '<span class="avatar" title="{0}" aria-hidden="true">{1}</span><span class="visually-hidden">{0}</span>',
        name,
        initials(name),
    )


@register.simple_tag
def firm_avatar(name: str, stage: int, css: str = "") -> SafeString:
    """Show an organisation by initials; its name always stands beside."""
    return format_html(
        '<span class="avatar firm s-{} {}" aria-hidden="true">{}</span>',
        stage,
        css,
        initials(name),
    )


def _day(value: dt.date, today: dt.date) -> str:
    return dateformat.format(value, "D j M" if value.year == today.year else "D j M Y")


def _near(value: dt.date, today: dt.date) -> str:
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return near.get((value - today).days) or _day(value, today)


def _late(value: dt.date, today: dt.date) -> str:
    """Say how late something due is; a day still to come is named as usual."""
    days = (today - value).days
    if days < 1:
        return _near(value, today)
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


FORMS = {
    "row": _day,
    "near": _near,
    "late": _late,
    "long": lambda value, today: dateformat.format(value, "j F Y"),
    "month": lambda value, today: dateformat.format(value, "F Y"),
}


@register.simple_tag
def when(value: dt.date | dt.datetime | None, form: str = "row") -> SafeString | str:
    """Write a date in the school's time zone.

    `form`: row “Thu 12 Mar”, long “12 March 2026”, near “today” or the row's form, late “2 days late”, month
    “March 2026”, time “09:30”. A datetime in row or near form has its time behind: “Thu 12 Mar, 09:30”.
    """
    if value is None:
        return NO_VALUE
    local = timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value
    return _time_element(local, local.isoformat(), form, timezone.localdate(), get_language())


@lru_cache(maxsize=8192)
def _time_element(
    local: dt.date | dt.datetime, iso: str, form: str, today: dt.date, language: str | None
) -> SafeString:
    """Write a date once for all rows that show it; equal moments in two time zones differ in `iso`."""
    clock = dateformat.time_format(local, "H:i") if isinstance(local, dt.datetime) else ""
    day = local.date() if isinstance(local, dt.datetime) else local
    words = clock if form == "time" else FORMS[form](day, today)
    if clock and form in {"row", "near"}:
        words = f"{words}, {clock}"
    return format_html('<time datetime="{}">{}</time>', iso, words)


@register.simple_tag
def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """Write a figure with the language's separators; nothing at all is a dash."""
    if value is None:
        return NO_VALUE
    return _figure(value, decimals)


def _figure(value: float | Decimal, decimals: int) -> str:
    """Round half up, as people do; Django's number_format alone would cut the rest off."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return number_format(rounded, decimals, use_l10n=True, force_grouping=True)


@register.simple_tag
def money(value: Decimal | None, currency: str = "EUR") -> str:
    """Write an amount; cents only where there are some."""
    if value is None:
        return NO_VALUE
    decimals = 0 if value == value.to_integral_value() else 2
    figure = _figure(value, decimals)
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{figure}" if symbol else f"{currency}\u00a0{figure}"


@register.simple_tag
def form_key() -> SafeString:
    """Give this copy of a form a key of its own, by which a double click is known (see ui.services.act_once)."""
    return format_html('<input type="hidden" name="form_key" value="{}">', get_random_string(22))


UNLIKE_OTHERS = (forms.CheckboxInput, forms.MultiWidget)
CONTROLS = {
    forms.CheckboxInput: "form-check-input",
    forms.RadioSelect: "form-check-input",
    forms.CheckboxSelectMultiple: "form-check-input",
    forms.Select: "form-select",
}


@register.simple_tag(takes_context=True)
def drawn_field(context: template.Context, field: BoundField) -> SafeString:
    """Draw a field as `tandem/field.html` does; a plain one, of which a page has dozens, without going through it."""
    is_odd = field.is_hidden or field.use_fieldset or isinstance(field.field.widget, UNLIKE_OTHERS)
    if is_odd or field.errors or field.help_text or context.get("show_optional"):
        with context.push(field=field):
            return Engine.get_default().get_template("tandem/field.html").render(context)
    return format_html(
        '<div id="div_{}" class="{}"><label class="form-label" for="{}">{}</label>{}</div>',
        field.auto_id,
        context.get("wrapper_class", ""),
        field.id_for_label,
        field.label,
        control(field),
    )


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Render a field's widget in the design's look; label, hint and error are the template pack's."""
    widget = field.field.widget
    look = next(
        (css for kind, css in CONTROLS.items() if isinstance(widget, kind)),
        "form-control",
    )
    own = widget.attrs.get("class", "")
    invalid = "is-invalid" if field.errors else ""
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, [look, own, invalid]))}
    return _select(field, attrs) if type(widget) is forms.Select else field.as_widget(attrs=attrs)


def _select(field: BoundField, attrs: dict[str, str | bool]) -> SafeString:
    widget = field.field.widget
    all_attrs = {"id": field.auto_id} | widget.attrs | field.build_widget_attrs(attrs, widget)
    chosen = {str(value) for value in widget.format_value(field.value())}
    return draw_select(field.html_name, field.field.widget.choices, chosen, all_attrs)


PART_NAMES = {
    "_min": gettext_lazy("at least"),
    "_max": gettext_lazy("at most"),
    "_after": gettext_lazy("from"),
    "_before": gettext_lazy("up to"),
}


@register.simple_tag
def control_parts(field: BoundField) -> SafeString:
    """Render a control made of several, such as the ends of a range, each with a name of its own."""
    widget = field.field.widget
    for part, suffix in zip(widget.widgets, widget.widgets_names, strict=True):
        name = PART_NAMES.get(suffix, suffix.strip("_"))
        part.attrs |= {"class": "form-control", "aria-label": f"{field.label}, {name}"}
        if isinstance(part, forms.DateInput):
            part.input_type, part.format = "date", "%Y-%m-%d"
    return field.as_widget()


@register.simple_tag
def choice_input(option: BoundWidget) -> SafeString:
    """Render one radio button or tick box of a set, without its label."""
    option.data["attrs"]["class"] = "form-check-input"
    return option.tag()


@register.filter
def error_target(field: BoundField) -> str:
    """Return the id to which an error summary jumps: the control, or the first of a set."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.id_for_label or field.auto_id)


@register.filter(name="initials")
def initials_filter(name: str) -> str:
    return initials(name or "")


@register.simple_tag
def swap(url: str, target: str = "#rows") -> SafeString:
    """Make a link that also works through HTMX: the target is replaced and the address follows."""
    return format_html('href="{0}" hx-get="{0}" hx-target="{1}" hx-swap="outerHTML"', url, target)


@register.simple_tag
def sort_header(page: ListPage, name: str, css: str = "") -> SafeString:
    """Render a table heading that sorts the list by `name`; its state is in aria-sort, not in the arrow alone."""
    link = next(link for link in page.sort_links if link.name == name)
    arrow = {"ascending": "chevron-up", "descending": "chevron-down"}.get(link.direction, "selector")
    state = format_html(' aria-sort="{}"', link.direction) if link.direction else ""
    return format_html(
        '<th scope="col" role="columnheader" class="{}"{}><a class="td-sort" {}>{} {}</a></th>',
        css,
        state,
        swap(link.url),
        link.label,
        icon(arrow),
    )


@register.filter
def field_words(name: str) -> str:
    """Turn a field's name into words, where its label is not at hand."""
    return name.replace("_", " ").replace("-", " ").capitalize()
