"""Reminders to colleagues: one mail a morning, and one at the hour of a timed follow-up; each leaves once.

A morning is a row of MorningReminder, unique by colleague and school day. A timed reminder is owed while
`FollowUp.remind_at` is set. Both are settled in the transaction that puts the mail into the outbox, so that a crash
leaves neither half behind and a second beat finds nothing to do.
"""

import datetime as dt
import logging

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import School, User
from accounts.services import current_school
from mailing.services import queue_mail
from outreach.clock import is_too_late, morning_of
from outreach.digest import digest_for
from outreach.models import FollowUp, Interaction, MorningReminder

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 200


def send_reminders(*, now: dt.datetime) -> int:
    """Put every reminder owed at `now` into the outbox; return how many. Three queries when nothing is owed."""
    school = current_school()
    with timezone.override(school.zone):
        sent = sum(remind_of_follow_up(pk=pk, now=now) for pk in owed(now))
        day = morning_of(now, zone=school.zone, hour=school.reminder_hour)
        if day:
            sent += sum(remind_of_morning(user=user, on=day, school=school) for user in without_morning(day))
    return sent


def owed(now: dt.datetime) -> list[int]:
    """Return the follow-ups whose hour has come and whose reminder has not left."""
    rows = FollowUp.objects.filter(remind_at__lte=now).order_by("remind_at", "id")
    return list(rows.values_list("pk", flat=True)[:MOST_AT_ONCE])


def without_morning(day: dt.date) -> QuerySet[User]:
    """Return those who want a morning mail and whose morning of this day has not been dealt with."""
    dealt_with = MorningReminder.objects.filter(on=day).values("user_id")
    wanting = User.objects.filter(is_active=True, morning_reminder=True).exclude(pk__in=dealt_with)
    return wanting.order_by("pk")[:MOST_AT_ONCE]


def remind_of_follow_up(*, pk: int, now: dt.datetime) -> bool:
    """Settle one timed follow-up; a row that fails is logged, stays owed and holds nobody else up."""
    try:
        return _settle_follow_up(pk, now)
    except DatabaseError:
        logger.exception("The reminder of follow-up %s has to wait", pk)
        return False


@transaction.atomic
def _settle_follow_up(pk: int, now: dt.datetime) -> bool:
    rows = FollowUp.objects.select_for_update(of=("self",), skip_locked=True)
    follow_up = rows.select_related("owner", "organisation", "contact").filter(pk=pk, remind_at__lte=now).first()
    if follow_up is None or follow_up.remind_at is None:
        return False  # another process holds it, or was quicker
    due_at, owner = follow_up.remind_at, follow_up.owner
    follow_up.remind_at = None
    follow_up.save(update_fields=["remind_at"])
    if owner is None or not owner.is_active or is_too_late(due_at, now=now):
        return False
    queue_mail(
        "outreach.timed_reminder",
        to_email=owner.email,
        to_name=owner.get_short_name(),
        cause=follow_up,
        occurrence=due_at.isoformat(),
        context={"follow_up": follow_up, "last": _last_said(follow_up)},
    )
    return True


def _last_said(follow_up: FollowUp) -> Interaction | None:
    kept = Interaction.objects.kept().filter(organisation_id=follow_up.organisation_id)
    return kept.exclude(summary="").order_by("-at", "-id").first()


def remind_of_morning(*, user: User, on: dt.date, school: School) -> bool:
    """Settle one colleague's morning, with a mail if anything is due; failing, it is logged and tried again."""
    try:
        return _settle_morning(user, on, school)
    except DatabaseError:
        logger.exception("The morning mail to user %s has to wait", user.pk)
        return False


@transaction.atomic
def _settle_morning(user: User, on: dt.date, school: School) -> bool:
    morning, is_mine = MorningReminder.objects.get_or_create(user=user, on=on)
    if not is_mine:
        return False
    digest = digest_for(user, school, on)
    if not digest.chapters:
        return False
    morning.message = queue_mail(
        "outreach.morning",
        to_email=user.email,
        to_name=user.get_short_name(),
        cause=user,
        occurrence=on.isoformat(),
        context={"digest": digest, "on": on},
    )
    morning.save(update_fields=["message"])
    return True
