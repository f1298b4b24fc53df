"""The kinds of long work there are. Each app declares its own in `tasks.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files import File
from django.utils.functional import Promise

from accounts.models import User
from jobs.models import Job
from jobs.progress import Progress

Words = str | Promise


@dataclass(frozen=True)
class Outcome:
    """What came of a job: a sentence, where to go on, and perhaps a file for whoever asked for it.

    `data` must be plain JSON; the handler's app may read it from `job.result["data"]`.
    """

    text: Words = ""
    url: str = ""
    url_label: Words = ""
    file: File | None = None
    file_name: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


Handler = Callable[[Job, Progress], Outcome | None]


@dataclass(frozen=True)
class JobKind:
    key: str
    label: Words
    allowed: Callable[[User], bool]
    handler: Handler


class JobProblemError(Exception):
    """The work cannot be done, for a reason that the person who asked understands; the text is shown as it is."""


class UnknownJobKindError(LookupError):
    """No app declares this kind of job."""


_kinds: dict[str, JobKind] = {}


def job_kind(key: str, label: Words, *, allowed: Callable[[User], bool]) -> Callable[[Handler], Handler]:
    """Declare the handler of a kind of job, such as `partnerships.import`.

    `allowed` is asked when the job is requested and again when it runs. A job whose worker died is run again, at most
    three times: the handler must find what it has done already, or do all of it in one transaction. It calls
    `progress(done, of=total)` at least every minute.
    """

    def declare(handler: Handler) -> Handler:
        _kinds[key] = JobKind(key, label, allowed, handler)
        return handler

    return declare


def known_kinds() -> list[str]:
    return list(_kinds)


def kind_of(key: str) -> JobKind:
    try:
        return _kinds[key]
    except KeyError:
        raise UnknownJobKindError(key) from None
