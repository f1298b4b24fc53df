"""Bodies of waiting mails, encrypted with a key made from SECRET_KEY; and the names mails carry."""

import base64
import hashlib
import json
from email.utils import formataddr, make_msgid
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from accounts.models import School


def _box() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [hashlib.sha256(b"mailing.body:" + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def seal(body: dict[str, str]) -> bytes:
    return _box().encrypt(json.dumps(body).encode())


def unseal(sealed: bytes) -> dict[str, str]:
    return json.loads(_box().decrypt(bytes(sealed)))


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def new_message_id() -> str:
    return make_msgid(domain=host())


def sender_of(school: School) -> str:
    return formataddr((school.sender_name or school.name, school.sender_email or f"tandem@{host()}"))
