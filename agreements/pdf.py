"""The document as a PDF."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from agreements.document import Contents, with_breaks
from ui.pdf import Pdf, render_pdf

STYLESHEET = "css/mou-print.css"


def make_pdf(contents: Contents, *, is_draft: bool = False) -> Pdf:
    """Return the document; a draft says so on every page and has no place to sign. Raises PdfError."""
    context = {"mou": with_breaks(contents), "is_draft": is_draft, "columns": in_columns(contents["parts"])}
    return render_pdf(render_to_string("agreements/print/document.html", context), stylesheet=STYLESHEET)


def in_columns(parts: list[dict[str, Any]], columns: int = 3) -> list[list[dict[str, Any]]]:
    """Spread the parts of the contents over columns of about equal length, in order.

    The columns of CSS would do, but balancing them takes WeasyPrint most of a minute.
    """
    lines = sum(len(part["clauses"]) + 2 for part in parts)
    spread: list[list[dict[str, Any]]] = [[] for _column in range(columns)]
    above = 0
    for part in parts:
        length = len(part["clauses"]) + 2
        spread[min(columns - 1, (above + length // 2) * columns // max(1, lines))].append(part)
        above += length
    return spread
