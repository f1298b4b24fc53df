"""Tags for pilots: rows of the list, their state and the result of a criterion as pills."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.enums import PilotStatus
from pilots.models import Pilot, SuccessCriterion
from ui.tables import named, table_row, url_of
from ui.templatetags.ui import NO_VALUE, avatar, pill, when

register = template.Library()

LOOKS = {
    PilotStatus.IDEA: ("", "edit"),
    PilotStatus.PLANNED: ("", "list-check"),
    PilotStatus.APPROVED: ("info", "check"),
    PilotStatus.SCHEDULED: ("info", "calendar"),
    PilotStatus.RUNNING: ("info", "flask"),
    PilotStatus.DELIVERED: ("warn", "hourglass"),
    PilotStatus.EVALUATED: ("warn", "message-question"),
    PilotStatus.SCALED: ("ok", "trending-up"),
    PilotStatus.EXTENDED: ("ok", "rotate"),
    PilotStatus.REVISED: ("ok", "refresh"),
    PilotStatus.STOPPED: ("", "ban"),
    PilotStatus.CANCELLED: ("", "x"),
}


@register.simple_tag
def pilot_pill(pilot: Pilot) -> SafeString:
    tone, icon = LOOKS[PilotStatus(pilot.status)]
    return pill(pilot.get_status_display(), tone, icon)


@register.simple_tag
def pilot_row(pilot: Pilot) -> SafeString:
    """Write a row of the list."""
    return table_row(
        named(url_of("pilots:detail", pilot.pk), pilot.title, pilot.organisation.name, pilot.get_kind_display()),
        [
            (pilot_pill(pilot), _("State"), ""),
            (_days(pilot), _("When"), "nowrap"),
            (pilot.students or NO_VALUE, _("Students"), "num"),
            (_answers(pilot.feedback_count), _("Feedback"), ""),
            (avatar(pilot.owner.name) if pilot.owner else NO_VALUE, _("Owner"), ""),
        ],
    )


def _days(pilot: Pilot) -> SafeString:
    """Write the last day and, below it, the first."""
    last = format_html(_("until {day}"), day=when(pilot.ends_on, "long"))
    first = format_html(_("from {day}"), day=when(pilot.starts_on, "long"))
    return format_html('{}<span class="d-block xs sub">{}</span>', last, first)


def _answers(n: int) -> SafeString | str:
    if not n:
        return format_html('<span class="sub">{}</span>', _("none yet"))
    return ngettext("%(n)s answer", "%(n)s answers", n) % {"n": n}


@register.simple_tag
def result_pill(criterion: SuccessCriterion) -> SafeString | str:
    """Say whether a criterion was met; a dash while nobody knows."""
    if criterion.is_met is None:
        return "–"
    return pill(_("Met"), "ok", "check") if criterion.is_met else pill(_("Missed"), "bad", "x")
