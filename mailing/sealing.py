"""What is kept or handed out encrypted, with keys made from SECRET_KEY; and the names mails carry."""

import base64
import hashlib
import json
from email.headerregistry import Address
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from accounts.models import School

BODY = b"mailing.body:"
UNSUBSCRIBE = b"mailing.unsubscribe:"


def _box(purpose: bytes) -> MultiFernet:
    """Return a box that only this purpose opens, with today's key and the former ones."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [hashlib.sha256(purpose + str(secret).encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def seal(body: dict[str, Any]) -> bytes:
    return _box(BODY).encrypt(json.dumps(body).encode())


def unseal(sealed: bytes | memoryview) -> dict[str, Any]:
    """Return what was sealed. Raises InvalidToken when no key opens it."""
    return json.loads(_box(BODY).decrypt(bytes(sealed)))


def seal_subscription(email: str, stream: str) -> str:
    """Return a token that ends a stream of mails to an address: it never runs out and nothing is stored for it."""
    sealed = _box(UNSUBSCRIBE).encrypt(json.dumps([email.lower(), str(stream)]).encode())
    return sealed.decode().rstrip("=")


def unseal_subscription(token: str) -> tuple[str, str] | None:
    """Return address and stream of a token; None for one that is not ours."""
    padded = token + "=" * (-len(token) % 4)
    try:
        email, stream = json.loads(_box(UNSUBSCRIBE).decrypt(padded.encode()))
    except InvalidToken:
        return None
    return email, stream


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def new_message_id() -> str:
    return make_msgid(domain=host())


def sender_of(school: School) -> str:
    """Return the school as the sender, its name as it is written."""
    name = " ".join((school.sender_name or school.name).split())
    return str(Address(name, addr_spec=school.sender_email or f"tandem@{host()}"))
