"""What may be kept of a form, and how it is read back."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import QueryDict

from ui.models import Draft

FORM_KEY = "form_key"
DRAFT_KEY = "draft_key"
OWN_FIELDS = {"csrfmiddlewaretoken", FORM_KEY, DRAFT_KEY}
SECRETS = {
    "password",
    "password1",
    "password2",
    "oldpassword",
    "secret",
    "token",
    "otp",
    "code",
}
MOST_BYTES = 64_000
SHORT, LONG = 20, 80


def is_secret(name: str) -> bool:
    return not SECRETS.isdisjoint(re.split(r"[^a-z0-9]+", name.lower()))


def kept_fields(post: QueryDict) -> dict[str, list[str]]:
    """Return what of a form is worth keeping: neither secrets nor machinery nor more than 64 kB."""
    fields = {
        name: values for name, values in post.lists() if name not in OWN_FIELDS and not is_secret(name) and any(values)
    }
    size = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
    return fields if size <= MOST_BYTES else {}


@dataclass(frozen=True)
class KeptField:
    """A value of a kept form: offered again as a `text` of several lines or as a `line`, else only sent along."""

    name: str
    value: str

    @property
    def kind(self) -> str:
        if "\n" in self.value or len(self.value) > LONG:
            return "text"
        return "line" if len(self.value) > SHORT else "value"

    @property
    def says_something(self) -> bool:
        """Whether a short value is worth showing; numbers are mostly keys of chosen records."""
        return self.kind == "value" and not self.value.isdigit()


def fields_to_show(draft: Draft) -> list[KeptField]:
    return [KeptField(name, value) for name, values in draft.fields.items() for value in values]


def submission_key(post: QueryDict) -> str:
    """Return the name of this very submission: the form's own key with all that was typed.

    Somebody who goes back, changes the text and sends again means a second act, so the text is part of it.
    Without a key in the form the name is empty.
    """
    if not post.get(FORM_KEY):
        return ""
    parts = sorted((name, values) for name, values in post.lists() if name != "csrfmiddlewaretoken")
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def typed_before(owner: Model, key: str) -> dict[str, Any]:
    """Return what `owner` typed into the form `key` and did not send, as a form's `initial`."""
    draft = Draft.objects.filter(owner_id=owner.pk, key=key).first()
    if draft is None:
        return {}
    return {name: values[0] if len(values) == 1 else values for name, values in draft.fields.items()}
