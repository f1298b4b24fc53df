"""A worker killed with -9 in the middle of sending, at points drawn from a seed."""

import random
import time
from collections.abc import Callable

import pytest

from config.celery import app
from tests.reliability.conftest import check_book, end_pauses, let_time_pass, open_mails, write_mails
from tests.reliability.smtp import FaultyOffice

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.redis]

MAILS, KILLS, THREADS = 200, 6, 2
PATIENCE = 500


class Assassin:
    """Kills the worker at the n-th mail: before the server takes it, once it has, or just after it has said so."""

    def __init__(self, office: FaultyOffice, seed: int) -> None:
        self.draw = random.Random(seed)
        self.points = sorted(self.draw.sample(range(5, MAILS - 5), KILLS))
        self.kill: Callable[[], None] | None = None
        self.killed: list[str] = []
        self._handle = office.handle_DATA
        self._count = 0
        office.handle_DATA = self.handle_DATA

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self._count += 1
        moment = self.draw.choice(["before", "taken", "said"])
        if not (self.points and self._count >= self.points[0] and self.kill):
            return await self._handle(server, session, envelope)
        self.points.pop(0)
        if moment == "before":
            self._strike(moment)
        answer = await self._handle(server, session, envelope) if moment != "before" else "451 4.3.0 Too late"
        if moment == "said":
            server.loop.call_later(self.draw.random() / 200, self._strike, moment)
        elif moment == "taken":
            self._strike(moment)
        return answer

    def _strike(self, moment: str) -> None:
        if self.kill:
            self.kill()
            self.kill = None
            self.killed.append(moment)


@pytest.mark.parametrize("seed", [3, 14])
def test_kill_9_of_the_worker_loses_nothing_and_repeats_nothing(start_worker, office, seed, record_property):
    assassin = Assassin(office, seed)
    write_mails(MAILS)
    deadline = time.monotonic() + PATIENCE

    while open_mails() and time.monotonic() < deadline:
        worker = start_worker()
        assassin.kill = worker.process.kill
        while open_mails() and worker.process.poll() is None and time.monotonic() < deadline:
            app.send_task("mailing.sweep")
            app.send_task("mailing.sweep")
            end_pauses()
            time.sleep(0.2)
        worker.kill()
        let_time_pass()

    assert (open_mails(), len(assassin.killed)) == (0, KILLS)
    figures = check_book(office, doubts=KILLS * THREADS)
    record_property("killed", assassin.killed)
    record_property("figures", figures)


def test_term_of_the_worker_finishes_what_is_in_hand(start_worker, office):
    write_mails(60)
    office.takes = 0.02
    worker = start_worker()
    app.send_task("mailing.sweep")
    while len(office.envelopes) < 5:
        time.sleep(0.01)

    worker.stop()
    start_worker()
    deadline = time.monotonic() + 180
    while open_mails() and time.monotonic() < deadline:
        app.send_task("mailing.sweep")
        time.sleep(0.2)

    figures = check_book(office, doubts=0)
    assert (figures["sent"], figures["booked"]) == (60, 60)
