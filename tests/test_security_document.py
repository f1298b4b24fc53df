"""docs/security.md names tests that exist."""

import re
from pathlib import Path

import pytest
from django.conf import settings

NAMED = re.compile(r"`(tests/[\w/]+\.py)((?:::\w+)+)`")
DOCUMENT = Path(settings.BASE_DIR, "docs", "security.md").read_text()


@pytest.mark.parametrize(("path", "names"), sorted(set(NAMED.findall(DOCUMENT))))
def test_named_test_exists(path, names):
    source = Path(settings.BASE_DIR, path).read_text()

    for name in names.strip(":").split("::"):
        assert re.search(rf"^\s*(def|class) {name}\b", source, re.MULTILINE), name


def test_every_row_names_a_test():
    rows = [line for line in DOCUMENT.splitlines() if line.startswith("| ") and "Held by" not in line]

    assert [row for row in rows if not NAMED.search(row)] == []
