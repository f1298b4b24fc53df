"""Settings of the reliability tests' processes: as in the suite, but beat asks for reminders every second."""

from celery.schedules import schedule

from config.settings.test import *  # noqa: F403 - settings modules extend one another
from config.settings.test import CELERY_BEAT_SCHEDULE

CELERY_BEAT_MAX_LOOP_INTERVAL = 1
CELERY_BEAT_SCHEDULE = CELERY_BEAT_SCHEDULE | {
    "outreach.send_reminders": {"task": "outreach.send_reminders", "schedule": schedule(1)}
}
