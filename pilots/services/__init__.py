"""What happens to pilots."""

from pilots.services.feedback import note_feedback

__all__ = ["note_feedback"]
