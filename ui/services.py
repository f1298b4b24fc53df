"""What the interface does of its own accord: keep drafts, act once, save views, forget what is old."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from ui.models import Draft, SavedView, SubmittedForm

MOST_KEPT_AN_HOUR = 500


@transaction.atomic
def act_once(*, submission: str, act: Callable[[], str]) -> str:
    """Run `act` unless this submission has been acted on; return the URL it led to, either way.

    Two at once: the second waits on the unique key until the first has committed, then reads where it landed.
    """
    if not submission:
        return act()
    submitted, is_first = SubmittedForm.objects.get_or_create(key=submission)
    if is_first:
        submitted.landed_on = act()
        submitted.save(update_fields=["landed_on"])
    return submitted.landed_on


def landing_of(*, submission: str) -> str:
    """Return where this submission led, if it has been acted on: before a form is judged by what it made itself."""
    earlier = SubmittedForm.objects.filter(key=submission) if submission else SubmittedForm.objects.none()
    return earlier.values_list("landed_on", flat=True).first() or ""


@transaction.atomic
def save_draft(*, owner: User, key: str, path: str, fields: dict[str, list[str]]) -> Draft:
    draft, _made = Draft.objects.update_or_create(
        owner=owner,
        key=key,
        defaults={"path": path, "fields": fields, "saved_at": timezone.now()},
    )
    return draft


@transaction.atomic
def drop_draft(*, owner: User, key: str) -> None:
    """Forget a draft: its text has been saved for good, or is not wanted."""
    Draft.objects.filter(owner=owner, key=key).delete()


@transaction.atomic
def keep_lost_form(*, path: str, fields: dict[str, list[str]]) -> Draft | None:
    """Keep the text of a form whose sender was signed out meanwhile; nothing once too many were kept."""
    hour_ago = timezone.now() - dt.timedelta(hours=1)
    kept = Draft.objects.filter(owner=None, saved_at__gt=hour_ago)[:MOST_KEPT_AN_HOUR].count()
    if not fields or kept >= MOST_KEPT_AN_HOUR:
        return None
    return Draft.objects.create(key=get_random_string(43), path=path[:500], fields=fields)


@transaction.atomic
def save_view(
    *,
    owner: User,
    list_key: str,
    name: str,
    query: str,
    is_shared: bool,
    is_pinned: bool,
) -> SavedView:
    view, _made = SavedView.objects.update_or_create(
        owner=owner,
        list_key=list_key,
        name=name,
        defaults={"query": query, "is_shared": is_shared, "is_pinned": is_pinned},
    )
    return view


@transaction.atomic
def delete_view(*, view: SavedView) -> None:
    view.delete()


@transaction.atomic
def forget_old(*, now: dt.datetime) -> int:
    """Drop what nobody will come back for: lost forms and keys after two days, drafts after thirty."""
    two_days, month = now - dt.timedelta(days=2), now - dt.timedelta(days=30)
    lost, _rows = Draft.objects.filter(owner=None, saved_at__lt=two_days).delete()
    drafts, _rows = Draft.objects.filter(saved_at__lt=month).delete()
    forms, _rows = SubmittedForm.objects.filter(submitted_at__lt=two_days).delete()
    return lost + drafts + forms
