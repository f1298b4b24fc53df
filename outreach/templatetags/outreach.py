"""What was said, in short."""

from django import template

from outreach.models import Interaction
from outreach.wording import headline

register = template.Library()


@register.simple_tag
def told(interaction: Interaction) -> str:
    """Say in a few words what happened; the people are prefetched."""
    return headline(interaction, list(interaction.contacts.all()))
