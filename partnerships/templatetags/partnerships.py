"""Tags for a partner's page: what other stages show on it, and numbers to dial."""

from django import template
from django.template import Engine
from django.utils.safestring import SafeString

from partnerships.models.phones import dialled
from partnerships.page import Shown

register = template.Library()


@register.simple_tag(takes_context=True)
def show(context: template.Context, shown: Shown) -> SafeString:
    """Render a slot's template with its own context, under its names and as `panel`."""
    made = Engine.get_default().get_template(shown.template)
    with context.push(**shown.context, panel=shown.context):
        return made.render(context)


@register.filter
def tel(phone: str) -> str:
    """Return what a telephone dials."""
    return dialled(phone)


@register.filter
def first_word(name: str) -> str:
    """Return what somebody is called in short; a title is not a name."""
    words = name.removeprefix("Dr ").split()
    return words[0] if words else ""
