"""The ways through the product: they stand on every page, so each is written in one piece."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from roadmap.context import Entry, Group
from ui.templatetags.ui import icon

register = template.Library()
CURRENT = format_html(' aria-current="{}"', "page")


@register.simple_tag
def sidebar_links(groups: Iterable[Group]) -> SafeString:
    """Write the sidebar: headings of groups, entries in their stage's colour with their numbers."""
    language = get_language()
    return format_html_join(
        "",
        "{}{}",
        (
            (
                format_html("<b>{}</b>", group.label) if group.label else "",
                format_html_join("", "{}", ((_sidebar_link(entry, language),) for entry in group.entries)),
            )
            for group in groups
        ),
    )


@lru_cache(maxsize=1024)
def _sidebar_link(entry: Entry, _language: str | None) -> SafeString:
    return format_html(
        '<a href="{}"{}{}{}>{}{}{}</a>',
        entry.url,
        format_html(' data-go="{}"', entry.letter) if entry.letter else "",
        CURRENT if entry.current else "",
        format_html(' class="s-{}"', entry.stage) if entry.stage else "",
        icon(entry.icon),
        entry.label,
        nav_count(entry),
    )


@register.simple_tag
def nav_count(entry: Entry) -> SafeString | str:
    """Write the number beside an entry, with what it counts for those who only hear it."""
    if not entry.count:
        return ""
    return format_html(
        '<span class="{}">{}<span class="visually-hidden"> {}</span></span>',
        "n hot" if entry.hot else "n",
        entry.count,
        entry.counts,
    )


@register.simple_tag
def phone_links(groups: Iterable[Group]) -> SafeString:
    """Write the entries of the bar at the foot of a phone."""
    return format_html_join(
        "",
        '<a href="{}"{}>{}{}</a>',
        (
            (entry.url, CURRENT if entry.current else "", icon(entry.icon), entry.label)
            for group in groups
            for entry in group.entries
            if entry.phone
        ),
    )
