"""Tags for partners: rows and cards, what other stages show on a page, numbers to dial."""

from functools import lru_cache

from django import template
from django.template import Engine
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships.board import Card, Column
from partnerships.enums import STAGE_OF_STATUS, Status
from partnerships.models import Organisation
from partnerships.models.phones import dialled
from partnerships.page import Shown
from ui.tables import url_of
from ui.templatetags.ui import NO_VALUE, avatar, firm_avatar, icon, pill, stage_chip, when

register = template.Library()

STEP_LETTERS, CARD_LETTERS = 60, 40
LATE = format_html(' class="{}"', "bad strong")


@register.simple_tag(takes_context=True)
def show(context: template.Context, shown: Shown) -> SafeString:
    """Render a slot's template with its own context, under its names and as `panel`."""
    made = Engine.get_default().get_template(shown.template)
    with context.push(**shown.context, panel=shown.context):
        return made.render(context)


@register.simple_tag
def partner_status(status: str) -> SafeString:
    """Name where a relationship stands: in its stage's colour, or with the icon of a pause or an end."""
    return _chip(status, get_language())


@lru_cache(maxsize=64)
def _chip(value: str, language: str | None) -> SafeString:
    """Draw a chip once for all the rows that show it; `language` keeps the languages apart."""
    status = Status(value)
    stage = STAGE_OF_STATUS.get(status)
    if stage:
        return stage_chip(stage, str(status.label))
    return pill(str(status.label), "", "player-pause" if status == Status.PAUSED else "circle-x")


@register.simple_tag(takes_context=True)
def partner_row(context: template.Context, row: Organisation) -> SafeString:
    """Write a row of the list. In one piece, for fifty of them are most of the page's work."""
    return format_html(
        '<tr role="row" data-row><th scope="row" role="rowheader">{}</th><td role="cell">{}</td>'
        '<td role="cell" class="sm hide-m">{}</td><td role="cell" class="sm full">{}</td>'
        '<td role="cell" class="hide-m">{}</td><td role="cell" class="sm sub hide-m">{}</td></tr>',
        _firm(row.pk, row.name, row.short_name, row.colour, str(row.trade_words), row.town),
        partner_status(row.status),
        when(row.last_contact_on, "near"),
        _next_step(row) if row.has_next_step else format_html('<span class="hide-m">{}</span>', NO_VALUE),
        avatar(row.owner.name) if row.owner else _take_it(context, row),
        when(row.added_on, "near"),
    )


@lru_cache(maxsize=4096)
def _firm(pk: int, name: str, short_name: str, colour: int, trade: str, town: str) -> SafeString:
    """Write letters, the name that leads to the page, and trade and town below it; once for all who look at it."""
    return format_html(
        '<span class="row-flex nowrapf">{}<span><a class="td-name" href="{}"><bdi>{}</bdi></a>'
        '<span class="d-block sm sub"><bdi>{}</bdi>{}<bdi>{}</bdi></span></span></span>',
        firm_avatar(short_name, colour, "hide-m"),
        url_of("partnerships:detail", pk),
        name,
        trade,
        " · " if trade and town else "",
        town,
    )


def _next_step(organisation: Organisation, letters: int = STEP_LETTERS) -> SafeString:
    """Say what comes next and when; what is late stands out."""
    words = _shortened(organisation.next_step_text, letters)
    return format_html(
        "<span{}>{}, {}</span>", LATE if organisation.is_late else "", words, when(organisation.next_step_on, "late")
    )


@lru_cache(maxsize=4096)
def _shortened(text: str, letters: int) -> str:
    return Truncator(text).chars(letters)


def _take_it(context: template.Context, row: Organisation) -> SafeString | str:
    if not context.get("can_edit"):
        return NO_VALUE
    return format_html(
        '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="next" value="{}?{}"><button class="btn btn-sm btn-ghost" type="submit">{}'
        '<span class="visually-hidden">: {}</span></button></form>',
        url_of("partnerships:take", row.pk),
        context["csrf_token"],
        context["request"].path,
        context["page"].address,
        _("Take it"),
        row.name,
    )


@register.simple_tag(takes_context=True)
def cards(context: template.Context, column: Column) -> SafeString:
    """Write the cards of a column; each holds the form that moves it, by its menu as by dragging."""
    hidden = _hidden(context, column) if context["can_edit"] else ""
    return format_html_join("", "{}", ((_card(card, column, hidden),) for card in column.cards))


def _hidden(context: template.Context, column: Column) -> SafeString:
    """Write what the forms of all cards of a column have in common."""
    fields = {
        "csrfmiddlewaretoken": context["csrf_token"],
        "card": "1",
        "seen": column.status,
        "next": context["address"],
    }
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items())


def _card(card: Card, column: Column, hidden: SafeString | str) -> SafeString:
    firm = card.organisation
    return format_html(
        '<li class="bd-card" data-id="{}" data-row>'
        '<div class="row1"><a class="td-name" href="{}"><bdi>{}</bdi></a>{}</div>'
        '<span class="sm sub"><bdi>{}</bdi></span>{}<div class="ft">{}{}</div></li>',
        firm.pk,
        url_of("partnerships:detail", firm.pk),
        firm.name,
        _move_form(firm, column, hidden) if hidden else "",
        card.said,
        format_html("<div>{}</div>", pill(card.pill.label, card.pill.tone, card.pill.icon)) if card.pill else "",
        _next_step(firm, CARD_LETTERS) if firm.has_next_step else format_html("<span>{}</span>", _("No next step")),
        avatar(firm.owner.name) if firm.owner else "",
    )


def _move_form(firm: Organisation, column: Column, hidden: SafeString | str) -> SafeString:
    return format_html(
        '<form method="post" action="{}" data-move="to">{}<details class="td-drop">'
        '<summary class="btn btn-sm btn-sq btn-ghost" data-key="m">{}<span class="visually-hidden">{}</span></summary>'
        "{}</details></form>",
        url_of("partnerships:move", firm.pk),
        hidden,
        icon("dots"),
        _("Move %(name)s") % {"name": firm.name},
        column.moves,
    )


@register.filter
def tel(phone: str) -> str:
    """Return what a telephone dials."""
    return dialled(phone)


@register.filter
def first_word(name: str) -> str:
    """Return what somebody is called in short; a title is not a name."""
    words = name.removeprefix("Dr ").split()
    return words[0] if words else ""
