"""The demo school's pilots: five under way, of which one is over and waits for feedback, and a year of earlier ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.enums import Role
from accounts.models import School, User
from goals.models import Programme
from partnerships.models import Contact, Organisation, TimelineEvent
from pilots.demo_data import CALLED_OFF, NORDWELL, TRIALS, Trial
from pilots.enums import DECISIONS, PilotStatus
from pilots.models import CriterionChange, Pilot, SuccessCriterion

BEGUN, APPROVED, SCHEDULED = 26, 10, 8
CHANGED = -28


@dataclass(frozen=True)
class Making:
    """What is needed while the rows are made: the anchor day, and who and what is on file."""

    day: dt.date
    zone: ZoneInfo
    director: User
    partners: dict[str, Organisation]
    people: dict[int, Contact]
    programmes: dict[str, Programme]

    def on(self, offset: int) -> dt.date:
        return self.day + dt.timedelta(days=offset)

    def at(self, offset: int, clock: str) -> dt.datetime:
        return dt.datetime.combine(self.on(offset), dt.time.fromisoformat(clock), self.zone)


@transaction.atomic
def load(day: dt.date) -> None:
    """Make the pilots as they stand on `day`, unless there are pilots already."""
    if Pilot.objects.exists():
        return
    making = _making(day)
    pilots = Pilot.objects.bulk_create(_pilot(making, trial) for trial in TRIALS)
    made = list(zip(TRIALS, pilots, strict=True))
    SuccessCriterion.objects.bulk_create(row for trial, pilot in made for row in _criteria(trial, pilot))
    TimelineEvent.objects.bulk_create(event for trial, pilot in made for event in _events(making, trial, pilot))
    _change_one(making, pilots[TRIALS.index(NORDWELL)])


def _making(day: dt.date) -> Making:
    partners = Organisation.objects.filter(name__in={trial.partner for trial in TRIALS}).select_related("owner")
    found = {partner.name: partner for partner in partners}
    people = Contact.objects.filter(organisation__in=found.values(), is_primary=True)
    return Making(
        day=day,
        zone=School.objects.get(pk=School.PK).zone,
        director=User.objects.filter(role=Role.DIRECTOR).order_by("pk").get(),
        partners=found,
        people={person.organisation_id: person for person in people},
        programmes={programme.title: programme for programme in Programme.objects.all()},
    )


def _pilot(making: Making, trial: Trial) -> Pilot:
    partner = making.partners[trial.partner]
    hours_spent = trial.hours_spent or (trial.hours if trial.status in DECISIONS else (None, None))
    has_cost = trial.money > 0
    is_closed = trial is CALLED_OFF
    return Pilot(
        organisation=partner,
        contact=making.people.get(partner.pk),
        owner=partner.owner,
        created_by=partner.owner,
        updated_by=partner.owner,
        created_at=making.at(trial.first - BEGUN, "10:20"),
        programme=making.programmes.get(trial.programme),
        title=trial.title,
        kind=trial.kind,
        hypothesis_if=trial.because[0],
        hypothesis_then=trial.because[1],
        hypothesis_because=trial.because[2],
        starts_on=making.on(trial.first),
        ends_on=making.on(trial.last),
        place=trial.place,
        students=trial.students,
        hours_school_planned=trial.hours[0],
        hours_business_planned=trial.hours[1],
        hours_school_actual=hours_spent[0],
        hours_business_actual=hours_spent[1],
        budget_planned=Decimal(trial.money),
        budget_actual=None if trial.money_spent is None else Decimal(trial.money_spent),
        status=trial.status,
        status_since=_since(making, trial),
        approved_at=making.at(trial.first - APPROVED, "15:05") if has_cost else None,
        approved_by=making.director if has_cost else None,
        fixed_at=None if is_closed else making.at(trial.first, "07:30"),
        decided_at=None if trial.decided is None else making.at(trial.decided, "11:15"),
        decided_by=None if trial.decided is None else partner.owner,
        decision_reason="" if is_closed else trial.reason,
        closed_reason=trial.reason if is_closed else "",
        lessons=trial.lesson,
    )


def _since(making: Making, trial: Trial) -> dt.datetime:
    if trial.decided is not None:
        return making.at(trial.decided, "11:15")
    if trial.status == PilotStatus.RUNNING:
        return making.at(trial.first, "07:30")
    return making.at(trial.last, "16:00")


def _criteria(trial: Trial, pilot: Pilot) -> list[SuccessCriterion]:
    return [
        SuccessCriterion(
            pilot=pilot,
            order=order,
            text=text,
            metric=metric,
            shows=shows,
            direction=direction,
            target=Decimal(str(target)),
            unit=unit,
            must_have=must_have,
            actual=None if actual is None else Decimal(str(actual)),
            note=note,
        )
        for order, (text, metric, shows, direction, target, unit, must_have, actual, note) in enumerate(trial.criteria)
    ]


def _events(making: Making, trial: Trial, pilot: Pilot) -> list[TimelineEvent]:
    scheduled = making.at(trial.first - SCHEDULED, "09:30")
    happened = [("scheduled", scheduled, f"Pilot scheduled: {trial.title}", pilot.owner, "")]
    if trial is CALLED_OFF:
        title = f"Pilot called off: {trial.title}"
        happened.append(("called_off", making.at(trial.first - 1, "14:10"), title, pilot.owner, trial.reason))
    else:
        happened.append(("running", making.at(trial.first, "07:30"), f"Pilot running: {trial.title}", None, ""))
    if trial.status in {PilotStatus.DELIVERED, *DECISIONS}:
        happened.append(("delivered", making.at(trial.last, "16:00"), f"Pilot ended: {trial.title}", None, ""))
    if pilot.decided_at:
        title = f"{trial.title}: {pilot.get_status_display()}"
        happened.append(("decided", pilot.decided_at, title, pilot.owner, trial.reason))
    return [
        TimelineEvent(
            organisation=pilot.organisation,
            kind=f"pilots.{kind}",
            at=at,
            title=title,
            actor=actor,
            body=body,
            url_name="pilots:detail",
            object_id=pilot.pk,
        )
        for kind, at, title, actor, body in happened
    ]


def _change_one(making: Making, pilot: Pilot) -> None:
    """A criterion that was changed after the first day, with the reason."""
    criterion = pilot.criteria.get(order=1)
    rest = f"{criterion.metric} · {criterion.target_words} · must-have"
    CriterionChange.objects.create(
        criterion=criterion,
        was=f"Wires a test board alone by the end of week 2 · {rest}",
        became=f"{criterion.text} · {rest}",
        reason="The boards arrived five days late.",
        by=User.objects.filter(name="Jonas Brandt").first() or pilot.owner,
        at=making.at(CHANGED, "13:40"),
    )
