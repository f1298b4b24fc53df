"""Who must not be written to."""

from django.db import transaction

from mailing.models import Suppression, hash_address


@transaction.atomic
def suppress(*, email: str, stream: str, reason: str) -> Suppression:
    """End a stream of mails to an address; told twice, it stays ended. It counts at the moment of sending."""
    return Suppression.objects.get_or_create(
        address_hash=hash_address(email), stream=stream, defaults={"reason": reason}
    )[0]


@transaction.atomic
def lift_suppression(*, email: str, stream: str) -> bool:
    """Allow a stream again; return whether it had been ended. What was held back meanwhile stays unsent."""
    return Suppression.objects.filter(address_hash=hash_address(email), stream=stream).delete()[0] > 0


def suppression_of(email: str, stream: str) -> Suppression | None:
    return Suppression.objects.filter(address_hash=hash_address(email), stream=stream).first()
