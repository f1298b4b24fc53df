"""Tags for proposals and placements: their state as a pill, a round's terms in words."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from opportunities.comparing import hours as hours_in_words
from opportunities.comparing import terms_of
from opportunities.coverage import Coverage
from opportunities.enums import OpeningStatus, PlacementStatus, ProposalStatus
from opportunities.models import Opening, Proposal, ProposalItem, Student
from ui.tables import named, table_row, url_of
from ui.templatetags.ui import NO_VALUE, avatar, pill, when

register = template.Library()

PROPOSAL_LOOKS = {
    ProposalStatus.DRAFT: ("", "edit"),
    ProposalStatus.SENT: ("info", "send"),
    ProposalStatus.IN_NEGOTIATION: ("warn", "message-question"),
    ProposalStatus.ACCEPTED: ("ok", "check"),
    ProposalStatus.DECLINED: ("bad", "x"),
    ProposalStatus.EXPIRED: ("", "history"),
    ProposalStatus.WITHDRAWN: ("", "arrow-back-up"),
}
PLACEMENT_LOOKS = {
    PlacementStatus.PLANNED: ("", "circle-dashed"),
    PlacementStatus.CONFIRMED: ("ok", "check"),
    PlacementStatus.ACTIVE: ("info", "clock"),
    PlacementStatus.COMPLETED: ("ok", "circle-check"),
    PlacementStatus.ENDED_EARLY: ("warn", "alert-triangle"),
    PlacementStatus.CANCELLED: ("", "x"),
}


@register.simple_tag
def proposal_pill(proposal: Any) -> SafeString:
    tone, icon = PROPOSAL_LOOKS[ProposalStatus(proposal.status)]
    return pill(proposal.get_status_display(), tone, icon)


@register.simple_tag
def proposal_row(proposal: Proposal) -> SafeString:
    """Write a row of the list."""
    url = url_of("opportunities:proposal", proposal.pk)
    return table_row(
        named(url, proposal.organisation.name, proposal.title, proposal.number),
        [
            (proposal_pill(proposal), _("State"), ""),
            (proposal.round, _("Round"), "num"),
            (when(proposal.sent_on), _("Sent"), "nowrap"),
            (when(proposal.valid_until), _("Answer until"), "nowrap"),
            (when(localdate(proposal.status_since)), _("Last moved"), "nowrap"),
            (avatar(proposal.owner.name) if proposal.owner else NO_VALUE, _("Owner"), ""),
        ],
    )


@register.simple_tag
def placement_pill(placement: Any) -> SafeString:
    tone, icon = PLACEMENT_LOOKS[PlacementStatus(placement.status)]
    return pill(placement.get_status_display(), tone, icon)


@register.simple_tag
def opening_pill(opening: Opening) -> SafeString:
    """Name its state; an open one says whether there is room."""
    if opening.status != OpeningStatus.OPEN:
        return pill(opening.get_status_display(), "", "lock")
    return pill(_("Open"), "info", "circle-dashed") if opening.free else pill(_("Filled"), "ok", "check")


@register.simple_tag
def minor_pill(student: Student, day: dt.date) -> SafeString | str:
    """Mark who is under 18 on a day, and whose age nobody knows."""
    if student.birth_date is None:
        return pill(_("Age not on file"), "", "info-circle")
    return pill(_("Under 18"), "warn", "shield-lock") if student.is_minor_on(day) else ""


@register.simple_tag
def terms(item: ProposalItem, currency: str) -> str:
    return " · ".join(terms_of(item, currency))


@register.simple_tag
def hours(amount: Decimal) -> str:
    return hours_in_words(amount)


@register.simple_tag
def coverage_bar(row: Coverage) -> SafeString:
    """Draw a programme's places: solid what is confirmed, light what firms offer beside it."""
    total = max(row.needed, 1)
    return format_html(
        '<svg class="td-bar{}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="6" opacity=".35"/><rect width="{}" height="6"/></svg>',
        " is-warn" if row.is_low else "",
        100 * row.reach // total,
        min(100, 100 * row.confirmed // total),
    )
