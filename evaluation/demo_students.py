"""What students of the demo school said: by their own links, by a class's sheet, and about the pilot at Nordwell."""

import datetime as dt
from itertools import cycle

from accounts.models import User
from accounts.services import current_school
from evaluation.deadlines import last_moment
from evaluation.enums import Asked, Audience, QuestionKind, Topic, WaveStatus
from evaluation.keys import random_key
from evaluation.models import Answer, Question, Questionnaire, Response, StudentInvitation, StudentLink, Wave
from mailing.models import hash_token, new_token
from opportunities.models import Placement, Student
from pilots.models import Pilot

ABOUT_PILOT = "Nordwell Electrical"
CLASS, CLASS_SIZE = "W2", 12
BY_LINK, OF_PILOT = 21, 5
# Overall satisfaction: 4.1 on average over the two rounds with enough answers; three are in about the pilot.
OWN = [5, 4, 4, 5, 4, 3, 5, 4, 4, 4, 5, 4, 3, 5, 4, 4]
IN_CLASS = [4, 4, 5, 3, 4, 4, 4, 4]
PILOT = [4, 3, 4]
TEACH_EARLIER = [
    "How to wear the gear and read the fuse plan.",
    "Nobody told us about the goggles until the second day.",
    "I learned the rules from the other apprentice, not in school.",
    "How to talk to customers on the phone.",
    "Reading a drawing that is older than I am.",
]
CHANGE = [
    "The early shift starts before the first bus.",
    "Tell us who to ask for on the first morning.",
    "Four weeks are better than two.",
    "Let us see the site before we start.",
]


def add_students(day: dt.date, title: str) -> None:
    """Make the students' rounds where there are students with a placement."""
    students = list(Student.objects.filter(pk__in=Placement.objects.values("student")).order_by("reference"))
    students = [student for student in students if student.email]
    if len(students) < BY_LINK + OF_PILOT:
        return
    own = _wave(title, day, opened=10, closes=19, asked=Asked.STUDENTS, about="Placements of this term")
    _invite(own, students[OF_PILOT : OF_PILOT + BY_LINK], answered=len(OWN))
    _answer(own, OWN)
    in_class = _wave(
        f"{title}, {CLASS}", day, opened=9, closes=12, asked=Asked.CLASS, group=CLASS, class_size=CLASS_SIZE
    )
    _answer(in_class, IN_CLASS)
    _about_pilot(day, students[:OF_PILOT])


def _about_pilot(day: dt.date, students: list[Student]) -> None:
    pilot = Pilot.objects.filter(organisation__name=ABOUT_PILOT).order_by("pk").first()
    if pilot is None:
        return
    title = f"{ABOUT_PILOT}: students of the pilot"
    wave = _wave(title, day, opened=5, closes=16, asked=Asked.STUDENTS, about=pilot.title, pilot=pilot)
    _invite(wave, students, answered=len(PILOT))
    _answer(wave, PILOT)


def _wave(title: str, day: dt.date, *, opened: int, closes: int, **fields: object) -> Wave:
    questionnaire = Questionnaire.objects.filter(audience=Audience.STUDENTS).earliest("pk")
    began = dt.datetime.combine(day - dt.timedelta(days=opened), dt.time(8), tzinfo=current_school().zone)
    Questionnaire.objects.filter(pk=questionnaire.pk, frozen_at=None).update(frozen_at=began)
    return Wave.objects.create(
        title=title,
        questionnaire=questionnaire,
        status=WaveStatus.OPEN,
        opened_at=began,
        closes_on=day + dt.timedelta(days=closes),
        owner=User.objects.filter(role="coordinator").order_by("pk").first(),
        created_at=began - dt.timedelta(days=2),
        **fields,
    )


def _invite(wave: Wave, students: list[Student], *, answered: int) -> None:
    asked = StudentInvitation.objects.bulk_create(
        StudentInvitation(wave=wave, student=student, sent_at=wave.opened_at, answered=place < answered)
        for place, student in enumerate(students)
    )
    StudentLink.objects.bulk_create(
        StudentLink(
            invitation=one,
            token_hash=hash_token(new_token()),
            email=one.student.email,
            name=one.student.name,
            created_at=wave.opened_at or wave.created_at,
            expires_at=last_moment(wave.closes_on),
        )
        for one in asked
    )


def _answer(wave: Wave, ratings: list[int]) -> None:
    questions = list(wave.questionnaire.questions.all())
    earlier, change = cycle(TEACH_EARLIER), cycle(CHANGE)
    responses = Response.objects.bulk_create(
        Response(
            pk=random_key(),
            wave=wave,
            submitted_at=wave.opened_at,
            started_at=None,
            overall=overall,
            recommend=overall * 2,
        )
        for overall in ratings
    )
    words = [question for question in questions if question.kind == QuestionKind.TEXT]
    Answer.objects.bulk_create(
        _one(response, question, place, next(earlier if words and question == words[0] else change))
        for place, response in enumerate(responses)
        for question in questions
        if question.kind != QuestionKind.TEXT or place % 2
    )


def _one(response: Response, question: Question, place: int, words: str) -> Answer:
    """One answer; how well school got them ready is the weak spot."""
    answer = Answer(pk=random_key(), response=response, question=question)
    overall = response.overall or 0
    if question.kind == QuestionKind.TEXT:
        answer.text = words
    elif question.kind == QuestionKind.YES_NO:
        answer.number = 1 if question.topic == Topic.SAFE else int(overall > 3 - place % 2)
    elif question.topic == Topic.RECOMMEND:
        answer.number = response.recommend
    elif question.topic == Topic.PREPARED:
        answer.number = max(1, overall - (0 if place % 4 == 0 else 1))
    else:
        spread = 0 if question.topic == Topic.OVERALL else (place + question.order) % 3 - 1
        answer.number = max(1, min(5, overall + spread))
    return answer
