"""Long work: each colleague sees their own."""

from typing import Any

from accounts.models import User
from tests.jobs.factories import JobFactory
from tests.permissions import EVERYBODY, Row, to


def ones_own(user: User | None) -> dict[str, Any]:
    return {"pk": JobFactory(requested_by=user).pk}


ROWS = {
    "jobs:list": Row(get=to(EVERYBODY)),
    "jobs:detail": Row(get=to(EVERYBODY), make=ones_own),
    "jobs:stop": Row(post=to(EVERYBODY, 302), make=ones_own),
    # A job without a file has nothing to hand out; with one it is a download (tests/jobs).
    "jobs:result": Row(get=to(EVERYBODY, 404), make=ones_own),
}
