"""Tags for pilots: their state and the result of a criterion as pills."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pilots.enums import PilotStatus
from pilots.models import Pilot, SuccessCriterion
from ui.templatetags.ui import pill

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
def result_pill(criterion: SuccessCriterion) -> SafeString | str:
    """Say whether a criterion was met; a dash while nobody knows."""
    if criterion.is_met is None:
        return "–"
    return pill(_("Met"), "ok", "check") if criterion.is_met else pill(_("Missed"), "bad", "x")
