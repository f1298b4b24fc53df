"""Rows of long lists, written in one piece: fifty of them are most of a list page's work."""

from functools import lru_cache

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Cell = tuple[object, str, str]


@lru_cache(maxsize=8192)
def url_of(name: str, pk: int) -> str:
    """Return the address of a record's page; working it out anew would be a tenth of a list."""
    return reverse(name, args=[pk])


def table_row(heading: object, cells: list[Cell]) -> SafeString:
    """Write a row with its heading; a cell is its content, the label that stands before it on a phone, and its css."""
    return format_html(
        '<tr data-row><th scope="row">{}</th>{}</tr>',
        heading,
        format_html_join(
            "", '<td data-l="{}" class="{}">{}</td>', ((label, css, content) for content, label, css in cells)
        ),
    )


def named(url: str, name: str, *below: object) -> SafeString:
    """Write the heading of a row: the name that leads to its page and what stands below, apart by dots."""
    details = format_html_join(" · ", "{}", ((part,) for part in below if part))
    return format_html('<a class="td-name" href="{}">{}</a><span class="d-block sm sub">{}</span>', url, name, details)
