"""What a colleague tells about one interaction, as forms and other apps hand it over."""

import datetime as dt
from dataclasses import dataclass

from outreach.enums import Channel, Direction, Outcome
from outreach.models import Interaction
from partnerships.models import Contact


@dataclass(frozen=True)
class Said:
    """One interaction before it is recorded; `at` None means now."""

    channel: Channel
    summary: str = ""
    contacts: tuple[Contact, ...] = ()
    direction: Direction = Direction.OUT
    at: dt.datetime | None = None
    minutes: int | None = None
    subject: str = ""
    outcome: Outcome | str = ""

    @property
    def is_contact_from_us(self) -> bool:
        return self.channel != Channel.NOTE and self.direction == Direction.OUT

    def put_on(self, interaction: Interaction, *, now: dt.datetime) -> list[str]:
        """Write all but the people onto a record and return the names of its fields."""
        is_note = self.channel == Channel.NOTE
        values = {
            "channel": self.channel,
            "direction": Direction.OUT if is_note else self.direction,
            "at": self.at or now,
            "minutes": self.minutes,
            "subject": " ".join(self.subject.split()),
            "summary": self.summary.strip(),
            "outcome": "" if is_note else self.outcome,
        }
        for name, value in values.items():
            setattr(interaction, name, value)
        return list(values)
