"""How files are kept: `<app>/<yyyy>/<uuid>`, with size, hash and the name somebody gave them."""

import hashlib
import unicodedata
import uuid
from typing import TypeVar

from django.core.files.base import ContentFile
from django.utils import timezone

from ui.models import StoredFile

MOST_LETTERS = 200
Stored = TypeVar("Stored", bound=StoredFile)


def plain_name(name: str) -> str:
    """Return a file name as it may be shown: no folders, no control or direction characters, at most 200 long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    stem, dot, ending = shown.rpartition(".")
    if len(shown) > MOST_LETTERS:
        return f"{stem[: MOST_LETTERS - 1 - len(ending)]}{dot}{ending}"[-MOST_LETTERS:]
    return shown or "file"


def fill_stored_file(stored: Stored, *, content: bytes, name: str, content_type: str) -> Stored:
    """Put bytes and what is known of them on an unsaved record; the caller saves it in its own transaction."""
    stored.original_name = plain_name(name)
    stored.content_type = content_type
    stored.size = len(content)
    stored.sha256 = hashlib.sha256(content).hexdigest()
    path = f"{stored._meta.app_label}/{timezone.localdate():%Y}/{uuid.uuid4().hex}"
    stored.file.save(path, ContentFile(content), save=False)
    return stored
