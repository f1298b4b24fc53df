"""A value sheet on one page of paper. What lacks a checked strength or a proof is not on it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string

from accounts.models import School, User
from propositions.models import Proposition
from propositions.sheets import arguments_of
from ui.pdf import Pdf, render_pdf

STYLESHEET = "css/value-print.css"


def make_page(sheet: Proposition, *, school: School, on: dt.date, asker: User) -> Pdf:
    """Return the page as of a day; `asker` is whom a firm may ring. Raises PdfError."""
    context = {
        "sheet": sheet,
        "school": school,
        "arguments": [argument for argument in arguments_of(sheet, on=on) if argument.is_shown],
        "asker": asker,
        "today": on,
        "site": settings.SITE_URL.partition("://")[2],
    }
    return render_pdf(render_to_string("propositions/print/page.html", context), stylesheet=STYLESHEET)
