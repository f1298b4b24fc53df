"""Phone numbers: typed as people type them, found by any run of their figures."""

import re

from django.core.exceptions import ValidationError
from django.db.models import Func, TextField
from django.utils.translation import gettext_lazy as _

BETWEEN = " -/.()"
FEWEST_FIGURES = 3


class Compact(Func):
    """`REPLACE(REPLACE(phone, ' ', ''), '-', '') …`: the same on PostgreSQL and SQLite."""

    template = "REPLACE(" * len(BETWEEN) + "%(expressions)s" + "".join(f", '{sign}', '')" for sign in BETWEEN)
    arity = 1
    output_field = TextField()


def validate_phone(text: str) -> None:
    """Accept whatever holds a number: extensions and remarks are as useful as country codes."""
    if sum(letter.isdecimal() for letter in text) < FEWEST_FIGURES:
        raise ValidationError(
            _("“%(phone)s” is not a phone number. Write at least three figures."), params={"phone": text}
        )


def dialled(text: str) -> str:
    """Return what a telephone dials: the first run of figures, without the remark behind it."""
    run = re.search(r"\+?\d[\d\s\-/.()]*", text)
    return re.sub(r"[^\d+]", "", run.group()) if run else ""
