"""Phone numbers without what people put between the figures, so that half a number is found however it was typed."""

from django.db.models import Func, TextField

BETWEEN = " -/.()"


class Compact(Func):
    """`REPLACE(REPLACE(phone, ' ', ''), '-', '') …`: the same on PostgreSQL and SQLite."""

    template = "REPLACE(" * len(BETWEEN) + "%(expressions)s" + "".join(f", '{sign}', '')" for sign in BETWEEN)
    arity = 1
    output_field = TextField()


def compact(text: str) -> str:
    """Return a number as `Compact` writes it."""
    return text.translate(str.maketrans("", "", BETWEEN))
