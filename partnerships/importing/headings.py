"""Finding the row of headings, which need not be the first, and naming every column once."""

import re
from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from partnerships.importing.table import LOOKED_FOR_HEADINGS, Line
from partnerships.importing.targets import BY_SYNONYM
from roadmap.search import fold

DATA = re.compile(r"\S@\S|^(https?://|www\.)|^[\d\s()/+.,-]{3,}$", re.IGNORECASE)
LONGEST = 60
ROWS_THAT_RUN_OVER = 0.1


def heading_key(text: str) -> str:
    """Return a heading as synonyms are written: folded, without a colon or a remark in brackets at its end."""
    words = " ".join((fold(text) or "").replace("’", "'").replace("_", " ").split())
    return re.sub(r"\s*[:*]+$", "", words)


def target_of(heading: str) -> str:
    """Return which field a heading means; empty where it says nothing known."""
    key = heading_key(heading)
    return BY_SYNONYM.get(key) or BY_SYNONYM.get(re.sub(r"\s*\([^)]*\)$", "", key), "")


def known_headings(cells: Sequence[str]) -> int:
    """Return how many different fields these cells would be headings of."""
    return len({target_of(cell) for cell in cells} - {""})


def find_headings(lines: Sequence[Line]) -> tuple[list[str], int, list[Line]]:
    """Return the headings, the number of their row (0 for none) and the rows below."""
    if not lines:
        return [], 0, []
    place = _place_of_headings(lines[:LOOKED_FOR_HEADINGS])
    data = list(lines) if place is None else list(lines[place + 1 :])
    given = [] if place is None else lines[place].cells
    headings = _named([*given, *[""] * (_width(data, len(given)) - len(given))])
    return headings, 0 if place is None else lines[place].number, data


def _width(data: Sequence[Line], given: int) -> int:
    """Count the columns: a few rows that run over are mistakes, many mean columns without a heading."""
    over = [len(line.cells) for line in data if len(line.cells) > given]
    return max(over) if len(over) > ROWS_THAT_RUN_OVER * len(data) else given


def _place_of_headings(lines: Sequence[Line]) -> int | None:
    """Take the row with most known headings; else the first as wide as the rest that holds no data."""
    known = [known_headings(line.cells) for line in lines]
    best = max(known)
    if best > 1 or (best and len(lines[known.index(best)].cells) == 1):
        return known.index(best)
    usual = Counter(len(line.cells) for line in lines).most_common(1)[0][0]
    for place, line in enumerate(lines):
        if len(line.cells) >= usual and all(line.cells):
            is_data = any(DATA.search(cell) or len(cell) > LONGEST for cell in line.cells)
            return None if is_data or (usual == 1 and not best) else place
    return None


def _named(given: Sequence[str]) -> list[str]:
    """Name columns without a heading by their number, and tell apart those with the same one."""
    seen: Counter[str] = Counter()
    names = []
    for number, heading in enumerate(given, start=1):
        name = " ".join(heading.split())[:LONGEST] or _("Column %(number)s") % {"number": number}
        seen[name] += 1
        names.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return names
