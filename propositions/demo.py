"""Stage 3 of the demo school: 14 strengths, six value sheets for eight programmes, three testimonials with consent."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.services import current_school
from goals.models import Programme
from mailing.models import hash_token, new_token
from partnerships.models import Contact, TimelineEvent
from propositions.demo_data import DEMENTIA, QUOTES, SEGMENTS, SHEETS, STRENGTHS, Benefits
from propositions.enums import Channel, NameShown, PropositionStatus, TestimonialStatus
from propositions.models import (
    Benefit,
    ConsentLink,
    OfferType,
    Proposition,
    PublicationConsent,
    Segment,
    Strength,
    Testimonial,
    months_after,
)
from propositions.quotes import attribution
from propositions.services.testimonials import CONSENT_MONTHS, DAYS_TO_ANSWER
from propositions.starters import FIELDS, OFFERS

ANONYMOUS = "somebody at a partner firm"


def load(day: dt.date) -> None:
    if Strength.objects.exists() or not Contact.objects.exists():
        return
    if not OfferType.objects.exists():
        OfferType.objects.bulk_create(OfferType(**dict(zip(FIELDS, offer, strict=True))) for offer in OFFERS)
    writer = User.objects.filter(role=Role.COORDINATOR).order_by("pk").first()
    director = User.objects.filter(role=Role.DIRECTOR).order_by("pk").first()
    programmes = {programme.title: programme for programme in Programme.objects.select_related("head")}
    strengths = _strengths(day, writer, programmes)
    quotes = _quotes(day, writer)
    segments = {
        name: Segment.objects.create(name=name, description=who, pains=pains, query=query, created_by=writer)
        for name, who, pains, query in SEGMENTS
    }
    offers = {offer.key: offer for offer in OfferType.objects.all()}
    for title, segment, offer, headline, promise, days, benefits in SHEETS:
        sheet = Proposition.objects.create(
            segment=segments[segment],
            programme=programmes.get(title),
            offer=offers.get(offer),
            headline=headline,
            promise=promise,
            edition=2 if headline.startswith("Meet") else 1,
            owner=writer,
            created_by=writer,
            **_in_use(day - dt.timedelta(days=days), director),
        )
        _benefits(sheet, benefits, day, strengths, quotes)
    _next_edition(day, writer, strengths, quotes)


def _in_use(since: dt.date, director: User | None) -> dict[str, Any]:
    return {
        "status": PropositionStatus.PUBLISHED,
        "status_since": _at(since),
        "approved_by": director,
        "approved_on": since - dt.timedelta(days=1),
        "review_by": months_after(since, 12),
    }


def _at(day: dt.date, hour: int = 10) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=current_school().zone)


def _strengths(day: dt.date, writer: User | None, programmes: dict[str, Programme]) -> dict[str, Strength]:
    found = {}
    for title, kind, words, evidence, days, titles in STRENGTHS:
        heads = [programmes[name].head for name in titles if name in programmes]
        strength = Strength(
            title=title,
            kind=kind,
            description=words,
            evidence=evidence,
            owner=next(filter(None, heads), writer),
            created_by=writer,
            is_shareable=True,
            verified_on=day - dt.timedelta(days=days),
        )
        strength.check_by = strength.next_check()
        strength.save()
        strength.programmes.set([programmes[title] for title in titles if title in programmes])
        found[title] = strength
    return found


def _benefits(
    sheet: Proposition,
    benefits: Benefits,
    day: dt.date,
    strengths: dict[str, Strength],
    quotes: dict[str, Testimonial],
) -> None:
    """Write the benefits of a sheet; one without a figure of its own is proved by words of the firm named."""
    for order, (statement, detail, kind, behind, proof, source, days) in enumerate(benefits, 1):
        benefit = Benefit.objects.create(
            proposition=sheet,
            order=order,
            statement=statement,
            detail=detail,
            kind=kind,
            proof=proof,
            proof_source=source if proof else "",
            proof_as_of=day - dt.timedelta(days=days) if proof else None,
            testimonial=None if proof else quotes.get(source),
        )
        benefit.strengths.set([strengths[title] for title in behind])


def _next_edition(
    day: dt.date, writer: User | None, strengths: dict[str, Strength], quotes: dict[str, Testimonial]
) -> None:
    """The sheet for care providers is being written anew, with a phrase and a benefit that are not ready."""
    former = Proposition.objects.get(headline__startswith="Meet")
    draft = Proposition.objects.create(
        segment=former.segment,
        programme=former.programme,
        offer=former.offer,
        headline=former.headline,
        promise="Host one student for a week. We prepare, insure and visit. All students work towards competence-based "
        "learning outcomes, so you can see whether you would like to work together.",
        edition=former.edition + 1,
        supersedes=former,
        owner=writer,
        created_by=writer,
        status_since=_at(day, 9),
    )
    care = next(benefits for _title, segment, *_words, benefits in SHEETS if segment == former.segment.name)
    _benefits(draft, [*care, *DEMENTIA], day, strengths, quotes)


def _quotes(day: dt.date, writer: User | None) -> dict[str, Testimonial]:
    """Write the testimonials, by the firm's name; nobody holds the links: their tokens are thrown away."""
    found = {}
    for firm, person, words, source, asked, answered, channels, name_shown, became in QUOTES:
        contact = Contact.objects.filter(organisation__name=firm, name=person).select_related("organisation").first()
        if contact is None:
            continue
        testimonial = Testimonial.objects.create(
            organisation=contact.organisation,
            contact=contact,
            quote=words,
            asked_quote=words,
            source=source,
            said_on=day - dt.timedelta(days=asked + 4),
            person_name=contact.name,
            person_role=contact.job_title,
            name_shown=name_shown,
            status=_status(became),
            asked_at=_at(day - dt.timedelta(days=asked)),
            answer_by=day - dt.timedelta(days=asked) + dt.timedelta(days=DAYS_TO_ANSWER),
            answered_at=None if answered is None else _at(day - dt.timedelta(days=answered), 16),
            closed_at=_at(day - dt.timedelta(days=answered or 0), 16) if became == "declined" else None,
            seen_at=None if answered is None else _at(day - dt.timedelta(days=answered - 1), 8),
            created_by=writer,
        )
        _links_and_consents(testimonial, channels)
        _timeline(testimonial, writer)
        found[firm] = testimonial
    return found


def _status(became: str) -> TestimonialStatus:
    known = {"shown": TestimonialStatus.PUBLISHED, "declined": TestimonialStatus.DECLINED}
    return known.get(became, TestimonialStatus.REQUESTED)


def _links_and_consents(testimonial: Testimonial, channels: tuple[str, ...]) -> None:
    until = months_after(testimonial.asked_at.date(), CONSENT_MONTHS)
    ConsentLink.objects.create(
        token_hash=hash_token(new_token()),
        email=testimonial.contact.email.lower(),
        name=testimonial.person_name,
        created_at=testimonial.asked_at,
        expires_at=_at(until),
        completed_at=testimonial.answered_at,
        testimonial=testimonial,
    )
    shown_as = attribution(testimonial, NameShown(testimonial.name_shown), ANONYMOUS)
    PublicationConsent.objects.bulk_create(
        PublicationConsent(
            testimonial=testimonial,
            channel=Channel(channel),
            words=testimonial.quote,
            shown_as=shown_as,
            given_at=testimonial.answered_at or timezone.now(),
            until=until,
            published_at=testimonial.seen_at,
        )
        for channel in channels
    )


def _timeline(testimonial: Testimonial, writer: User | None) -> None:
    name = testimonial.person_name
    told = [("propositions.asked", f"Asked {name} for a testimonial", testimonial.asked_at, writer)]
    if testimonial.answered_at:
        is_no = testimonial.status == TestimonialStatus.DECLINED
        kind = "propositions.declined" if is_no else "propositions.approved"
        title = f"{name} would rather not have their words shown" if is_no else f"{name} agreed to a testimonial"
        told.append((kind, title, testimonial.answered_at, None))
    TimelineEvent.objects.bulk_create(
        TimelineEvent(
            organisation=testimonial.organisation,
            kind=kind,
            title=title,
            at=at,
            actor=actor,
            contact=testimonial.contact,
            url_name="propositions:testimonial",
            object_id=testimonial.pk,
        )
        for kind, title, at, actor in told
    )
