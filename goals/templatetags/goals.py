"""Tags for goals: their state, their figures, the places of programmes."""

from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString

from goals.models import Programme
from goals.places import Places, PlacesOf
from goals.places import places_of as find_places
from goals.standing import MeasureStanding
from roadmap.slots import Words
from ui.templatetags.ui import bar, pill

register = template.Library()


@register.simple_tag
def state_pill(state: tuple[Words, str, str]) -> SafeString:
    """Name how a goal or a measure stands."""
    return pill(*state)


@register.simple_tag
def goal_bar(standing: MeasureStanding) -> SafeString:
    """Draw how far a figure is, in the colour of how it stands."""
    return bar(standing.share, 1, standing.bar_css)


@register.simple_tag
def in_unit(standing: MeasureStanding, value: Decimal | None) -> str:
    """Write a figure in the measure's unit."""
    return standing.words(value)


@register.simple_tag
def places_of(rows: Sequence[Programme]) -> PlacesOf | None:
    """Return the places of the programmes of a list; nothing where no app counts them."""
    return find_places(rows)


@register.filter
def of_programme(places: PlacesOf, programme: Programme) -> Places:
    return places.by_programme[programme.pk]
