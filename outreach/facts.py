"""What outreach knows of an organisation for lists and boards: last contact, last word from them, next step."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Q

from accounts.services import current_school
from outreach.clock import end_of
from outreach.models import HEARD, FollowUp, Interaction
from partnerships.models import FAR_FUTURE, LONG_AGO

FIELDS = ("last_contact_at", "last_inbound_at", "next_step_at", "next_step_text")


def facts(ids: list[int]) -> dict[int, dict[str, Any]]:
    """Map each id to its four facts, in three queries.

    A next step without an hour is due until the end of its day, so that `next_step_at` before now always means late.
    """
    made: dict[int, dict[str, Any]] = {
        pk: {
            "last_contact_at": LONG_AGO,
            "last_inbound_at": LONG_AGO,
            "next_step_at": FAR_FUTURE,
            "next_step_text": "",
        }
        for pk in ids
    }
    for pk, last, inbound in _last_touches(ids):
        made[pk] |= {"last_contact_at": last, "last_inbound_at": inbound or LONG_AGO}
    for pk, (at, title) in _next_steps(ids).items():
        made[pk] |= {"next_step_at": at, "next_step_text": title}
    return made


def _last_touches(ids: list[int]) -> list[tuple[int, dt.datetime, dt.datetime | None]]:
    rows = Interaction.objects.in_touch().filter(organisation_id__in=ids)
    grouped = rows.order_by().values("organisation_id").annotate(last=Max("at"), inbound=Max("at", filter=Q(HEARD)))
    return list(grouped.values_list("organisation_id", "last", "inbound"))


def _next_steps(ids: list[int]) -> dict[int, tuple[dt.datetime, str]]:
    """Return the earliest planned follow-up of each organisation that has one."""
    zone = current_school().zone
    rows = FollowUp.objects.planned().filter(organisation_id__in=ids).order_by("organisation_id", "due_on", "id")
    steps: dict[int, tuple[dt.datetime, str]] = {}
    for pk, due_on, due_at, title in rows.values_list("organisation_id", "due_on", "due_at", "title"):
        step = (_moment(due_on, due_at, zone), title)
        steps[pk] = min(steps.get(pk, step), step)
    return steps


def _moment(due_on: dt.date, due_at: dt.datetime | None, zone: ZoneInfo) -> dt.datetime:
    return due_at or end_of(due_on, zone=zone)
