"""How long the pages people open all day take, and how much of that is not the database."""

from collections.abc import Iterator
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.test import Client
from django.urls import reverse

from accounts.models import User
from partnerships.enums import Status
from partnerships.models import Organisation, TimelineEvent
from tests.bench.registry import Bench, Row
from tests.bench.server import Answer, Visitor, gunicorn

REQUESTS = 100
WARM_UP = 10
P95_MILLISECONDS = 60
RATIO = 4


def _coordinator() -> User:
    """Return the colleague with the most partners: the fullest Today, the longest lists."""
    return User.objects.get(pk=_commonest(Organisation.objects.exclude(owner=None), "owner"))


def _commonest(rows: QuerySet[Any], field: str) -> Any:
    return rows.order_by().values_list(field).annotate(n=Count("pk")).order_by("-n").values_list(field, flat=True)[0]


def _pages() -> Iterator[tuple[str, str]]:
    everything = reverse("partnerships:list")
    busiest = Organisation.objects.get(pk=_commonest(TimelineEvent.objects.all(), "organisation"))
    narrowed = {"status": Status.CONTACTED, "sector": busiest.nace_section, "owner": "me", "sort": "last_contact"}
    yield "list", everything
    yield "filter", f"{everything}?{urlencode(narrowed)}"
    yield "search", f"{everything}?{urlencode({'q': busiest.name.split()[0]})}"
    yield "partner page", reverse("partnerships:detail", args=[busiest.pk])
    yield "Today", reverse("roadmap:today")
    yield "board", reverse("partnerships:board")
    yield "Roadmap", reverse("roadmap:journey")
    yield "goals", reverse("goals:board")
    yield "proposals", reverse("opportunities:proposals")
    yield "pilots", reverse("pilots:list")
    yield "agreements", reverse("agreements:list")
    yield "evaluation", reverse("evaluation:list")


def _compare(visitor: Visitor, page: str, path: str) -> Row:
    """Ask for a page and for a bare view with its SQL in turn, so that both meet the same noise."""
    key = page.replace(" ", "-")
    bare_path = f"/bench/{key}/"
    visitor.get(path)
    visitor.get(path, **{"X-Bench-Capture": key})
    for _ in range(WARM_UP):
        visitor.get(path)
        visitor.get(bare_path)
    pairs = [(visitor.get(path), visitor.get(bare_path)) for _ in range(REQUESTS)]
    return _figures(page, [whole for whole, _ in pairs], [bare for _, bare in pairs])


def _figures(page: str, answers: list[Answer], bare: list[Answer]) -> Row:
    p50 = median(answer.seconds for answer in answers)
    p95 = quantiles([answer.seconds for answer in answers], n=20)[-1]
    p50_bare = median(answer.seconds for answer in bare)
    within = p95 * 1000 <= P95_MILLISECONDS and p50 / p50_bare <= RATIO
    return {
        "page": page,
        "p50 ms": p50 * 1000,
        "p95 ms": p95 * 1000,
        "CPU ms": median(answer.cpu for answer in answers) * 1000,
        "queries": answers[0].queries,
        "bare p50 ms": p50_bare * 1000,
        "ratio": p50 / p50_bare,
        "within": "yes" if within else "no",
    }


def measure() -> list[Row]:
    user = _coordinator()
    client = Client()
    client.force_login(user)
    with gunicorn() as port:
        visitor = Visitor(port, client.cookies["sessionid"].value)
        return [_compare(visitor, page, path) for page, path in _pages()]


bench = Bench(
    name="pages",
    question=(
        f"a real gunicorn (one process, two threads) on loopback, {REQUESTS} requests a page over one connection; "
        f"a bare view fetches the rows of the same SQL. Wanted: p95 ≤ {P95_MILLISECONDS} ms, ratio ≤ {RATIO}."
    ),
    columns=("organisations", "page", "p50 ms", "p95 ms", "CPU ms", "queries", "bare p50 ms", "ratio", "within"),
    measure=measure,
)
