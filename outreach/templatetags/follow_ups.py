"""A follow-up as a row of a form whose buttons act on it: dozens stand on a page, so it is written in one piece."""

import datetime as dt
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from outreach.models import FollowUp
from outreach.snoozing import Until
from partnerships.templatetags.partnerships import partner_status
from ui.tables import url_of
from ui.templatetags.ui import icon, pill, when

register = template.Library()

ROW = """<li class="td-task" data-row>{}
<div class="what"><b><a class="td-name" href="{}">{}</a></b>
<span class="meta"><a class="td-name td-tapl" href="{}"><bdi>{}</bdi></a>{}{}</span></div>{}</li>"""
TICK = """<button class="td-tick" type="submit" formaction="{}done/" title="{}" data-key="d">{}
<span class="visually-hidden">{}: {}</span></button>"""
ACTS = """<div class="do"><a class="btn btn-sm" href="{}?follow_up={}&amp;next={}">{}{}
<span class="visually-hidden">: {}</span></a>
<details class="td-drop"><summary class="btn btn-sm btn-ghost" data-key="s">{}{}
<span class="visually-hidden">: {}</span></summary>
<div class="td-menu">{}<a href="{}snooze/?next={}">{}</a></div></details></div>"""


@register.simple_tag
def follow_up_row(
    follow_up: FollowUp,
    today: dt.date,
    snooze_days: list[Until],
    back: str,
    *,
    can_log: bool,
    with_owner: bool = False,
    with_day: bool = False,
) -> SafeString:
    """Write a row; its buttons only where it is still planned and the reader may act. `back` is quoted for a query."""
    url, firm = url_of("outreach:follow_up", follow_up.pk), follow_up.organisation
    can_act = can_log and follow_up.is_planned
    return format_html(
        ROW,
        _tick(follow_up, url) if can_act else "",
        url,
        follow_up.title,
        url_of("partnerships:detail", firm.pk),
        firm.name,
        partner_status(firm.status),
        _details(follow_up, today, with_owner=with_owner, with_day=with_day),
        _acts(follow_up, url, back, snooze_days) if can_act else "",
    )


def _tick(follow_up: FollowUp, url: str) -> SafeString:
    label = _("Mark done")
    return format_html(TICK, url, label, icon("check"), label, follow_up.title)


def _details(follow_up: FollowUp, today: dt.date, *, with_owner: bool, with_day: bool) -> SafeString:
    """Write whom it is about, at what hour, how it stands, and whose it is."""
    parts: list[SafeString | str] = []
    if follow_up.contact:
        parts.append(format_html("<span><bdi>{}</bdi></span>", follow_up.contact.name))
    if follow_up.due_at:
        parts.append(format_html("<span>{}</span>", when(follow_up.due_at, "time")))
    parts.append(_state(follow_up, today, with_day=with_day))
    if with_owner:
        parts.append(format_html("<span>{}</span>", follow_up.owner.name if follow_up.owner else _("Nobody")))
    return format_html_join("", "{}", ((part,) for part in parts))


def _state(follow_up: FollowUp, today: dt.date, *, with_day: bool) -> SafeString | str:
    if follow_up.status == "done":
        label = pill(follow_up.get_status_display(), "ok", "check")
        return format_html("{}{}", label, when(follow_up.done_at, "row"))
    if not follow_up.is_planned:
        return format_html("{}{}", pill(follow_up.get_status_display(), "", "minus"), when(follow_up.due_on, "row"))
    if follow_up.due_on < today:
        return format_html('<span class="bad strong">{}</span>', when(follow_up.due_on, "late"))
    return format_html("<span>{}</span>", when(follow_up.due_on, "near")) if with_day else ""


def _acts(follow_up: FollowUp, url: str, back: str, snooze_days: list[Until]) -> SafeString:
    return format_html(
        ACTS,
        url_of("outreach:call", follow_up.organisation_id),
        follow_up.pk,
        back,
        icon("phone"),
        _("Log call"),
        follow_up.title,
        icon("clock"),
        _("Snooze"),
        follow_up.title,
        _days(url, tuple(snooze_days), get_language()),
        url,
        back,
        _("Choose a date…"),
    )


def _days(url: str, days: tuple[Until, ...], language: str | None) -> SafeString:
    """Write the days to put it off to: the same for every row but for the address."""
    return SafeString(_days_once(days, language).replace("\0", url))


@lru_cache(maxsize=16)
def _days_once(days: tuple[Until, ...], _language: str | None) -> SafeString:
    return format_html_join(
        "",
        '<button type="submit" formaction="\0snooze/" name="until" value="{}">{}</button>',
        ((day.value, day.words) for day in days),
    )
