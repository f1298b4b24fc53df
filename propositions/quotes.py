"""The one way words of others are shown: consent and release are looked up each time, never remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from propositions.enums import CONSENTED_STATES, Channel, NameShown
from propositions.models import PublicationConsent, Testimonial


@dataclass(frozen=True)
class Quote:
    """Words as their author agreed to have them shown, and how they are named beside them."""

    words: str
    shown_as: str


def quotes_for(channel: Channel, *, on: dt.date, testimonials: Collection[int] | None = None) -> dict[int, Quote]:
    """Return what may be shown in a place on a day, by the testimonial's id; one query.

    Shown is what its author agreed to for this very place and has not taken back, and what the school has released.
    """
    consents = PublicationConsent.objects.in_force(on).filter(
        channel=channel, published_at__isnull=False, testimonial__status__in=CONSENTED_STATES
    )
    if testimonials is not None:
        consents = consents.filter(testimonial__in=testimonials)
    rows = consents.order_by("-given_at", "-pk").values_list("testimonial_id", "words", "shown_as")
    return {pk: Quote(words, shown_as) for pk, words, shown_as in rows}


def attribution(testimonial: Testimonial, name_shown: NameShown, anonymous: str) -> str:
    """Word how somebody is named; `anonymous` stands where neither name nor firm may be."""
    name, role, firm = testimonial.person_name, testimonial.person_role, testimonial.organisation.name
    parts = {
        NameShown.FULL: (name, role, firm),
        NameShown.ROLE: (role, firm),
        NameShown.NOBODY: (anonymous,),
    }
    return ", ".join(part for part in parts[name_shown] if part)
