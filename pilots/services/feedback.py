"""What others have to say about a pilot, as far as its own page and figures must know."""

import datetime as dt

from django.db.models import F
from django.db.models.functions import Coalesce, Greatest

from pilots.models import Pilot


def note_feedback(*, pilot: Pilot, at: dt.datetime) -> None:
    """Count one more answer about a pilot, sent at that moment; called by whoever received it, in its transaction."""
    latest = Greatest(Coalesce(F("last_feedback_at"), at), at)
    Pilot.objects.filter(pk=pilot.pk).update(feedback_count=F("feedback_count") + 1, last_feedback_at=latest)
