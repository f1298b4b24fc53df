"""What happens to organisations and contacts; other apps use what is named here."""

from partnerships.services.facts import refresh_facts
from partnerships.services.relationship import advance_status, move_status
from partnerships.services.timeline import record_event

__all__ = ["advance_status", "move_status", "record_event", "refresh_facts"]
