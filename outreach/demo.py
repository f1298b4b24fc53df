"""A year of talks with the firms of the demo, and what its three coordinators have planned.

Marta's list on Today is fixed; the rest follows from chance with a fixed seed.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from accounts.models import User
from accounts.services import current_school
from outreach.clock import moment
from outreach.demo_talks import (
    ANSWERS,
    CALL,
    CALLS,
    EMAIL,
    FIRST_MAILS,
    IN,
    MARTAS,
    MEETING,
    MEETINGS,
    NOTE,
    NOTES,
    OUT,
    REACHED,
    STORIES,
    TITLES,
    Talk,
)
from outreach.enums import FollowUpStatus, Outcome
from outreach.models import FollowUp, Interaction
from outreach.wording import headline
from partnerships.enums import Status
from partnerships.models import Contact, Organisation, StatusChange, TimelineEvent
from partnerships.services import refresh_facts

SEED = 4
MARTA = "Marta Keller"
BETWEEN_TALKS = (18, 55)
FRIDAY = 4
# Until how many days ago the made-up talks go on; an answer takes up to four days.
QUIET_DAYS, ANSWER_DAYS = 3, 4
# How often: a talk had no follow-up before it, a colleague's firm has no next step.
UNPLANNED, WITHOUT_STEP = 0.5, 0.35
LONGER_THAN_QUIET = 11
# Firms at Contacted for whom nobody has planned anything.
GONE_QUIET = frozenset(
    [
        "Beacon Hill Care",
        "Blue Anchor Inn",
        "Castle Row Hairdressing",
        "Fairlea Pharmacy",
        "Granary Bakehouse",
        "Ivy House Residential",
        "Lantern Digital",
        "Maple Row Dental",
        "Merrow Shopfitters",
    ]
)
# Firms at Contacted that have answered; the others were written to and rung in vain.
HEARD_FROM = frozenset(["Haven Lodge", "Orchard Lane Nursery", "Otterburn Outdoor"])
# Until how many days ago the firms that never answered were tried once more.
TRIED_AGAIN = 34
# Of a hundred follow-ups: how many were done on their day, and how many a day or more later.
ON_TIME, LATE = 84, 10


@dataclass
class Firm:
    """A firm of the demo with what its history is made from."""

    organisation: Organisation
    people: list[Contact]
    contacted_days_ago: int | None

    def people_named(self, names: tuple[str, ...]) -> list[Contact]:
        return [person for person in self.people if person.name in names]


@dataclass
class Making:
    """What is needed while the rows are made, and the rows."""

    day: dt.date
    zone: ZoneInfo
    chance: random.Random
    interactions: list[tuple[Interaction, list[Contact]]] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)

    def working(self, days_ago: int) -> int:
        """Return how many days ago the last working day by then was."""
        weekday = (self.day - dt.timedelta(days=days_ago)).weekday()
        return days_ago + max(0, weekday - FRIDAY)

    def at(self, days_ago: int, clock: str) -> dt.datetime:
        return moment(self.day - dt.timedelta(days=days_ago), dt.time.fromisoformat(clock), zone=self.zone)


def load(day: dt.date) -> None:
    """Make talks and follow-ups around `day`, unless there are some already."""
    if Interaction.objects.exists() or FollowUp.objects.exists():
        return
    making = Making(day, current_school().zone, random.Random(SEED))  # noqa: S311 - a demo, the same each time
    firms = _firms(making)
    for firm in firms.values():
        _talk(making, firm)
    _plan_for_marta(making, firms)
    for firm in firms.values():
        _plan_for_others(making, firm)
    _plan_for_contacted(making, firms)
    _write(making)
    refresh_facts(*(firm.organisation.pk for firm in firms.values()))


def _firms(making: Making) -> dict[str, Firm]:
    """Return the firms that somebody looks after, by name."""
    people: dict[int, list[Contact]] = {}
    for contact in Contact.objects.here().in_order():
        people.setdefault(contact.organisation_id, []).append(contact)
    first = StatusChange.objects.filter(status=Status.CONTACTED).values_list("organisation_id", "at")
    days = {pk: (making.day - at.astimezone(making.zone).date()).days for pk, at in first}
    rows = Organisation.objects.on_file().exclude(owner=None).select_related("owner").order_by("pk")
    return {row.name: Firm(row, people.get(row.pk, []), days.get(row.pk)) for row in rows}


# What was said


def _talk(making: Making, firm: Firm) -> None:
    told = STORIES.get(firm.organisation.name)
    for talk in told or _made_up(making, firm):
        _add_talk(making, firm, talk)


def _made_up(making: Making, firm: Firm) -> Iterator[Talk]:
    """Yield a first e-mail, perhaps an answer, then a call or meeting now and then, up to a week or so ago."""
    chance, days = making.chance, firm.contacted_days_ago
    if days is None or not firm.people:
        return
    person = (firm.people[0].name,)
    subject, text = chance.choice(FIRST_MAILS)
    yield Talk(days, "10:10", EMAIL, person, text, OUT, subject)
    if firm.organisation.status == Status.CONTACTED and firm.organisation.name not in HEARD_FROM:
        yield from _tried_in_vain(making, firm, days, person)
        return
    if days > ANSWER_DAYS:
        answered = min(days, making.working(days - chance.randint(1, ANSWER_DAYS)))
        yield Talk(answered, "15:20", EMAIL, person, chance.choice(ANSWERS), IN, f"Re: {subject}")
    days -= chance.randint(*BETWEEN_TALKS)
    while days > QUIET_DAYS:
        yield _some_talk(chance, making.working(days), person)
        days -= chance.randint(*BETWEEN_TALKS)


def _tried_in_vain(making: Making, firm: Firm, days: int, person: tuple[str, ...]) -> Iterator[Talk]:
    """Yield a call a week later that nobody took, and another try where the first mail was long ago."""
    again = max(LONGER_THAN_QUIET if firm.organisation.name in GONE_QUIET else 1, days - 6)
    yield Talk(making.working(again), "09:30", CALL, person, "", OUT, "", None, Outcome.NO_ANSWER)
    if again > 2 * TRIED_AGAIN:
        once_more = making.working(making.chance.randint(TRIED_AGAIN, again - TRIED_AGAIN))
        yield Talk(once_more, "11:40", CALL, person, "", OUT, "", None, Outcome.NO_ANSWER)


def _some_talk(chance: random.Random, days: int, person: tuple[str, ...]) -> Talk:
    clock = f"{chance.randint(8, 15):02}:{chance.choice(['00', '10', '25', '40'])}"
    kind = chance.choices([CALL, MEETING, NOTE], [6, 3, 1])[0]
    if kind == MEETING:
        return Talk(days, clock, MEETING, person, chance.choice(MEETINGS), OUT, "", chance.choice([30, 45, 60]))
    if kind == NOTE:
        return Talk(days, clock, NOTE, (), chance.choice(NOTES))
    return Talk(days, clock, CALL, person, chance.choice(CALLS), OUT, "", chance.randint(3, 20), REACHED)


def _add_talk(making: Making, firm: Firm, talk: Talk) -> None:
    owner = firm.organisation.owner
    at = making.at(talk.days_ago, talk.clock)
    interaction = Interaction(
        organisation=firm.organisation,
        channel=talk.channel,
        direction=talk.direction,
        at=at,
        minutes=talk.minutes,
        subject=talk.subject,
        summary=talk.text,
        outcome=talk.outcome,
        by=owner,
        created_at=at,
        created_by=owner,
    )
    making.interactions.append((interaction, firm.people_named(talk.people)))
    _add_done(making, firm, talk)


def _add_done(making: Making, firm: Firm, talk: Talk) -> None:
    """Let every other talk be what an earlier follow-up had asked for, mostly on its day."""
    if talk.direction == IN or talk.channel == NOTE or making.chance.random() < UNPLANNED:
        return
    luck = making.chance.randint(1, 100)
    late = 0 if luck <= ON_TIME else making.chance.randint(1, 4)
    skipped = luck > ON_TIME + LATE
    _add_follow_up(
        making,
        firm,
        making.chance.choice(TITLES),
        making.day - dt.timedelta(days=talk.days_ago + late),
        status=FollowUpStatus.SKIPPED if skipped else FollowUpStatus.DONE,
        done_at=making.at(talk.days_ago, talk.clock),
        done_by=firm.organisation.owner,
    )


# What is planned


def _plan_for_marta(making: Making, firms: dict[str, Firm]) -> None:
    wrote = making.day - dt.timedelta(days=12)
    words = {"wrote": f"{wrote.day} {wrote:%B}"}
    for name, days, title, person in MARTAS:
        firm = firms.get(name)
        if firm:
            day = making.day + dt.timedelta(days=days)
            contact = next(iter(firm.people_named((person,))), None)
            _add_follow_up(making, firm, title.format(**words), day, contact=contact)


def _plan_for_others(making: Making, firm: Firm) -> None:
    """Give the other coordinators' firms a next step, most of them still to come."""
    owner = firm.organisation.owner
    if owner is None or owner.name == MARTA or firm.contacted_days_ago is None:
        return
    if making.chance.random() < WITHOUT_STEP:
        return
    days, title = making.chance.randint(-3, 24), making.chance.choice(TITLES)
    if firm.organisation.name not in GONE_QUIET:
        _plan(making, firm, days, title)


def _plan_for_contacted(making: Making, firms: dict[str, Firm]) -> None:
    """Give each firm at Contacted a next step some days ahead, but for those that went quiet."""
    planned = {row.organisation_id for row in making.follow_ups if row.status == FollowUpStatus.OPEN}
    for name, firm in firms.items():
        is_contacted = firm.organisation.status == Status.CONTACTED
        if is_contacted and name not in GONE_QUIET and firm.organisation.pk not in planned:
            _plan(making, firm, making.chance.randint(4, 24), making.chance.choice(TITLES))


def _plan(making: Making, firm: Firm, days: int, title: str) -> None:
    day = making.day + dt.timedelta(days=days)
    while day.weekday() > FRIDAY:
        day += dt.timedelta(days=1)
    _add_follow_up(making, firm, title, day, contact=next(iter(firm.people), None))


def _add_follow_up(
    making: Making,
    firm: Firm,
    title: str,
    due_on: dt.date,
    *,
    contact: Contact | None = None,
    status: str = FollowUpStatus.OPEN,
    done_at: dt.datetime | None = None,
    done_by: User | None = None,
) -> None:
    owner = firm.organisation.owner
    written = min(due_on, making.day) - dt.timedelta(days=7)
    making.follow_ups.append(
        FollowUp(
            organisation=firm.organisation,
            owner=owner,
            title=title,
            due_on=due_on,
            contact=contact,
            status=status,
            done_at=done_at,
            done_by=done_by,
            created_at=moment(written, dt.time(9), zone=making.zone),
            created_by=owner,
        )
    )


def _write(making: Making) -> None:
    """Write all rows in bulk, with the lines of the timeline."""
    Interaction.objects.bulk_create(interaction for interaction, _people in making.interactions)
    through = Interaction.contacts.through
    through.objects.bulk_create(
        through(interaction=interaction, contact=contact)
        for interaction, people in making.interactions
        for contact in people
    )
    TimelineEvent.objects.bulk_create(_event(interaction, people) for interaction, people in making.interactions)
    FollowUp.objects.bulk_create(making.follow_ups)


def _event(interaction: Interaction, people: list[Contact]) -> TimelineEvent:
    return TimelineEvent(
        organisation=interaction.organisation,
        contact=people[0] if people else None,
        kind=f"outreach.{interaction.channel}",
        actor=interaction.by,
        at=interaction.at,
        title=headline(interaction, people),
        body=interaction.summary,
        url_name="outreach:interaction",
        object_id=interaction.pk,
    )
