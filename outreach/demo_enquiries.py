"""What people outside wrote to the demo school, in every state, around the anchor day."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import NumberSeries, User
from accounts.services import current_school
from outreach.clock import ANSWERED_WITHIN, moment, working_days_after
from outreach.enums import Channel, Credit, Direction, Door, EnquiryStatus, Suspicion, Wish
from outreach.models import Enquiry, EnquiryReply
from partnerships.models import Organisation

STATUS = EnquiryStatus


@dataclass(frozen=True)
class Story:
    """One enquiry: when it came, from whom, what it said, and what was done about it."""

    days_ago: int
    clock: str
    door: Door
    status: EnquiryStatus
    name: str
    email: str
    message: str
    more: dict[str, Any] = field(default_factory=dict)
    answer: str = ""
    answered_after: int = 0
    phone: str = ""
    firm: str = ""


STORIES = [
    Story(
        64,
        "10:12",
        Door.QUESTION,
        STATUS.CLOSED,
        "Petra Sommer",
        "petra.sommer@example.org",
        "My daughter is fourteen and likes electronics. When is the next open day?",
        answer="Dear Mrs Sommer, the next open day is on the second Saturday of March. You are both welcome.",
        answered_after=1,
    ),
    Story(
        41,
        "16:40",
        Door.BUSINESS,
        STATUS.CONVERTED,
        "Amara Diallo",
        "amara.diallo@example.org",
        "The season begins in May. We could take two trainees into the kitchen and one to the desk.",
        {"organisation_name": "Brightwater Hotel", "town": "Lindenvale", "wishes": [Wish.STAFF], "people": 3},
        answer="Dear Ms Diallo, thank you. Jonas will ring you tomorrow about the dates.",
        answered_after=1,
        firm="Brightwater Hotel",
    ),
    Story(
        30,
        "09:02",
        Door.PRACTICE,
        STATUS.ANSWERED,
        "Henrik Maas",
        "henrik.maas@example.org",
        "Every placement begins with one hour in which the student shows the mentor a task from school.",
        {
            "title": "The first hour belongs to the student",
            "stage": 6,
            "results": "Eleven of twelve students said that they were taken seriously from the first day.",
            "credit": Credit.FULL_NAME,
            "organisation_name": "Norrby Technical School",
        },
        answer="Dear Mr Maas, we read this aloud in the staff meeting. May we try it in June and write to you?",
        answered_after=4,
    ),
    Story(
        9,
        "11:25",
        Door.QUESTION,
        STATUS.WAITING,
        "Lukas Brenner",
        "lukas.brenner@example.org",
        "Do you train adults who have worked in a workshop for years but have no certificate?",
        answer="Dear Mr Brenner, yes, in two ways. Which machines do you work on, and since when?",
        answered_after=1,
    ),
    Story(
        7,
        "14:18",
        Door.BUSINESS,
        STATUS.WAITING,
        "Ivo Keller",
        "ivo.keller@example.org",
        "We would like to show our new paint line to a class.",
        {"organisation_name": "Keller Coatings", "town": "Mill End", "wishes": [Wish.TALK]},
        answer="Dear Mr Keller, gladly. Would a Thursday morning in April suit you?",
        answered_after=2,
    ),
    Story(
        6,
        "08:55",
        Door.QUESTION,
        STATUS.OUT_OF_SCOPE,
        "Jean Fowler",
        "",
        "Can you tell me when the swimming pool opens again?",
        phone="000 555 0190",
    ),
    Story(
        5,
        "03:12",
        Door.BUSINESS,
        STATUS.SUSPECTED,
        "Rank Boost",
        "offer@example.org",
        "Page one of every search: https://example.org/a https://example.org/b https://example.org/c",
        {"organisation_name": "Rank Boost", "suspicion": Suspicion.LINKS},
    ),
    Story(
        1,
        "15:30",
        Door.PRACTICE,
        STATUS.TRIAGED,
        "Carl Imhof",
        "carl.imhof@example.org",
        "Once a term the mentors of all firms have breakfast here, and bring one thing that went wrong.",
        {
            "title": "Mentors’ breakfast",
            "stage": 8,
            "results": "Three firms changed how they begin a placement.",
            "credit": Credit.ORGANISATION,
            "organisation_name": "Westmoor Academy",
        },
    ),
    Story(
        0,
        "07:15",
        Door.QUESTION,
        STATUS.NEW,
        "Runa Beck",
        "runa.beck@example.org",
        "How do you insure students on placements abroad? We begin in autumn and would like to do it right.",
        {"organisation_name": "Hollin School"},
    ),
    Story(
        0,
        "08:41",
        Door.BUSINESS,
        STATUS.NEW,
        "Tova Lind",
        "tova.lind@example.org",
        "We need two installers by autumn. Could a student join us before the summer?",
        {
            "organisation_name": "Solveig Solar",
            "town": "Eastmoor",
            "wishes": [Wish.STAFF],
            "people": 2,
            "by_when": "This autumn",
        },
    ),
]
# Last year's numbers run before; the newest of the demo is Q-<year>-0042.
LAST_NUMBER = 42


def load(day: dt.date) -> None:
    """Write the enquiries, unless there are some."""
    if Enquiry.objects.exists():
        return
    zone = current_school().zone
    marta = User.objects.filter(name="Marta Keller").first()
    firms = {row.name: row for row in Organisation.objects.filter(name__in=[story.firm for story in STORIES])}
    numbers = range(LAST_NUMBER - len(STORIES) + 1, LAST_NUMBER + 1)
    made = [_enquiry(story, number, day, zone, marta, firms) for story, number in zip(STORIES, numbers, strict=True)]
    Enquiry.objects.bulk_create(made)
    EnquiryReply.objects.bulk_create(
        _reply(story, enquiry, marta) for story, enquiry in zip(STORIES, made, strict=True) if story.answer
    )
    NumberSeries.objects.update_or_create(key="enquiry", year=day.year, defaults={"last": LAST_NUMBER})


def _enquiry(
    story: Story,
    number: int,
    day: dt.date,
    zone: ZoneInfo,
    marta: User | None,
    firms: dict[str, Organisation],
) -> Enquiry:
    on = day - dt.timedelta(days=story.days_ago)
    at = moment(on, dt.time.fromisoformat(story.clock), zone=zone)
    is_untouched = story.status in (STATUS.NEW, STATUS.SUSPECTED)
    moved_at = at + dt.timedelta(days=story.answered_after, hours=2)
    return Enquiry(
        reference=f"Q-{day.year}-{number:04d}",
        door=story.door,
        status=story.status,
        name=story.name,
        email=story.email,
        phone=story.phone,
        message=story.message,
        received_at=at,
        created_at=at,
        due_on=working_days_after(on, ANSWERED_WITHIN),
        answered_on=on + dt.timedelta(days=story.answered_after) if story.answer else None,
        moved_at=at if is_untouched else moved_at,
        closed_at=moved_at if story.status == STATUS.CLOSED else None,
        assigned_to=None if is_untouched else marta,
        organisation=firms.get(story.firm),
        **story.more,
    )


def _reply(story: Story, enquiry: Enquiry, marta: User | None) -> EnquiryReply:
    at = enquiry.received_at + dt.timedelta(days=story.answered_after, hours=1)
    return EnquiryReply(
        enquiry=enquiry, direction=Direction.OUT, channel=Channel.EMAIL, text=story.answer, at=at, by=marta
    )
