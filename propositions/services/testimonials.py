"""Words of others: asked for, agreed to place by place, shown, taken down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import can_edit
from accounts.services import current_school
from goals.models import Programme
from mailing.models import EmailedLink
from mailing.services import complete_link, issue_link, queue_mail, revoke_links
from partnerships.models import Contact, Organisation
from partnerships.services import record_event
from propositions.enums import CONSENTED_STATES, Channel, NameShown, TestimonialStatus
from propositions.models import ConsentLink, PublicationConsent, Testimonial, months_after
from propositions.quotes import attribution
from roadmap.lifecycle import TransitionRefusedError, may_move, move

DAYS_TO_ANSWER = 30
# A consent lasts as long as the link that takes it back.
CONSENT_MONTHS = 36


class NotReachableError(Exception):
    """They have no e-mail address, or do not want to be written to, or are no longer on file."""


class OtherFirmError(Exception):
    """The person belongs to another firm."""


class AlreadyAskedError(Exception):
    """The same person has been asked about the same words; `testimonial` is that request."""

    def __init__(self, testimonial: Testimonial) -> None:
        super().__init__(testimonial.pk)
        self.testimonial = testimonial


class AnsweredAlreadyError(Exception):
    """They have answered, or nobody waits for an answer any more."""


class NoConsentError(Exception):
    """Nobody has agreed to have these words shown there."""


@transaction.atomic
def request_testimonial(
    *,
    organisation: Organisation,
    contact: Contact,
    quote: str,
    source: str,
    by: User,
    said_on: dt.date | None = None,
    programme: Programme | None = None,
) -> Testimonial:
    """Ask somebody at a firm whether and where their words may be shown; the mail leaves with this transaction.

    The only way to a testimonial. Raises OtherFirmError, NotReachableError, AlreadyAskedError.
    """
    if not can_edit(by):
        raise PermissionDenied
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    _check_reachable(contact, organisation)
    quote = " ".join(quote.split())
    earlier = Testimonial.objects.filter(contact=contact, asked_quote=quote).exclude(status=TestimonialStatus.WITHDRAWN)
    if found := earlier.first():
        raise AlreadyAskedError(found)
    testimonial = Testimonial.objects.create(
        organisation=organisation,
        contact=contact,
        programme=programme,
        quote=quote,
        asked_quote=quote,
        source=source,
        said_on=said_on,
        person_name=contact.name,
        person_role=contact.job_title,
        answer_by=_answer_by(),
        created_by=by,
    )
    _ask(testimonial, by=by)
    return testimonial


def _check_reachable(contact: Contact, organisation: Organisation) -> None:
    if contact.organisation_id != organisation.pk:
        raise OtherFirmError
    gone = contact.archived_at or organisation.archived_at
    if gone or contact.do_not_contact or organisation.do_not_contact or not contact.email:
        raise NotReachableError


def _answer_by() -> dt.date:
    return current_school().today() + dt.timedelta(days=DAYS_TO_ANSWER)


def _ask(testimonial: Testimonial, *, by: User) -> None:
    """Mail a fresh link and note it on the firm's timeline; the caller holds the lock."""
    _mail_link(testimonial, "propositions.request", by=by)
    _note(testimonial, "propositions.asked", _("Asked %(name)s for a testimonial"), actor=by)


def _mail_link(testimonial: Testimonial, kind: str, *, by: User | None) -> None:
    link, url = issue_link(
        ConsentLink,
        testimonial=testimonial,
        email=testimonial.contact.email,
        name=testimonial.person_name,
        expires_at=dt.datetime.combine(_until() + dt.timedelta(days=1), dt.time(), tzinfo=current_school().zone),
    )
    queue_mail(
        kind,
        to_email=link.email,
        to_name=link.name,
        cause=testimonial,
        occurrence=str(link.pk),
        context={"testimonial": testimonial, "url": url, "asker": by.name if by else ""},
        by=by,
        reply_to=by.email if by else "",
    )


def _until() -> dt.date:
    return months_after(current_school().today(), CONSENT_MONTHS)


def _note(testimonial: Testimonial, kind: str, title: str, *, actor: User | None = None) -> None:
    """Say on the firm's timeline what happened; the words themselves stay on the testimonial's page."""
    record_event(
        testimonial.organisation,
        kind,
        title=title % {"name": testimonial.person_name},
        actor=actor,
        contact=testimonial.contact,
        url_name="propositions:testimonial",
        object_id=testimonial.pk,
    )


def _locked(testimonial: Testimonial) -> Testimonial:
    rows = Testimonial.objects.select_for_update(of=("self",)).select_related("organisation", "contact")
    return rows.get(pk=testimonial.pk)


def _moved(testimonial: Testimonial, to: TestimonialStatus, **fields: Any) -> Testimonial:
    move(testimonial, to=to)
    for name, value in fields.items():
        setattr(testimonial, name, value)
    testimonial.save(update_fields=["status", "updated_at", *fields])
    return testimonial


@transaction.atomic
def ask_again(*, testimonial: Testimonial, by: User) -> Testimonial:
    """Ask once more after nobody answered in time or the consent ran out. Raises NotReachableError."""
    if not can_edit(by):
        raise PermissionDenied
    testimonial = _locked(testimonial)
    if not may_move(testimonial, to=TestimonialStatus.REQUESTED):
        raise TransitionRefusedError(testimonial, TestimonialStatus.REQUESTED)
    _check_reachable(testimonial.contact, testimonial.organisation)
    _moved(
        testimonial,
        TestimonialStatus.REQUESTED,
        asked_at=timezone.now(),
        answer_by=_answer_by(),
        answered_at=None,
        closed_at=None,
        seen_at=None,
    )
    _ask(testimonial, by=by)
    return testimonial


@transaction.atomic
def send_link(*, testimonial: Testimonial, by: User) -> Testimonial:
    """Mail them a fresh link, to answer with or to take their words down. Raises NotReachableError."""
    if not can_edit(by):
        raise PermissionDenied
    testimonial = _locked(testimonial)
    if testimonial.status not in {TestimonialStatus.REQUESTED, *CONSENTED_STATES}:
        raise AnsweredAlreadyError
    if not testimonial.contact.email:
        raise NotReachableError
    _mail_link(testimonial, "propositions.new_link", by=by)
    return testimonial


def send_link_again(link: EmailedLink) -> None:
    """Mail a fresh link to somebody whose own no longer opens, as long as there is something to decide."""
    testimonial = _locked(Testimonial.objects.get(links=link.pk))
    if testimonial.status in {TestimonialStatus.REQUESTED, *CONSENTED_STATES} and testimonial.contact.email:
        _mail_link(testimonial, "propositions.new_link", by=None)


@transaction.atomic
def take_back_request(*, testimonial: Testimonial, by: User) -> Testimonial:
    """Stop asking, or stop using words although they may be shown: their links close."""
    if not can_edit(by):
        raise PermissionDenied
    testimonial = _locked(testimonial)
    now = timezone.now()
    _moved(testimonial, TestimonialStatus.WITHDRAWN, closed_at=now)
    testimonial.consents.filter(ended_at=None).update(ended_at=now)
    revoke_links(ConsentLink, testimonial=testimonial)
    return testimonial


@transaction.atomic
def give_consent(
    *, link: ConsentLink, channels: Collection[Channel], name_shown: NameShown, words: str = "", url: str = ""
) -> Testimonial:
    """Keep what the subject decided: the places they said yes to, or a no to all of them.

    `words` are theirs where they changed them; `url` is the page's own address, for the copy they get. Raises
    LinkClosedError, AnsweredAlreadyError.
    """
    testimonial = _locked(Testimonial.objects.get(pk=link.testimonial_id))
    if not _waits_for_answer(testimonial):
        raise AnsweredAlreadyError
    complete_link(link)
    now = timezone.now()
    if not channels:
        _moved(testimonial, TestimonialStatus.DECLINED, answered_at=now, closed_at=now, seen_at=None)
        _note(testimonial, "propositions.declined", _("%(name)s would rather not have their words shown"))
        return testimonial
    quote = " ".join(words.split()) or testimonial.quote
    _moved(
        testimonial,
        TestimonialStatus.APPROVED,
        quote=quote,
        name_shown=name_shown,
        answered_at=now,
        seen_at=None,
    )
    _keep_consents(testimonial, channels, now)
    _note(testimonial, "propositions.approved", _("%(name)s agreed to a testimonial"))
    _mail_copy(testimonial, link, url)
    return testimonial


def _waits_for_answer(testimonial: Testimonial) -> bool:
    return testimonial.status == TestimonialStatus.REQUESTED and testimonial.answer_by >= current_school().today()


def _keep_consents(testimonial: Testimonial, channels: Collection[Channel], now: dt.datetime) -> None:
    shown_as = attribution(testimonial, NameShown(testimonial.name_shown), _("somebody at a partner firm"))
    for channel in Channel:
        if channel in channels:
            PublicationConsent.objects.create(
                testimonial=testimonial,
                channel=channel,
                words=testimonial.quote,
                shown_as=shown_as,
                given_at=now,
                until=_until(),
            )


def _mail_copy(testimonial: Testimonial, link: ConsentLink, url: str) -> None:
    consents = list(testimonial.consents.filter(ended_at=None).order_by("pk"))
    queue_mail(
        "propositions.consent_copy",
        to_email=link.email,
        to_name=link.name,
        cause=testimonial,
        occurrence=str(link.pk),
        context={"testimonial": testimonial, "consents": consents, "url": url},
    )


@transaction.atomic
def withdraw_consent(*, link: ConsentLink, channels: Collection[Channel]) -> Testimonial:
    """Take words down where the subject says so; with nothing left, everywhere and for good."""
    testimonial = _to_withdraw(link)
    now = timezone.now()
    taken = list(testimonial.consents.filter(ended_at=None, channel__in=channels))
    if not taken:
        raise AnsweredAlreadyError
    for consent in taken:  # one by one: the audit sees what is saved
        consent.ended_at = now
        consent.save(update_fields=["ended_at"])
    if not testimonial.consents.filter(ended_at=None).exists():
        _moved(testimonial, TestimonialStatus.WITHDRAWN, closed_at=now, seen_at=None)
    else:
        testimonial.seen_at = None
        testimonial.save(update_fields=["seen_at"])
        _settle(testimonial)
    _note(testimonial, "propositions.withdrawn", _("%(name)s took their words down"))
    return testimonial


@transaction.atomic
def hide_name(*, link: ConsentLink) -> Testimonial:
    """Keep the words and take the name and the firm off them, wherever they are shown."""
    testimonial = _to_withdraw(link)
    testimonial.name_shown, testimonial.seen_at = NameShown.NOBODY, None
    testimonial.save(update_fields=["name_shown", "seen_at"])
    shown_as = attribution(testimonial, NameShown.NOBODY, _("somebody at a partner firm"))
    for consent in testimonial.consents.filter(ended_at=None):
        consent.shown_as = shown_as
        consent.save(update_fields=["shown_as"])
    _note(testimonial, "propositions.withdrawn", _("%(name)s took their name off their words"))
    return testimonial


def _to_withdraw(link: ConsentLink) -> Testimonial:
    testimonial = _locked(Testimonial.objects.get(pk=link.testimonial_id))
    if testimonial.status not in CONSENTED_STATES:
        raise AnsweredAlreadyError
    return testimonial


@transaction.atomic
def publish_testimonial(*, testimonial: Testimonial, channel: Channel, by: User) -> Testimonial:
    """Release words for a place that their author agreed to. Raises NoConsentError."""
    if not can_edit(by):
        raise PermissionDenied
    testimonial = _locked(testimonial)
    consents = testimonial.consents.in_force(current_school().today()).filter(channel=channel)
    if testimonial.status not in CONSENTED_STATES or not consents.exists():
        raise NoConsentError
    consents.filter(published_at=None).update(published_at=timezone.now())
    return _settle(testimonial)


@transaction.atomic
def unpublish_testimonial(*, testimonial: Testimonial, channel: Channel, by: User) -> Testimonial:
    """Stop showing words in a place; the consent stays. Raises NoConsentError."""
    if not can_edit(by):
        raise PermissionDenied
    testimonial = _locked(testimonial)
    if not testimonial.consents.filter(ended_at=None, channel=channel).update(published_at=None):
        raise NoConsentError
    return _settle(testimonial)


def _settle(testimonial: Testimonial) -> Testimonial:
    """Say “shown” while it is shown anywhere."""
    shown = testimonial.consents.filter(ended_at=None, published_at__isnull=False).exists()
    wanted = TestimonialStatus.PUBLISHED if shown else TestimonialStatus.APPROVED
    return testimonial if testimonial.status == wanted else _moved(testimonial, wanted)


@transaction.atomic
def mark_seen(*, testimonial: Testimonial, by: User) -> None:
    """Take an answer off Today once whoever looks after it has read it."""
    if not can_edit(by):
        raise PermissionDenied
    Testimonial.objects.filter(pk=testimonial.pk, seen_at=None).update(seen_at=timezone.now())


def close_what_ran_out(*, today: dt.date) -> int:
    """Close requests nobody answered in time and consents whose day is over; return how many."""
    late = list(Testimonial.objects.to_expire(today).values_list("pk", flat=True)[:500])
    over = list(PublicationConsent.objects.run_out(today).values_list("testimonial_id", flat=True).distinct()[:500])
    return sum(_close(pk=pk, today=today) for pk in {*late, *over})


@transaction.atomic
def _close(*, pk: int, today: dt.date) -> bool:
    """Look again under the lock, so that it is safe to run twice and beside an answer."""
    testimonial = _locked(Testimonial(pk=pk))
    now = timezone.now()
    if testimonial.status == TestimonialStatus.REQUESTED and testimonial.answer_by < today:
        _moved(testimonial, TestimonialStatus.EXPIRED, closed_at=now)
        return True
    ended = testimonial.consents.run_out(today).update(ended_at=now)
    if testimonial.status in CONSENTED_STATES and not testimonial.consents.filter(ended_at=None).exists():
        _moved(testimonial, TestimonialStatus.EXPIRED, closed_at=now)
    return bool(ended)
