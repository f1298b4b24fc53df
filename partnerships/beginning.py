"""What a school without any partner is told, wherever a partner comes first."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.rules import can_read
from partnerships.models import Organisation
from roadmap.slots import NextStep


def has_no_partners() -> bool:
    """Whether no firm was ever put on file; one indexed query."""
    return not Organisation.objects.exists()


def once_there_are_partners(step: NextStep, *, stage: int) -> NextStep:
    """Return the first step of a stage, or the way to its page of help while there is nobody to take it with."""
    return waits_for_partners(stage) if has_no_partners() else step


def waits_for_partners(stage: int) -> NextStep:
    url = reverse("roadmap:help", args=[stage])
    return NextStep(_("Waits for your first partner."), _("Read how it works"), url, open_to=can_read)
