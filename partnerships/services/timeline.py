"""Appending to the timeline."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from partnerships.models import Contact, Organisation, TimelineEvent
from partnerships.slots import TimelineKind
from roadmap import registry


class UnknownTimelineKindError(LookupError):
    """No stage declares this kind of event."""


def record_event(  # noqa: PLR0913 - an event has these parts; all but two are by name
    organisation: Organisation,
    kind: str,
    *,
    title: str,
    body: str = "",
    actor: User | None = None,
    contact: Contact | None = None,
    at: dt.datetime | None = None,
    url_name: str = "",
    object_id: int | None = None,
) -> TimelineEvent:
    """Append an event in the caller's transaction. Raises UnknownTimelineKindError."""
    if kind not in {declared.key for declared in registry.of(TimelineKind)}:
        raise UnknownTimelineKindError(kind)
    return TimelineEvent.objects.create(
        organisation=organisation,
        kind=kind,
        title=title[:255],
        body=body,
        actor=actor,
        contact=contact,
        at=at or timezone.now(),
        url_name=url_name,
        object_id=object_id,
    )
