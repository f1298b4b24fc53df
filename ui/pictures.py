"""What a PDF looks like: its first page as a picture, for pages that lead to it.

A picture is a courtesy: where PDFium cannot be loaded, or cannot read a file, there is none and nothing else is lost.
"""

from __future__ import annotations

import io
import logging
import threading
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

from PIL.Image import Palette

logger = logging.getLogger(__name__)

# Twice what a column beside a page is wide, for the screens that have two dots for one.
WIDTH = 744
_drawing = threading.Lock()


@dataclass(frozen=True)
class Picture:
    """A PNG and its size in dots."""

    content: bytes
    width: int
    height: int


def first_page(pdf: bytes) -> Picture | None:
    """Return page 1 as a picture, or nothing where it cannot be drawn."""
    pdfium = _pdfium()
    if pdfium is None:
        return None
    try:
        with _drawing:  # PDFium is not made for threads
            return _draw(pdfium, pdf)
    except pdfium.PdfiumError as error:
        logger.warning("The first page of a PDF cannot be drawn: %s", error)
        return None


def _draw(pdfium: ModuleType, content: bytes) -> Picture:
    document = pdfium.PdfDocument(content)
    try:
        page = document[0]
        image = page.render(scale=WIDTH / page.get_width()).to_pil()
    finally:
        document.close()
    file = io.BytesIO()
    image.convert("P", palette=Palette.ADAPTIVE, colors=64).save(file, "PNG", optimize=True)
    return Picture(file.getvalue(), image.width, image.height)


@cache
def _pdfium() -> ModuleType | None:
    try:
        return import_module("pypdfium2")
    except (ImportError, OSError) as error:
        logger.warning("PDFium cannot be loaded, so that documents are shown without a picture: %s", error)
        return None
