"""What outreach puts on the timeline, and takes off again when its author takes it back."""

from django.utils.translation import gettext as _

from accounts.models import User
from outreach.models import FollowUp, Interaction
from outreach.wording import headline
from partnerships.models import TimelineEvent
from partnerships.services import record_event

INTERACTION_URL = "outreach:interaction"
FOLLOW_UP_URL = "outreach:follow_up"


def tell_interaction(interaction: Interaction) -> str:
    """Put an interaction on the timeline at the moment it happened; return its headline."""
    contacts = list(interaction.contacts.order_by("-is_primary", "id"))
    title = headline(interaction, contacts)
    record_event(
        interaction.organisation,
        f"outreach.{interaction.channel}",
        title=title,
        body=interaction.summary,
        actor=interaction.by,
        contact=contacts[0] if contacts else None,
        at=interaction.at,
        url_name=INTERACTION_URL,
        object_id=interaction.pk,
    )
    return title


def tell_done(follow_up: FollowUp, *, by: User) -> None:
    record_event(
        follow_up.organisation,
        "outreach.follow_up_done",
        title=_("Done: %(title)s") % {"title": follow_up.title},
        actor=by,
        contact=follow_up.contact,
        at=follow_up.done_at,
        url_name=FOLLOW_UP_URL,
        object_id=follow_up.pk,
    )


def untell(record: Interaction | FollowUp) -> None:
    """Erase what the timeline says of a record: its author took it back, or is about to tell it anew."""
    url_name = INTERACTION_URL if isinstance(record, Interaction) else FOLLOW_UP_URL
    TimelineEvent.objects.filter(
        organisation_id=record.organisation_id, url_name=url_name, object_id=record.pk
    ).delete()
