"""What the demo school learned and what it changes: a year of findings, from the first idea to those told."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from accounts.services import current_school
from evaluation.enums import ActionStatus, FindingKind, FindingStatus
from evaluation.models import AdaptationAction, Finding, Wave
from goals.models import Programme
from partnerships.models import Organisation, TimelineEvent


@dataclass(frozen=True)
class Found:
    """A finding still to be decided, `days` old."""

    statement: str
    words: str
    kind: FindingKind
    severity: int
    effort: int
    days: int
    programme: str = ""
    from_round: bool = False


@dataclass(frozen=True)
class Changed:
    """A change with the finding it rests on; days count from the anchor day."""

    title: str
    because: str
    expected: str
    owner: str
    due: int
    status: ActionStatus
    result: str = ""
    done: int | None = None
    told: int | None = None
    change: str = ""


_BETTER, _MORE, _RISK = FindingKind.IMPROVEMENT, FindingKind.EXPANSION, FindingKind.RISK
TO_DECIDE = [
    Found(
        "Students do not know the safety rules on day one",
        "Nine comments in this round, and one near miss",
        _BETTER,
        4,
        2,
        3,
        from_round=True,
    ),
    Found(
        "Care homes say yes to one week, not to four",
        "Heard in calls since January, from four of them",
        _MORE,
        4,
        1,
        27,
        programme="Health & Social Care",
    ),
    Found("Early shifts start before the first bus", "Six comments of students", _BETTER, 3, 3, 3, from_round=True),
    Found(
        "Mechatronics hangs on one firm",
        "One firm hosts more than a third of its places",
        _RISK,
        3,
        4,
        12,
        programme="Mechatronics",
    ),
    Found("Two hosts want the form in German", "Said at the hosts’ meeting", _BETTER, 1, 1, 9),
]
_S = ActionStatus
CHANGES = [
    Changed(
        "Safety briefing before day one",
        "Preparation before day one is the weak spot: firms 3.9, students 3.4",
        "Preparation, 3.4 to 4.0",
        "Jonas Brandt",
        -6,
        _S.PROPOSED,
        change="Every student gets an hour with the workshop office and signs the firm’s site rules before the first "
        "morning. Shoes and goggles are handed out there.",
    ),
    Changed(
        "Visit the site before a placement",
        "A firm offered to show its site to the class",
        "Preparation, 3.4 to 4.0",
        "Aisha Noor",
        43,
        _S.PROPOSED,
    ),
    Changed(
        "Care firms: ask for one-week tasters",
        "9 of 30 places in Health & Social Care",
        "Care places, 9 to 20",
        "Marta Keller",
        15,
        _S.IN_PROGRESS,
    ),
    Changed(
        "Mentor’s one-page guide", "Four partners asked for it", "Effort, 5.9 to 6.2", "Aisha Noor", 36, _S.IN_PROGRESS
    ),
    Changed(
        "Feedback form cut to 3 minutes",
        "58% answered in autumn",
        "Answers, 58% to 70%",
        "Marta Keller",
        -20,
        _S.IMPLEMENTED,
        result="72% so far",
        done=-22,
    ),
    Changed(
        "First visit on day two",
        "Three hosts felt left alone",
        "Mentor support, 4.4 to 4.6",
        "Jonas Brandt",
        -30,
        _S.IMPLEMENTED,
        result="4.4, no change",
        done=-34,
    ),
    Changed(
        "Weekly call during placements",
        "Communication was 4.1",
        "Communication, 4.1 to 4.4",
        "Marta Keller",
        -40,
        _S.EFFECTIVE,
        result="4.5 (n 19)",
        done=-41,
    ),
    Changed(
        "One number for hosts to call",
        "Hosts did not know whom to ring on Fridays",
        "Calls lost, 9 to 2",
        "Aisha Noor",
        -120,
        _S.CLOSED,
        result="2 in the term",
        done=-125,
        told=-110,
    ),
    Changed(
        "Dates of placements a month ahead",
        "Two weeks’ notice is too short for rosters",
        "Places confirmed by the start",
        "Marta Keller",
        -200,
        _S.CLOSED,
        result="88%, up from 71%",
        done=-205,
        told=-190,
    ),
    Changed(
        "Evening hours for mentors’ training",
        "Mentors could not come in the daytime",
        "Mentors trained, 14 to 25",
        "Jonas Brandt",
        -280,
        _S.CLOSED,
        result="27",
        done=-285,
        told=-270,
    ),
]
TOLD_TO = ("Greyfriars Bakery", "Brightwater Hotel", "Larkfield Dairy")


def add_findings(day: dt.date, current: Wave) -> None:
    people = {user.name: user for user in User.objects.all()}
    programmes = {programme.title: programme for programme in Programme.objects.all()}
    by = people.get("Marta Keller")
    Finding.objects.bulk_create(
        Finding(
            statement=one.statement,
            words=one.words,
            kind=one.kind,
            severity=one.severity,
            effort=one.effort,
            programme=programmes.get(one.programme),
            wave=current if one.from_round else None,
            created_at=_moment(day, -one.days),
            created_by=by,
        )
        for one in TO_DECIDE
    )
    for one in CHANGES:
        _change(one, day, people)
    _tell(day, by)


def _moment(day: dt.date, days: int) -> dt.datetime:
    return dt.datetime.combine(day + dt.timedelta(days=days), dt.time(14, 20), tzinfo=current_school().zone)


def _change(one: Changed, day: dt.date, people: dict[str, User]) -> None:
    owner, by = people.get(one.owner), people.get("Marta Keller")
    begun = min(one.due, one.done or 0) - 35
    finding = Finding.objects.create(
        statement=one.because,
        severity=3,
        effort=2,
        status=FindingStatus.ACCEPTED,
        created_at=_moment(day, begun - 6),
        created_by=by,
        decided_at=_moment(day, begun),
        decided_by=by,
    )
    change = AdaptationAction.objects.create(
        title=one.title,
        change=one.change,
        expected=one.expected,
        result=one.result,
        owner=owner,
        due_on=day + dt.timedelta(days=one.due),
        status=one.status,
        done_on=day + dt.timedelta(days=one.done) if one.done else None,
        told_on=day + dt.timedelta(days=one.told) if one.told else None,
        approved_by=None if one.status == ActionStatus.PROPOSED else people.get("Helena Voss"),
        created_at=_moment(day, begun),
        created_by=by,
    )
    change.findings.add(finding)


def _tell(day: dt.date, by: User | None) -> None:
    """Some partners heard what came of what they had said."""
    told = [one for one in CHANGES if one.told]
    partners = {partner.name: partner for partner in Organisation.objects.filter(name__in=TOLD_TO)}
    changes = {change.title: change for change in AdaptationAction.objects.exclude(told_on=None)}
    TimelineEvent.objects.bulk_create(
        TimelineEvent(
            organisation=partners[name],
            kind="evaluation.told",
            title=f"Told what changed: {one.title}",
            body=one.result,
            actor=by,
            at=_moment(day, one.told or 0),
            url_name="evaluation:change",
            object_id=changes[one.title].pk,
        )
        for name, one in zip(TOLD_TO, told, strict=True)
        if name in partners
    )
