"""Figures of a wave, question by question. Small groups show how many answered and nothing else."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from evaluation.enums import QuestionKind, Topic
from evaluation.models import Answer, Question, Wave

TENTH = Decimal("0.1")
SMALL_SAMPLE = 30
WORDS_SHOWN = 100
YES_NO = {1: _("Yes"), 0: _("No")}


def rounded(value: Decimal, step: Decimal = TENTH) -> Decimal:
    return value.quantize(step, ROUND_HALF_UP)


@dataclass(frozen=True)
class Share:
    """One possible answer: how many gave it, and what part of all that is in percent."""

    label: str
    count: int
    percent: int


@dataclass(frozen=True)
class QuestionResult:
    """What came back for one question. `figure` is None where too few answered."""

    question: Question
    n: int
    figure: Decimal | None = None
    shares: list[Share] = field(default_factory=list)
    words: list[Answer] = field(default_factory=list)

    @property
    def is_small_sample(self) -> bool:
        return self.n < SMALL_SAMPLE


def mean(counts: Counter[int]) -> Decimal:
    """Return the mean of answers given as {number: how many}; there is at least one."""
    return rounded(Decimal(sum(number * times for number, times in counts.items())) / counts.total())


def net_promoters(counts: Counter[int]) -> Decimal:
    """Return the share of 9 and 10 less the share of 0 to 6, in points from −100 to 100."""
    promoters = sum(counts[number] for number in (9, 10))
    detractors = sum(counts[number] for number in range(7))
    return rounded(Decimal(100 * (promoters - detractors)) / counts.total(), Decimal(1))


def yes_share(counts: Counter[int]) -> Decimal:
    """Return the share of yes in percent."""
    return rounded(Decimal(100 * counts[1]) / counts.total(), Decimal(1))


FIGURES = {QuestionKind.SCALE: mean, QuestionKind.RECOMMEND: net_promoters, QuestionKind.YES_NO: yes_share}


def is_enough(wave: Wave, *, least: int) -> bool:
    """Whether so many answers are in that showing them gives nobody away."""
    return wave.responses.submitted().order_by()[:least].count() >= least


def results_of(wave: Wave, *, least: int, without: Collection[Topic] = ()) -> list[QuestionResult]:
    """Return the results of a wave, but not on the topics `without`. Three queries; figures need `least` answers."""
    questions = list(Question.objects.filter(questionnaire_id=wave.questionnaire_id).exclude(topic__in=without))
    answered = Answer.objects.filter(response__wave=wave, response__submitted_at__isnull=False)
    counted: dict[int, Counter[int]] = defaultdict(Counter)
    rows = answered.exclude(number=None).values_list("question", "number").annotate(times=Count("id")).order_by()
    for question_id, number, times in rows:
        counted[question_id][number] = times
    words = _words(answered)
    return [_result(question, counted[question.pk], words[question.pk], least) for question in questions]


def _words(answered: QuerySet[Answer]) -> dict[int, list[Answer]]:
    words: dict[int, list[Answer]] = defaultdict(list)
    written = answered.exclude(text="").select_related("response__organisation", "response__invitation__contact")
    for answer in written.order_by("-response__submitted_at", "-id")[:WORDS_SHOWN]:
        words[answer.question_id].append(answer)
    return words


def _result(question: Question, counts: Counter[int], words: list[Answer], least: int) -> QuestionResult:
    if question.kind == QuestionKind.TEXT:
        return QuestionResult(question, len(words), words=words)
    n = counts.total()
    if n < least or not n:
        return QuestionResult(question, n)
    shares = [Share(label, times, times * 100 // n) for label, times in _bands(question, counts)]
    return QuestionResult(question, n, FIGURES[QuestionKind(question.kind)](counts), shares)


def _bands(question: Question, counts: Counter[int]) -> list[tuple[str, int]]:
    """Return how many gave each answer, the highest first; of 0 to 10, the three bands that the net is made of."""
    if question.kind == QuestionKind.RECOMMEND:
        bands = ((_("9 and 10"), range(9, 11)), (_("7 and 8"), range(7, 9)), (_("0 to 6"), range(7)))
        return [(str(label), sum(counts[number] for number in band)) for label, band in bands]
    low, high = question.bounds or (0, 0)
    return [(answer_label(question, number), counts[number]) for number in range(high, low - 1, -1)]


def extremes_of(results: Iterable[QuestionResult]) -> dict[str, QuestionResult] | None:
    """Return the questions from 1 to 5 with the highest and the lowest mean; nothing where all are equal."""
    rated = [result for result in results if result.question.kind == QuestionKind.SCALE]
    ranked = sorted((result for result in rated if result.figure is not None), key=lambda result: result.figure or 0)
    if not ranked or ranked[0].figure == ranked[-1].figure:
        return None
    return {"highest": ranked[-1], "lowest": ranked[0]}


def answer_label(question: Question, number: int) -> str:
    """Return how a number reads: with the word at its end of the scale, or as yes and no."""
    if question.kind == QuestionKind.YES_NO:
        return str(YES_NO[number])
    low, high = question.bounds or (0, 0)
    word = {low: question.low, high: question.high}.get(number, "")
    return f"{number} {word}".strip()
