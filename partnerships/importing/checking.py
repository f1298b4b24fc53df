"""The test run: what would happen to each row, worked out before anything is written."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from partnerships.enums import Fate, Rule
from partnerships.importing.cleaning import Colleagues, Values, clean_row
from partnerships.importing.firms import AmbiguousFirmError, Firm, Firms, Person
from partnerships.importing.table import Line, Table

FIRM_FIELDS = (
    "legal_name",
    "nace_section",
    "nace_division",
    "trade",
    "size_band",
    "registration_number",
    "website",
    "email",
    "phone",
    "street",
    "postcode",
    "town",
    "distance_km",
    "capacity",
    "source_detail",
    "description",
    "owner_id",
)
PERSON_FIELDS = ("job_title", "email", "phone")


@dataclass
class CheckedRow:
    """What happens to a row and why. `changes` are the fields it fills, as (field, value) of firm or person.

    `given` is the name as the row has it.
    """

    line: Line
    fate: Fate
    reason: str = ""
    firm: Firm | None = None
    changes: list[tuple[str, str]] = field(default_factory=list)
    given: str = ""

    @property
    def name(self) -> str:
        return self.firm.name if self.firm else self.given


def check(table: Table, mapping: list[str], *, rule: Rule, firms: Firms, colleagues: Colleagues) -> list[CheckedRow]:
    """Return the fate of every row, in order; rows about a firm that an earlier row brings join it."""
    rows = [_check(line, clean_row(line.cells, mapping, colleagues), rule, firms) for line in table.lines]
    place = mapping.index("name")
    for row in rows:
        row.given = "".join(row.line.cells[place : place + 1])
    return rows


def counts_of(rows: list[CheckedRow]) -> dict[str, int]:
    """Return how many rows have each fate; they add up to all rows."""
    counted = Counter(row.fate for row in rows)
    return {fate.value: counted[fate] for fate in Fate}


def _check(line: Line, values: Values, rule: Rule, firms: Firms) -> CheckedRow:
    if values.problems:
        return CheckedRow(line, Fate.PROBLEM, "; ".join(values.problems))
    try:
        found = firms.find(values.organisation, values.person)
    except AmbiguousFirmError as error:
        return CheckedRow(line, Fate.PROBLEM, str(error))
    if found is None:
        return _new(line, values, firms)
    firm, why = found
    if not firm.pk:
        return _joins(line, values, firm)
    if firm.archived:
        reason = _("%(name)s is in the archive; restore it first") % {"name": firm.name}
        return CheckedRow(line, Fate.EXISTS, reason, firm)
    return _on_file(line, values, rule, firm, why)


def _new(line: Line, values: Values, firms: Firms) -> CheckedRow:
    firm = Firm(0, dict(values.organisation), row=line.number)
    if values.person:
        firm.people.append(Person(0, dict(values.person)))
    firms.add(firm)
    return CheckedRow(line, Fate.NEW, "", firm)


def _joins(line: Line, values: Values, firm: Firm) -> CheckedRow:
    """Add to a firm that an earlier row brings; what that row said first stands."""
    added = dict(_missing(firm.values, values.organisation))
    firm.values |= added
    person = _meet(firm, values.person)
    if person is None and not added:
        return CheckedRow(line, Fate.REPEATS, _("Says the same as row %(row)s") % {"row": firm.row}, firm)
    reason = _("Same firm as row %(row)s") % {"row": firm.row}
    return CheckedRow(line, Fate.JOINS, _with_person(reason, person), firm)


def _on_file(line: Line, values: Values, rule: Rule, firm: Firm, why: str) -> CheckedRow:
    reason = _("%(name)s is on file (%(why)s)") % {"name": firm.name, "why": why}
    if rule == Rule.SKIP:
        return CheckedRow(line, Fate.EXISTS, _("%(reason)s and stays as it is") % {"reason": reason}, firm)
    added = dict(_missing(firm.values, values.organisation))
    firm.values |= added
    firm.changes |= added
    person = _meet(firm, values.person)
    changes = [(name, str(value)) for name, value in added.items()]
    changes += [(f"contact_{name}", str(value)) for name, value in (person or {}).items()]
    if not changes:
        return CheckedRow(line, Fate.EXISTS, _("%(reason)s; nothing to add") % {"reason": reason}, firm)
    return CheckedRow(line, Fate.FILLS, _with_person(reason, person), firm, changes)


def _missing(known: dict[str, Any], given: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a row knows and the record does not; a division only within the record's own sector."""
    for name in FIRM_FIELDS:
        if given.get(name) in (None, "") or known.get(name) not in (None, ""):
            continue
        if name == "nace_division" and (known.get("nace_section") or given["nace_section"]) != given["nace_section"]:
            continue
        yield name, given[name]


def _meet(firm: Firm, given: dict[str, Any]) -> dict[str, Any] | None:
    """Find the person at the firm or add them; return what is new about them, None for nothing."""
    if not given:
        return None
    for person in firm.people:
        if person.is_meant_by(given):
            added = {name: given[name] for name in PERSON_FIELDS if given.get(name) and not person.values.get(name)}
            person.values |= added
            person.changes |= added
            return added or None
    firm.people.append(Person(0, dict(given)))
    return dict(given)


def _with_person(reason: str, person: dict[str, Any] | None) -> str:
    if not person or "name" not in person:
        return reason
    return _("%(reason)s; adds %(person)s") % {"reason": reason, "person": person["name"]}
