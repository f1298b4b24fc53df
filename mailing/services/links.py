"""Giving out, using and taking back emailed links."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mailing.enums import LinkState
from mailing.models import EmailedLink, hash_token, new_token
from mailing.slots import LinkKind
from roadmap import registry

AnyLink = TypeVar("AnyLink", bound=EmailedLink)

# Whoever asks for a new link gets at most one in ten minutes, however often the button is pressed.
BETWEEN_NEW_LINKS = dt.timedelta(minutes=10)
ASKED_FOR_AFTER = dt.timedelta(days=90)
MOST_AT_ONCE = 5


class LinkClosedError(Exception):
    """A link that does not open: mistyped, run out, taken back or used. `link` is None where there is none."""

    def __init__(self, state: LinkState, link: EmailedLink | None = None) -> None:
        super().__init__(state)
        self.state = state
        self.link = link


@transaction.atomic
def issue_link(
    model: type[AnyLink], *, email: str, expires_at: dt.datetime, name: str = "", **thing: Any
) -> tuple[AnyLink, str]:
    """Give out a new link and take back those given out before for the same `thing`; return it with its address.

    `thing` are the fields of `model` that say what the link is for (`signatory=signatory`); the caller holds the lock
    on it. The address is known only now: hand it to `queue_mail` and nowhere else.
    """
    revoke_links(model, **thing)
    token = new_token()
    link = model.objects.create(
        token_hash=hash_token(token), email=email.lower(), name=name, expires_at=expires_at, **thing
    )
    return link, settings.SITE_URL + reverse(model.url_name, args=[token])


def revoke_links(model: type[EmailedLink], **thing: Any) -> int:
    """Take back every open link for a thing; return how many there were."""
    if not thing:
        raise ValueError("Say what the links are for.")
    return model.objects.filter(**thing, revoked_at=None, completed_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def complete_link(link: AnyLink) -> AnyLink:
    """Lock a link and mark it used; to be called by the service that does what the link is for, before it acts.

    Raises LinkClosedError when the link has been used, taken back or has run out meanwhile.
    """
    locked = type(link).objects.select_for_update(of=("self",)).get(pk=link.pk)
    now = timezone.now()
    if not locked.is_live(now):
        raise LinkClosedError(locked.state(now), locked)
    locked.completed_at = now
    locked.save(update_fields=["completed_at"])
    return locked


def link_kind(model: type[EmailedLink]) -> LinkKind | None:
    """Return what the owning app says about a purpose of links; None where no new link can be asked for."""
    return next((kind for kind in registry.of(LinkKind) if kind.model is model), None)


def find_link(*, label: str, pk: int) -> EmailedLink | None:
    """Return a link by the name of its model and its key."""
    models = [kind.model for kind in registry.of(LinkKind) if kind.model._meta.label == label]
    return models[0].objects.filter(pk=pk).first() if models else None


@transaction.atomic
def send_link_again(*, link: EmailedLink) -> bool:
    """Mail a fresh link to the address on file; return whether one was sent."""
    model = type(link)
    kind = link_kind(model)
    locked = model.objects.select_for_update(of=("self",)).get(pk=link.pk)
    recent = model.objects.filter(email=locked.email, created_at__gt=timezone.now() - BETWEEN_NEW_LINKS)
    if kind is None or locked.completed_at or recent.exists():
        return False
    kind.send_again(locked)
    return True


def send_links_again(*, email: str) -> int:
    """Mail fresh links for whatever still waits at an address; return how many were sent."""
    since = timezone.now() - ASKED_FOR_AFTER
    waiting = [
        link
        for kind in registry.of(LinkKind)
        for link in kind.model.objects.filter(
            email=email.lower(), completed_at=None, revoked_at=None, created_at__gt=since
        ).order_by("-created_at")[:MOST_AT_ONCE]
    ]
    return sum(send_link_again(link=link) for link in waiting[:MOST_AT_ONCE])
