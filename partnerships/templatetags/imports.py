"""Sentences about an import, each made of its counts."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.enums import Fate
from partnerships.models import ImportBatch

register = template.Library()
Step = tuple[str, str, str]
WHERE = ("upload", "match", "import", "done")


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


@register.simple_tag
def import_steps(at: str, batch: ImportBatch | str) -> list[Step]:
    """Return the three steps of an import with what came of those behind us."""
    here = WHERE.index(at)
    states = ["done" if place < here else "current" if place == here else "todo" for place in range(3)]
    details = ["", "", ""] if isinstance(batch, str) else _details(batch, here)
    labels = [_("Upload"), _("Match columns and check"), _("Import")]
    return list(zip(labels, details, states, strict=True))


def _details(batch: ImportBatch, here: int) -> list[str]:
    rows, left_out, done = batch.row_count, batch.count(Fate.PROBLEM), batch.concerned
    read = ngettext("%(n)s row read", "%(n)s rows read", rows) % {"n": _number(rows)}
    checked = ngettext("%(n)s row left out", "%(n)s rows left out", left_out) % {"n": _number(left_out)}
    taken = ngettext("%(n)s row", "%(n)s rows", done) % {"n": _number(done)}
    return [read, checked if here > WHERE.index("match") else "", taken if here >= WHERE.index("import") else ""]


@register.simple_tag
def import_sum(batch: ImportBatch) -> str:
    """Write the counts as a sum that adds up to the rows of the file."""
    parts = [f"{_number(count)} {words}" for words, count in _terms(batch) if count]
    rows = ngettext("%(n)s row", "%(n)s rows", batch.row_count) % {"n": _number(batch.row_count)}
    return f"{' + '.join(parts)} = {rows}" if parts else rows


def _terms(batch: ImportBatch) -> list[tuple[str, int]]:
    return [
        (_("new"), batch.count(Fate.NEW)),
        (_("more about these"), batch.count(Fate.JOINS)),
        (_("repeated"), batch.count(Fate.REPEATS)),
        (_("that fill something in"), batch.count(Fate.FILLS)),
        (_("on file already"), batch.count(Fate.EXISTS)),
        (_("left out"), batch.count(Fate.PROBLEM)),
    ]


@register.simple_tag
def import_label(batch: ImportBatch) -> str:
    """Name the button after what it does."""
    new, fills = batch.count(Fate.NEW), batch.count(Fate.FILLS)
    if new and fills:
        return _("Import %(new)s and fill in %(fills)s") % {"new": _number(new), "fills": _number(fills)}
    if new:
        return ngettext("Import %(n)s partner", "Import %(n)s partners", new) % {"n": _number(new)}
    return ngettext("Fill in from %(n)s row", "Fill in from %(n)s rows", fills) % {"n": _number(fills)}


@register.simple_tag
def import_headline(batch: ImportBatch) -> str:
    """Say what an import brought."""
    new, filled = batch.result.get("organisations", 0), batch.result.get("filled_organisations", 0)
    added = ngettext("%(n)s new partner", "%(n)s new partners", new) % {"n": _number(new)}
    return _("%(added)s, %(filled)s filled in") % {"added": added, "filled": _number(filled)} if filled else added
