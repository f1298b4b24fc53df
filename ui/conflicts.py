"""Two people change one record: the second to save sees both texts, and nothing is overwritten unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Manager, Model
from django.forms import BaseForm, Field
from django.utils.translation import gettext as _

from accounts.models import Stamped, User

VERSION = "version"


class StaleRecordError(Exception):
    """Somebody else saved the record after this form was opened."""


@dataclass(frozen=True)
class Difference:
    label: str
    theirs: str
    mine: str


def next_version(record: Stamped, *, opened: int, by: User) -> list[str]:
    """Move a locked record one version on and return the fields to save beside one's own.

    `opened` is the version that the form showed; another one in the database raises StaleRecordError.
    """
    if record.version != opened:
        raise StaleRecordError
    record.version += 1
    record.updated_by = by
    return ["version", "updated_by", "updated_at"]


def rewrite(record: Stamped, fields: Mapping[str, Any], *, opened: int, by: User) -> list[str]:
    """Write what a form says on a locked record, move it one version on and return the fields to save.

    Raises StaleRecordError as `next_version` does.
    """
    stamps = next_version(record, opened=opened, by=by)
    for name, value in fields.items():
        setattr(record, name, value)
    return [*fields, *stamps]


def differences(form: BaseForm, record: Model) -> list[Difference]:
    """Return the fields where a valid form says something else than the record, both in words."""
    pairs = [
        Difference(
            str(form[name].label),
            _words(field, getattr(record, name, None)),
            _words(field, form.cleaned_data[name]),
        )
        for name, field in form.fields.items()
        if name in form.cleaned_data and not form[name].is_hidden
    ]
    return [pair for pair in pairs if pair.theirs != pair.mine]


def _words(field: Field, value: Any) -> str:
    if isinstance(value, Manager):
        value = value.all()
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, ""):
        return _("(empty)")
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return ", ".join(sorted(str(single) for single in value)) or _("(empty)")
    labels = {} if isinstance(value, Model) else {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return labels.get(str(value), str(value))
