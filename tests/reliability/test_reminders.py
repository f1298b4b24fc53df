"""Reminders with real beats, real workers and a clock that really changes under them: each arrives once."""

import datetime as dt
import struct
import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path
from zoneinfo import TZPATH

import pytest
from django.utils import timezone

from accounts.models import School, User
from mailing.enums import MessageStatus
from mailing.models import Message
from outreach.models import FollowUp, MorningReminder
from tests.accounts.factories import UserFactory
from tests.outreach.factories import FollowUpFactory
from tests.partnerships.factories import OrganisationFactory
from tests.reliability.smtp import FaultyOffice
from tests.workers import CeleryProcess

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.redis]

COLLEAGUES, TIMED = 6, 24
HOUR = 7
PATIENCE = 60
ZONE = "Test/Changing"
# In how many seconds the clocks change first, how long after that for the second time, and how long is waited then.
UNTIL_CHANGE, BETWEEN_CHANGES, AFTERWARDS = 25, 12, 25
# First they skip the hour's first seconds; then they go back to before the hour, which comes a second time.
FORWARD, BACK = 20, -40


def write_zone(folder: Path, *, changes: list[int], offsets: list[int]) -> None:
    """Write a time zone whose clocks change at these moments, in the format that every system keeps its zones in."""
    types = b"".join(struct.pack(">lbB", offset, 0, 0) for offset in offsets) + b"TST\0"
    # How many: UT flags, standard flags, leap seconds, transitions, types, characters.
    head = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, len(changes), len(offsets), 4)
    to = bytes(range(1, len(changes) + 1))
    old = head + struct.pack(f">{len(changes)}l", *changes) + to + types
    new = head + struct.pack(f">{len(changes)}q", *changes) + to + types + b"\n\n"
    path = folder / ZONE
    path.parent.mkdir(parents=True)
    path.write_bytes(old + new)


def let_clocks_change(folder: Path) -> float:
    """Let the school's clock change twice at the very hour of its morning mail; return when it does first."""
    first = int(time.time()) + UNTIL_CHANGE
    before = HOUR * 3600 - first % 86_400
    offsets = [before, before + FORWARD, before + FORWARD + BACK]
    write_zone(folder, changes=[first, first + BETWEEN_CHANGES], offsets=offsets)
    School.objects.update(time_zone=ZONE, reminder_hour=HOUR)
    return first


def fill() -> tuple[list[User], list[FollowUp]]:
    """Make colleagues with something overdue, and follow-ups whose hours come one after the other."""
    organisation = OrganisationFactory()
    colleagues = UserFactory.create_batch(COLLEAGUES)
    long_ago = timezone.now().date() - dt.timedelta(days=9)
    for colleague in colleagues:
        FollowUpFactory(owner=colleague, organisation=organisation, due_on=long_ago, title="Overdue")
    timed = []
    for number in range(TIMED):
        due_at = timezone.now() + dt.timedelta(seconds=2 * number)
        row = FollowUpFactory(
            owner=colleagues[number % COLLEAGUES],
            organisation=organisation,
            title=f"Timed {number}",
            due_on=due_at.date() + dt.timedelta(days=3),
            due_at=due_at,
            remind_at=due_at,
        )
        timed.append(row)
    return colleagues, timed


def wait_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.time()))


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    return tmp_path / "zones"


@pytest.fixture
def start(start_celery, office: FaultyOffice, zones: Path, tmp_path: Path) -> Callable[..., CeleryProcess]:
    """Start a worker of one queue, or a beat, on a machine that also knows the zones of this test."""
    environment = {
        "EMAIL_URL": office.url,
        "DJANGO_SETTINGS_MODULE": "tests.reliability.quick_beat",
        "PYTHONTZPATH": ":".join([str(zones), *TZPATH]),
    }
    beats = count()

    def start(kind: str, queue: str = "") -> CeleryProcess:
        options = {
            "worker": ["--pool=threads", "--concurrency=2", f"--queues={queue}", "--without-mingle"],
            "beat": [f"--schedule={tmp_path / f'beat-{next(beats)}'}", "--pidfile="],
        }
        return start_celery(kind, *options[kind], **environment)

    return start


def test_reminders_over_a_restart_two_beats_and_a_clock_change_arrive_once(
    school: School, start: Callable[..., CeleryProcess], office: FaultyOffice, zones: Path
):
    start("worker", "mail")
    worker, _other = start("worker", "default"), start("worker", "default")
    beat, _other = start("beat"), start("beat")
    change_at = let_clocks_change(zones)
    colleagues, timed = fill()

    wait_until(change_at - 5)
    assert not MorningReminder.objects.exists()
    worker.kill()
    beat.kill()
    start("worker", "default")
    start("beat")
    wait_until(change_at + BETWEEN_CHANGES + AFTERWARDS)
    wait_for_mails(office, COLLEAGUES + TIMED)

    subjects = Counter((message["To"].addresses[0].addr_spec, message["Subject"]) for message in office.messages)
    sent = Message.objects.filter(status=MessageStatus.SENT).count()
    assert max(subjects.values()) == 1
    assert sum(office.booked.values()) == sent == Message.objects.count() == COLLEAGUES + TIMED
    assert sorted(MorningReminder.objects.values_list("user_id", flat=True)) == sorted(user.pk for user in colleagues)
    assert not FollowUp.objects.filter(pk__in=[row.pk for row in timed], remind_at__isnull=False).exists()


def wait_for_mails(office: FaultyOffice, expected: int) -> None:
    """Wait until so many mails have come, and then for four more beats, which might do it again."""
    deadline = time.monotonic() + PATIENCE
    while sum(office.booked.values()) < expected and time.monotonic() < deadline:
        time.sleep(0.5)
    time.sleep(5)
