"""How interactions read on a timeline, in a list and in a reminder."""

import datetime as dt

from django.utils import dateformat
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outreach.enums import Channel, Direction, Outcome
from outreach.models import Interaction
from partnerships.models import Contact


def due_words(day: dt.date, today: dt.date) -> str:
    """Say when something is due, to stand alone: “Tomorrow”, “2 days late”, “Fri 20 Mar”."""
    days = (today - day).days
    if days > 0:
        return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}
    near = {0: _("Today"), -1: _("Tomorrow")}
    return near.get(days) or dateformat.format(day, "D j M" if day.year == today.year else "D j M Y")


def names_of(contacts: list[Contact]) -> str:
    return get_text_list([contact.name for contact in contacts], _("and"))


def headline(interaction: Interaction, contacts: list[Contact]) -> str:
    """Say in a few words what happened, such as “Call with Dev Anand, 12 min”."""
    words = _HEADLINES[Channel(interaction.channel)](interaction, names_of(contacts))
    if interaction.minutes:
        words = _("%(what)s, %(minutes)s min") % {"what": words, "minutes": interaction.minutes}
    return words


def _call(interaction: Interaction, names: str) -> str:
    unanswered = {
        Outcome.NO_ANSWER: (_("Called %(name)s, no answer"), _("Called, no answer")),
        Outcome.LEFT_MESSAGE: (_("Called %(name)s, left a message"), _("Called, left a message")),
    }
    if interaction.was_unanswered:
        named, bare = unanswered[Outcome(interaction.outcome)]
    elif interaction.direction == Direction.IN:
        named, bare = _("%(name)s called"), _("They called")
    else:
        named, bare = _("Call with %(name)s"), _("Call")
    return named % {"name": names} if names else bare


def _email(interaction: Interaction, names: str) -> str:
    if interaction.direction == Direction.IN:
        named, bare = _("E-mail from %(name)s"), _("E-mail from them")
    else:
        named, bare = _("E-mail to %(name)s"), _("E-mail to them")
    words = named % {"name": names} if names else bare
    return f"{words}: {interaction.subject}" if interaction.subject else words


def _meeting(interaction: Interaction, names: str) -> str:
    words = _("Meeting with %(name)s") % {"name": names} if names else _("Meeting")
    return f"{words}: {interaction.subject}" if interaction.subject else words


def _note(interaction: Interaction, names: str) -> str:
    return _("Note about %(name)s") % {"name": names} if names else _("Note")


_HEADLINES = {Channel.CALL: _call, Channel.EMAIL: _email, Channel.MEETING: _meeting, Channel.NOTE: _note}
