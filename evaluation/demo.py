"""What firms said in the demo school: last year's round, closed, and this term's, open and mostly answered."""

import datetime as dt
from collections.abc import Iterator
from itertools import cycle

from django.utils import timezone

from accounts.models import User
from accounts.services import current_school
from evaluation.deadlines import last_moment
from evaluation.demo_findings import add_findings
from evaluation.demo_students import add_students
from evaluation.enums import Audience, QuestionKind, Topic, WaveStatus
from evaluation.models import Answer, FeedbackLink, Invitation, Question, Questionnaire, Response, Wave
from evaluation.services.asking import reachable
from evaluation.services.questionnaires import write_starters
from mailing.models import hash_token, new_token
from partnerships.enums import Status
from partnerships.models import Contact, TimelineEvent
from pilots.enums import PilotStatus
from pilots.models import Pilot
from pilots.services import note_feedback

ASKED = 26
AUGUST = 8
ANSWERED_LATE = ("Nordwell Electrical",)
# Overall satisfaction and recommendation of this term's answers: 17 of 19 satisfied, 13 promoters, 2 detractors.
THIS_TERM = list(
    zip(
        [5, 4, 5, 5, 4, 3, 5, 4, 5, 4, 5, 5, 4, 3, 5, 4, 5, 4, 5],
        [10, 9, 9, 10, 8, 6, 9, 9, 10, 7, 9, 10, 8, 5, 9, 9, 10, 8, 9],
        strict=True,
    )
)
# Firms that were asked about the pilot that runs with them; each answered within a day.
ABOUT_PILOTS = ("Copperline Robotics", "Juniper Software", "Quayside Boatworks")
LAST_TERM = list(
    zip([4, 4, 5, 3, 4, 5, 4, 4, 5, 4, 4, 5, 3, 5, 4], [9, 8, 10, 6, 9, 9, 7, 8, 10, 9, 8, 9, 6, 9, 9], strict=True)
)
WELL = [
    "By week two they were setting up jobs on their own. We would take all six again.",
    "Good manners with customers, on time every day.",
    "The teacher’s visit in week one cleared up everything.",
    "They asked good questions and wrote things down.",
    "Our own apprentices learned from showing them around.",
]
CHANGE = [
    "Send them with safety shoes and the site rules already read.",
    "Tell us a month before, not two weeks.",
    "They arrived without safety shoes. Two lost their first morning.",
    "We would gladly show the site to the class before they start.",
    "A phone number for Fridays after three.",
]


def load(day: dt.date) -> None:
    if Wave.objects.exists():
        return
    write_starters()
    people = _people()
    before, now = day - dt.timedelta(days=400), day - dt.timedelta(days=10)
    earlier = _wave(f"{_term(before)}: placements", f"Placements until {before:%B %Y}", day, opened=400, closes=-370)
    current = _wave(
        f"{_term(now)}: placements and pilots", "Placements and pilots of this term", day, opened=10, closes=19
    )
    _ask(earlier, people[: len(LAST_TERM) + 4], LAST_TERM, days=25)
    with_pilot = [person for person in people if person.organisation.name in ABOUT_PILOTS]
    others = [person for person in people if person not in with_pilot]
    of_pilots = len(THIS_TERM) - len(with_pilot)
    _ask(current, others, THIS_TERM[:of_pilots], days=9)
    _ask_about_pilots(day, with_pilot, THIS_TERM[of_pilots:])
    newest = Response.objects.filter(wave=current).order_by("-submitted_at").values_list("pk", flat=True)
    unread = list(newest[:2])
    Response.objects.exclude(pk__in=unread).update(read_at=timezone.now(), read_by=_marta())
    add_students(day, f"{_term(now)}: students on placement")
    add_findings(day, current)


def _ask_about_pilots(day: dt.date, people: list[Contact], figures: list[tuple[int, int]]) -> None:
    """Ask each of these people how the pilot at their firm goes; each gives one of the figures."""
    running = Pilot.objects.filter(status=PilotStatus.RUNNING)
    pilots = {pilot.organisation_id: pilot for pilot in running}
    for person, answer in zip(people, figures, strict=True):
        pilot = pilots[person.organisation_id]
        title = f"{person.organisation.name}: how the pilot goes"
        wave = _wave(title, pilot.title, day, opened=6, closes=15, pilot=pilot)
        _ask(wave, [person], [answer], days=1)
        note_feedback(pilot=pilot, at=wave.responses.latest("submitted_at").submitted_at or wave.created_at)


def _term(day: dt.date) -> str:
    """Return the name of the term a day falls in, such as “Spring term 2026”."""
    return f"{'Spring' if day.month < AUGUST else 'Autumn'} term {day.year}"


def _marta() -> User | None:
    return User.objects.filter(role="coordinator").order_by("pk").first()


def _people() -> list[Contact]:
    """Main contacts of the firms worked with, those on the screens first; late ones last."""
    asked = [Status.PARTNER, Status.AGREEMENT, Status.PILOT, Status.PROPOSAL]
    contacts = reachable(Contact.objects.filter(organisation__status__in=asked)).select_related("organisation")
    one_each: dict[int, Contact] = {}
    for contact in contacts.order_by("organisation_id", "-is_primary", "pk"):
        one_each.setdefault(contact.organisation_id, contact)
    return sorted(one_each.values(), key=_turn)[:ASKED]


def _turn(person: Contact) -> tuple[bool, bool, int]:
    """Order those asked: partners answer first, the late one last, those with a proposal only not at all."""
    firm = person.organisation
    return firm.status == Status.PROPOSAL, firm.name in ANSWERED_LATE, firm.pk


def _wave(title: str, about: str, day: dt.date, *, opened: int, closes: int, pilot: Pilot | None = None) -> Wave:
    questionnaire = Questionnaire.objects.filter(audience=Audience.FIRMS).earliest("pk")
    began = _moment(day - dt.timedelta(days=opened), 9)
    is_over = closes < 0
    wave = Wave.objects.create(
        title=title,
        about=about,
        pilot=pilot,
        questionnaire=questionnaire,
        closes_on=day + dt.timedelta(days=closes),
        status=WaveStatus.CLOSED if is_over else WaveStatus.OPEN,
        opened_at=began,
        closed_at=_moment(day + dt.timedelta(days=closes + 1), 0) if is_over else None,
        owner=_marta(),
        created_at=began - dt.timedelta(days=2),
    )
    Questionnaire.objects.filter(pk=questionnaire.pk, frozen_at=None).update(frozen_at=began)
    return wave


def _moment(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=current_school().zone)


def _ask(wave: Wave, people: list[Contact], figures: list[tuple[int, int]], *, days: int) -> None:
    """Ask these people; the first of them answer, spread over `days` from the opening."""
    began = wave.opened_at or wave.created_at
    invitations = Invitation.objects.bulk_create(
        Invitation(wave=wave, organisation_id=person.organisation_id, contact=person, sent_at=began)
        for person in people
    )
    FeedbackLink.objects.bulk_create(_link(invitation, place) for place, invitation in enumerate(invitations))
    questions = list(wave.questionnaire.questions.all())
    pace = dt.timedelta(days=days) / max(len(figures), 1)
    for number, (invitation, figure) in enumerate(zip(invitations, figures, strict=False)):
        _answer(invitation, questions, figure, began + pace * (number + 1) - dt.timedelta(hours=2), number)


def _link(invitation: Invitation, place: int) -> FeedbackLink:
    """A link whose secret nobody knows; the last two were never opened."""
    sent_at = invitation.sent_at or invitation.wave.created_at
    return FeedbackLink(
        invitation=invitation,
        token_hash=hash_token(new_token()),
        email=invitation.contact.email,
        name=invitation.contact.name,
        created_at=sent_at,
        expires_at=last_moment(invitation.wave.closes_on),
        first_opened_at=sent_at + dt.timedelta(hours=5 + place) if place < ASKED - 5 else None,
    )


def _answer(
    invitation: Invitation, questions: list[Question], figure: tuple[int, int], at: dt.datetime, number: int
) -> None:
    overall, recommend = figure
    response = Response.objects.create(
        wave_id=invitation.wave_id,
        invitation=invitation,
        organisation_id=invitation.organisation_id,
        started_at=at - dt.timedelta(minutes=4),
        submitted_at=at,
        overall=overall,
        recommend=recommend,
    )
    words = cycle([WELL[number % len(WELL)], CHANGE[(number * 2) % len(CHANGE)]])
    Answer.objects.bulk_create(_one(response, question, number, words) for question in questions)
    TimelineEvent.objects.create(
        organisation_id=invitation.organisation_id,
        contact_id=invitation.contact_id,
        kind="evaluation.answered",
        at=at,
        title=f"{invitation.contact.name} answered our questions",
        body=invitation.wave.about,
        url_name="evaluation:response",
        object_id=response.pk,
    )


def _one(response: Response, question: Question, number: int, words: Iterator[str]) -> Answer:
    overall, recommend = response.overall or 0, response.recommend
    if question.kind == QuestionKind.TEXT:
        return Answer(response=response, question=question, text=next(words) if number % 3 else "")
    if question.topic == Topic.RECOMMEND:
        return Answer(response=response, question=question, number=recommend)
    if question.kind == QuestionKind.YES_NO:
        return Answer(response=response, question=question, number=int(overall > 2 + number % 2))
    spread = 0 if question.topic == Topic.OVERALL else (number + question.pk) % 3 - 1
    return Answer(response=response, question=question, number=max(1, min(5, overall + spread)))
