"""Finding every page that a person can reach: one of each kind, by following links."""

from collections import deque
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

# What answers with a file, leaves the product or is Django's own.
NOT_A_PAGE = ("/admin/", "/static/", "/media/", "/agreements/documents/")
FILES = (".pdf", ".csv", ".xlsx", "/pdf/", "export=", "/file/", "/download/", "/logo/")


def kind_of(url: str) -> str:
    """Return the name of the view behind an address, or nothing where there is no page of ours."""
    path = urlsplit(url).path
    if path.startswith(NOT_A_PAGE) or any(mark in url for mark in FILES):
        return ""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def reachable_pages(page: Page, site: str, start: str = "/") -> dict[str, str]:
    """Return the address of one page of every kind that links lead to from `start`, in the order found."""
    first = urljoin(site, start)
    found = {kind_of(first): first}
    waiting = deque([first])
    while waiting:
        page.goto(waiting.popleft())
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            kind = kind_of(link) if link.startswith(site) else ""
            if kind and kind not in found:
                found[kind] = link
                waiting.append(link)
    return found
