"""An entry of a partner's timeline, written in one piece: thirty of them are most of the page's work."""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.timeline import Line
from ui.templatetags.ui import icon, when

register = template.Library()

ENTRY = """<li><span class="td-ic sm round{}">{}</span>
<div class="hd"><span class="strong"><bdi>{}</bdi></span>{}</div>{}</li>"""
OPEN = """ <a class="td-inline-link td-tapl" href="{}">{}<span class="visually-hidden">: {}</span></a>"""


@register.simple_tag
def timeline_entry(line: Line) -> SafeString:
    """Write what happened, when, and below it what was said, where it leads and whose it was."""
    stage = format_html(" s-{}", line.kind.stage) if line.kind.stage else ""
    return format_html(ENTRY, stage, icon(line.kind.icon), line.event.title, _moment(line), _below(line))


def _moment(line: Line) -> SafeString | str:
    if line.is_today:
        return when(line.event.at, "time")
    return when(line.event.at if line.is_recent else line.on, "row")


def _below(line: Line) -> SafeString | str:
    event, url = line.event, line.event.url
    if not (event.body or url or event.actor):
        return ""
    said = linebreaksbr(event.body) if event.body else ""
    link = format_html(OPEN, url, _("Open"), event.title) if url else ""
    return format_html('<div class="bd"><bdi>{}</bdi>{}{}</div>', said, link, _by(event.actor))


def _by(actor: User | None) -> SafeString | str:
    if actor is None:
        return ""
    return format_html(' <span class="xs">{}</span>', _("by %(name)s") % {"name": actor.get_short_name()})
