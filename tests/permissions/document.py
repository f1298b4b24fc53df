"""The table of docs/permissions.md, made from the rows that the tests hold: COMMAND brings it up to date."""

from http import HTTPStatus

from django.conf import settings

from accounts.enums import Role
from tests.permissions import ANONYMOUS, CASES, Row
from tests.permissions.table import TABLE

PATH = settings.BASE_DIR / "docs" / "permissions.md"
BEGINS, ENDS = "<!-- made by tests/permissions/document.py, held by tests/test_permissions.py -->", "<!-- end -->"
COMMAND = (
    'manage.py shell --settings config.settings.test -c "from tests.permissions import document; document.write()"'
)
REFUSED = {HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED}


def lines() -> list[str]:
    """Return a row for each page: `see`, `act`, both or nothing, for each role and without a sign-in."""
    heads = ["without a sign-in", *(role.label.lower() for role in Role)]
    made = [f"| page | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    made += [f"| `{name}` | {' | '.join(_cell(row, case) for case in CASES)} |" for name, row in sorted(TABLE.items())]
    return made


def _cell(row: Row, case: str) -> str:
    words = {"GET": "see", "POST": "act"}
    return ", ".join(word for method, word in words.items() if _is_in(row, method, case)) or "–"


def _is_in(row: Row, method: str, case: str) -> bool:
    if case == ANONYMOUS:
        return method in row.anonymous and row.anonymous[method] not in REFUSED
    return row.lets_in(method, case) and row.expected(method, case) not in REFUSED


def written() -> str:
    """Return the document with its table brought up to date."""
    before, _, rest = PATH.read_text().partition(BEGINS)
    after = rest.partition(ENDS)[2]
    return "\n".join([before + BEGINS, "", *lines(), "", ENDS + after])


def write() -> None:
    PATH.write_text(written())
