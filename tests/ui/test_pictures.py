import io

import pytest
from PIL import Image

from ui import pictures
from ui.pictures import WIDTH, first_page

A4 = (595, 842)


def pdf_of(*colours):
    """A PDF of one coloured page after another."""
    first, *others = (Image.new("RGB", A4, colour) for colour in colours)
    file = io.BytesIO()
    first.save(file, "PDF", save_all=True, append_images=others)
    return file.getvalue()


@pytest.fixture
def without_pdfium(monkeypatch):
    """A machine for which PDFium does not come; nothing else is taken away."""

    def refuse(name):
        raise ImportError(name)

    pictures._pdfium.cache_clear()
    monkeypatch.setattr(pictures, "import_module", refuse)
    yield
    pictures._pdfium.cache_clear()


def test_first_page_is_the_first_and_as_wide_as_pages_want_it():
    picture = first_page(pdf_of("#0d6761", "#ffffff"))

    image = Image.open(io.BytesIO(picture.content)).convert("RGB")
    assert image.size == (picture.width, picture.height)
    assert picture.width == WIDTH
    assert all(abs(a - b) < 8 for a, b in zip(image.getpixel((300, 300)), (13, 103, 97), strict=True))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 and no more", b"\x89PNG"])
def test_first_page_of_what_is_no_pdf_is_none(content):
    assert first_page(content) is None


def test_first_page_without_pdfium_is_none(without_pdfium):
    assert first_page(pdf_of("#ffffff")) is None
