"""Tags for rows: where a partner stands, what was said in short."""

from django import template
from django.utils.safestring import SafeString

from outreach.models import Interaction
from outreach.wording import headline
from partnerships.enums import STAGE_OF_STATUS, Status
from partnerships.models import Organisation
from ui.templatetags.ui import pill, stage_chip

register = template.Library()


@register.simple_tag
def told(interaction: Interaction) -> str:
    """Say in a few words what happened; the people are prefetched."""
    return headline(interaction, list(interaction.contacts.all()))


@register.simple_tag
def standing(organisation: Organisation) -> SafeString:
    """Name where the relationship stands, in its stage's colour where it has one."""
    status = Status(organisation.status)
    stage = STAGE_OF_STATUS.get(status)
    return stage_chip(stage, status.label) if stage else pill(status.label)
