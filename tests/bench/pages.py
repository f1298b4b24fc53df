"""How long the pages people open all day take, and how much of that is not the database."""

from collections.abc import Iterator
from statistics import median, quantiles
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from accounts.models import User
from partnerships.enums import Status
from partnerships.models import Organisation
from tests.bench.registry import Bench, Row
from tests.bench.server import Answer, Visitor, gunicorn

REQUESTS = 100
WARM_UP = 10
P95_MILLISECONDS = 60
RATIO = 4


def _coordinator() -> User:
    """Return the colleague with the most partners: the fullest Today, the longest lists."""
    owners = Organisation.objects.exclude(owner=None).values_list("owner", flat=True)
    return User.objects.get(pk=max(set(owners), key=list(owners).count))


def _pages(user: User) -> Iterator[tuple[str, str]]:
    everything = reverse("partnerships:list")
    busiest = Organisation.objects.filter(owner=user).order_by("-last_contact_at").first()
    if busiest is None:
        raise LookupError("The scale data have no organisation with an owner")
    word = busiest.name.split()[0]
    yield "list", everything
    yield "filter", f"{everything}?{urlencode({'status': Status.ACTIVE, 'owner': user.pk, 'sort': '-last_contact'})}"
    yield "search", f"{everything}?{urlencode({'q': word})}"
    yield "partner page", busiest.get_absolute_url()
    yield "Today", reverse("roadmap:today")
    yield "board", reverse("partnerships:board")


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
        return [_compare(visitor, page, path) for page, path in _pages(user)]


bench = Bench(
    name="pages",
    question=(
        f"a real gunicorn (one process, two threads) on loopback, {REQUESTS} requests a page over one connection; "
        f"a bare view fetches the rows of the same SQL. Wanted: p95 ≤ {P95_MILLISECONDS} ms, ratio ≤ {RATIO}."
    ),
    columns=("organisations", "page", "p50 ms", "p95 ms", "CPU ms", "queries", "bare p50 ms", "ratio", "within"),
    measure=measure,
)
