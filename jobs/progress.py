"""How far a job is, told while it runs."""

import datetime as dt
import time

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models.functions import Now

from jobs.enums import JobState
from jobs.models import Job

LEASE = dt.timedelta(minutes=2)
BETWEEN_WRITES = 1.0

# As Progress._write below, on a connection that Django's querysets cannot be given.
WRITE_BESIDE = """
    UPDATE jobs_job SET done = %s, total = %s, note = %s, lease_until = clock_timestamp() + make_interval(secs => %s)
    WHERE id = %s AND attempts = %s AND state = 'running' RETURNING stop_asked
"""


class StopAskedError(Exception):
    """Somebody asked the job to stop. A handler lets it pass, or tidies up and raises it again."""


class LeaseLostError(Exception):
    """Another worker has taken this job over; whatever is not committed must not be."""


class Progress:
    """Called by a handler with what is done, `progress(120, of=500, note=_("Adding firms"))`.

    Each call keeps the job in this worker's hands and raises StopAskedError once somebody wants it to stop. Inside a
    transaction it reports beside it on PostgreSQL; on SQLite, which has one writer, only between transactions.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self._written_at = 0.0

    def __call__(self, done: int, *, of: int | None = None, note: str = "") -> None:
        is_news = (of is not None and of != self.job.total) or note not in {"", self.job.note}
        self.job.done = done
        self.job.total = self.job.total if of is None else of
        self.job.note = str(note)[:200] or self.job.note
        if is_news or time.monotonic() - self._written_at >= BETWEEN_WRITES:
            self._report()
            self._written_at = time.monotonic()

    def _report(self) -> None:
        if not connection.in_atomic_block:
            stop_asked = self._write()
        elif connection.vendor == "postgresql":
            stop_asked = self._write_beside()
        else:
            return
        if stop_asked is None:
            raise LeaseLostError
        if stop_asked:
            raise StopAskedError

    def _write(self) -> bool | None:
        """Write where the job is; return whether it should stop, None when it is no longer ours."""
        job = self.job
        mine = Job.objects.filter(pk=job.pk, attempts=job.attempts, state=JobState.RUNNING)
        mine.update(done=job.done, total=job.total, note=job.note, lease_until=Now() + LEASE)
        return mine.values_list("stop_asked", flat=True).first()

    def _write_beside(self) -> bool | None:
        """The same on a connection of its own, so that others see it before the handler's transaction ends."""
        job = self.job
        beside = connections.create_connection(DEFAULT_DB_ALIAS)
        try:
            with beside.cursor() as cursor:
                cursor.execute(
                    WRITE_BESIDE, (job.done, job.total, job.note, LEASE.total_seconds(), job.pk, job.attempts)
                )
                row = cursor.fetchone()
        finally:
            beside.close()
        # Seen from outside there is no such run: taken over, or asked for in this very transaction.
        return row[0] if row else self._write()
