"""What colleagues fill in: what was said, and what comes next."""

from outreach.forms.composers import CallForm, ComposerForm, EmailForm, MeetingForm, NoteForm
from outreach.forms.follow_ups import FollowUpForm, SnoozeForm
from outreach.forms.interactions import InteractionForm

__all__ = [
    "CallForm",
    "ComposerForm",
    "EmailForm",
    "FollowUpForm",
    "InteractionForm",
    "MeetingForm",
    "NoteForm",
    "SnoozeForm",
]
