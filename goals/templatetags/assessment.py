"""Tags for the half-hour in which a year's goals are found."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from goals.assessment import figures_in_words
from goals.models import Measure, ProposedGoal
from goals.wording import written

register = template.Library()


@register.simple_tag(takes_context=True)
def from_to(context: dict[str, Any], proposal: ProposedGoal) -> str:
    """Say from where to where a proposed goal goes: “120, from 61”."""
    start, target = figures_in_words(proposal, context["request"].school)
    return _("%(target)s, from %(start)s") % {"start": start, "target": target}


@register.simple_tag(takes_context=True)
def start_of(context: dict[str, Any], proposal: ProposedGoal) -> str:
    """Say where a proposed goal starts."""
    return figures_in_words(proposal, context["request"].school)[0]


@register.simple_tag(takes_context=True)
def measured(context: dict[str, Any], measure: Measure) -> str:
    """Say by what a goal is measured: “Agreements in force, from 2 to 5”."""
    currency = context["request"].school.currency
    start, target = (written(value, measure.unit, currency) for value in (measure.baseline, measure.target))
    return _("%(figure)s, from %(start)s to %(target)s") % {"figure": measure.label, "start": start, "target": target}
