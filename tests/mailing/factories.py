"""Mails in the outbox, and links."""

import datetime as dt

import factory
from django.utils import timezone

from mailing.enums import MessageStatus, Stream, urgency_of
from mailing.models import Message, hash_token, new_token
from mailing.sealing import new_message_id, seal
from tests.mailing.models import TrialLink


class MessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Message

    class Params:
        survey = factory.Trait(kind="tests.survey", stream=Stream.SURVEY)
        held_by_the_dead = factory.Trait(
            status=MessageStatus.SENDING,
            attempts=1,
            lease_until=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(seconds=1)),
        )
        held = factory.Trait(
            status=MessageStatus.SENDING,
            attempts=1,
            lease_until=factory.LazyFunction(lambda: timezone.now() + dt.timedelta(minutes=1)),
        )

    kind = "tests.plain"
    stream = Stream.TRANSACTIONAL
    urgency = factory.LazyAttribute(lambda row: urgency_of(row.stream))
    dedupe_key = factory.Sequence(lambda number: f"tests:{number}")
    to_email = factory.Sequence(lambda number: f"partner{number}@example.org")
    to_name = "Rosa Lindqvist"
    from_email = "Linden Vale <office@lindenvale.example.org>"
    subject = "Your placement"
    preview = "we look forward to it."
    body = factory.LazyFunction(lambda: seal({"text": "we look forward to it.", "html": "<p>we look forward</p>"}))
    message_id = factory.LazyFunction(new_message_id)


class TrialLinkFactory(factory.django.DjangoModelFactory):
    """A link whose token is known: `TrialLinkFactory(token="…")`."""

    class Meta:
        model = TrialLink

    class Params:
        token = factory.LazyFunction(new_token)
        expired = factory.Trait(expires_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(seconds=1)))
        revoked = factory.Trait(revoked_at=factory.LazyFunction(timezone.now))
        used = factory.Trait(completed_at=factory.LazyFunction(timezone.now))
        old = factory.Trait(created_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=2)))

    token_hash = factory.LazyAttribute(lambda link: hash_token(link.token))
    email = "rosa@example.org"
    name = "Rosa Lindqvist"
    thing = "MOU-2026-014"
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=30))
