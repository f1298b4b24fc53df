"""An entry of a partner's timeline, written in one piece: thirty of them are most of the page's work."""

from functools import lru_cache

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships.timeline import Line
from ui.templatetags.ui import icon, when

register = template.Library()

ENTRY = """<li><span class="td-ic sm round{}">{}</span>
<div class="hd"><span class="strong"><bdi>{}</bdi></span>{}</div>{}</li>"""
OPEN = """ <a class="td-inline-link td-tapl" href="{}">{}<span class="visually-hidden">: {}</span></a>"""


@register.simple_tag
def timeline_entry(line: Line) -> SafeString:
    """Write what happened, when, and below it what was said, where it leads and whose it was."""
    event = line.event
    by = event.actor.get_short_name() if event.actor else ""
    below = _below(event.body, event.url, event.title, by, get_language())
    return format_html(ENTRY, _stage(line.kind.stage), icon(line.kind.icon), event.title, _moment(line), below)


@lru_cache(maxsize=16)
def _stage(stage: int | None) -> SafeString | str:
    return format_html(" s-{}", stage) if stage else ""


def _moment(line: Line) -> SafeString | str:
    if line.is_today:
        return when(line.event.at, "time")
    return when(line.event.at if line.is_recent else line.on, "row")


@lru_cache(maxsize=1024)
def _below(body: str, url: str, title: str, by: str, _language: str | None) -> SafeString | str:
    """Write once what stands below an entry: partners looked at are looked at again, and an entry never changes."""
    if not (body or url or by):
        return ""
    said = linebreaksbr(body) if body else ""
    link = format_html(OPEN, url, _("Open"), title) if url else ""
    whose = format_html(' <span class="xs">{}</span>', _("by %(name)s") % {"name": by}) if by else ""
    return format_html('<div class="bd"><bdi>{}</bdi>{}{}</div>', said, link, whose)
