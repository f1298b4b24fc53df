"""Tags for partners: rows and cards, what other stages show on a page, numbers to dial."""

from functools import lru_cache

from django import template
from django.template import Engine
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships.enums import STAGE_OF_STATUS, Status
from partnerships.models import Organisation
from partnerships.models.phones import dialled
from partnerships.page import Shown
from ui.templatetags.ui import NO_VALUE, firm_avatar, pill, stage_chip, when

register = template.Library()

STEP_LETTERS = 60


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


@register.simple_tag
def partner_cell(organisation: Organisation) -> SafeString:
    """Begin a row: letters, the name that leads to the page, and trade and town below it."""
    trade, town = organisation.trade_words, organisation.town
    return format_html(
        '<span class="row-flex nowrapf">{}<span><a class="td-name" href="{}"><bdi>{}</bdi></a>'
        '<span class="d-block sm sub"><bdi>{}</bdi>{}<bdi>{}</bdi></span></span></span>',
        firm_avatar(organisation.short_name, organisation.colour, "hide-m"),
        organisation.get_absolute_url(),
        organisation.name,
        trade,
        " · " if trade and town else "",
        town,
    )


@register.simple_tag
def next_step(organisation: Organisation, letters: int = STEP_LETTERS) -> SafeString:
    """Say what comes next and when; what is late stands out."""
    if not organisation.has_next_step:
        return format_html('<span class="hide-m">{}</span>', NO_VALUE)
    return format_html(
        "<span{}>{}, {}</span>",
        format_html(' class="{}"', "bad strong") if organisation.is_late else "",
        Truncator(organisation.next_step_text).chars(letters),
        when(organisation.next_step_on, "late"),
    )


@register.simple_tag
def card_step(organisation: Organisation, letters: int = 40) -> SafeString:
    """The same on a card of the board, which says so when nothing is planned."""
    if organisation.has_next_step:
        return next_step(organisation, letters)
    return format_html("<span>{}</span>", _("No next step"))


@register.filter
def tel(phone: str) -> str:
    """Return what a telephone dials."""
    return dialled(phone)


@register.filter
def first_word(name: str) -> str:
    """Return what somebody is called in short; a title is not a name."""
    words = name.removeprefix("Dr ").split()
    return words[0] if words else ""
