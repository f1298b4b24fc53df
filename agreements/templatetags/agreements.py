"""Tags for agreements: rows of the list, their state as a pill, their end with the time left."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.enums import AgreementStatus
from agreements.figures import long_date
from agreements.models import Agreement
from ui.tables import named, table_row, url_of
from ui.templatetags.ui import NO_VALUE, avatar, money, pill, when

register = template.Library()

LOOKS = {
    AgreementStatus.DRAFT: ("", "edit"),
    AgreementStatus.PREPARING: ("info", "hourglass"),
    AgreementStatus.SENT: ("info", "send"),
    AgreementStatus.DECLINED: ("bad", "message-question"),
    AgreementStatus.WITHDRAWN: ("", "arrow-back-up"),
    AgreementStatus.SIGNED: ("ok", "signature"),
    AgreementStatus.ACTIVE: ("ok", "check"),
    AgreementStatus.EXPIRED: ("", "history"),
}
RED, AMBER = 90, 180
YEAR = 12  # months


@register.simple_tag
def agreement_pill(agreement: Any) -> SafeString:
    """Name its state; one out for signature says how far it is, where the list has counted that."""
    tone, icon = LOOKS[AgreementStatus(agreement.status)]
    if agreement.status == AgreementStatus.SENT and getattr(agreement, "signatures", 0):
        words = {"n": agreement.signatures, "all": agreement.seats}
        return pill(_("%(n)d of %(all)d signed") % words, tone, icon)
    return pill(agreement.get_status_display(), tone, icon)


@register.simple_tag
def given(agreement: Agreement, value: Decimal) -> str:
    """Write what a side gives a year; in a draft nothing means not yet settled."""
    return _("open") if agreement.is_draft and not value else money(value, agreement.currency)


@register.simple_tag
def ends(agreement: Agreement, today: dt.date) -> SafeString:
    """Write the last day and, below it, how long that is from now."""
    if agreement.last_day is None:
        end = _("no fixed end") if agreement.is_open_ended else "–"
        return format_html('<span class="sub">{}</span>', end)
    left, is_current = (agreement.last_day - today).days, agreement.status == AgreementStatus.ACTIVE
    tone = _tone(left) if is_current else ""
    return format_html(
        '<span class="{0}">{1}</span><span class="d-block xs {2}">{3}</span>',
        f"{tone} strong" if tone else "",
        when(agreement.last_day, "long"),
        tone or "sub",
        _left(left) if is_current else _start(agreement, today),
    )


def _tone(left: int) -> str:
    return "bad" if left <= RED else "warn" if left <= AMBER else ""


def _start(agreement: Agreement, today: dt.date) -> str:
    if agreement.starts_on is None or agreement.starts_on <= today:
        return ""
    return _("starts %(day)s") % {"day": long_date(agreement.starts_on)}


def _left(days: int) -> str:
    """Say how long it is until the end: days up to half a year, then months, then years."""
    if days <= AMBER:
        return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
    months = days * YEAR // 365
    if months < YEAR:
        return ngettext("%(n)d month left", "%(n)d months left", months) % {"n": months}
    years = months // YEAR
    if months % YEAR >= YEAR / 2:
        return _("%(n)d½ years left") % {"n": years}
    return ngettext("%(n)d year left", "%(n)d years left", years) % {"n": years}


@register.simple_tag
def agreement_row(agreement: Any, today: dt.date) -> SafeString:
    """Write a row of the list, which has added what each side gives."""
    url = url_of("agreements:detail", agreement.pk)
    return table_row(
        named(url, agreement.organisation.name, agreement.title, agreement.number),
        [
            (agreement_pill(agreement), _("State"), ""),
            (ends(agreement, today), _("Ends"), "nowrap"),
            (given(agreement, agreement.organisation_value), _("They give a year"), "num"),
            (given(agreement, agreement.school_value), _("We give a year"), "num"),
            (avatar(agreement.owner.name) if agreement.owner else NO_VALUE, _("Owner"), ""),
        ],
    )
