"""HTML as a PDF: tagged, PDF/A-3a and PDF/UA-1, with nothing fetched but our own stylesheet and fonts.

WeasyPrint stands on Pango. Where that is missing the rest of Tandem runs, so it is imported here only, when needed.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

# A host that cannot exist: relative addresses have something to stand on and lead nowhere.
HOST = "https://tandem.invalid"
BASE = f"{HOST}/css/"
FONTS = "fonts/print"
STYLES = ("400-normal", "600-normal", "700-normal", "300-italic")
# The only addresses that a document may lead to, and the files behind them.
SERVED = {
    f"{HOST}/{FONTS}/{name}": f"{FONTS}/{name}"
    for name in (f"inter-{script}-{style}.woff2" for script in ("latin", "latin-ext") for style in STYLES)
}
# PDF/UA says what it is in a vocabulary that PDF/A wants described.
PDF_UA = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>'
    b'</rdf:Description><rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of the PDF/UA standard</pdfaProperty:description></rdf:li></rdf:Seq>"
    b"</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"
)

_rendering = threading.Lock()


class PdfError(Exception):
    """The document cannot be made; the words say why and what helps."""


@dataclass(frozen=True)
class Pdf:
    content: bytes
    pages: int


OPTIONS = {"pdf_variant": "pdf/a-3a", "presentational_hints": False}


def render_pdf(html: str, *, stylesheet: str) -> Pdf:
    """Return the document; `stylesheet` is a file of ours below static/. Raises PdfError where Pango is missing."""
    weasyprint = _weasyprint()
    with _rendering:  # fonts are shared by all documents of this process
        fetcher, fonts, style = _tools(stylesheet)
        source = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=fetcher)
        document = source.render(font_config=fonts, stylesheets=[style], **OPTIONS)
        content = document.write_pdf(finisher=_say_pdf_ua, **OPTIONS)
    return Pdf(content, len(document.pages))


@cache
def _weasyprint() -> ModuleType:
    try:
        return import_module("weasyprint")
    except OSError as error:
        logger.warning("WeasyPrint cannot be loaded: %s", error)
        raise PdfError(
            _(
                "PDFs need Pango, which is missing on this machine. On Debian or Ubuntu it is installed by “apt "
                "install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0”, on macOS by “brew install pango”."
            )
        ) from error


@cache
def _tools(stylesheet: str) -> tuple[Any, Any, Any]:
    """Return the fetcher, fonts and parsed stylesheet that all documents of a kind share in this process."""
    weasyprint = _weasyprint()
    fetcher, fonts = _fetcher(weasyprint), weasyprint.text.fonts.FontConfiguration()
    text = (settings.BASE_DIR / "static" / stylesheet).read_text()
    return fetcher, fonts, weasyprint.CSS(string=text, base_url=BASE, url_fetcher=fetcher, font_config=fonts)


def _fetcher(weasyprint: ModuleType) -> Any:
    class OnlyOurFonts(weasyprint.urls.URLFetcher):  # type: ignore[name-defined]
        """Serve the fonts; refuse everything else, whatever its scheme."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False)

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url not in SERVED:
                logger.warning("A document asked for something that is not served: %s", url[:200])
                raise ValueError("Documents may not fetch this.")
            content = (settings.BASE_DIR / "static" / SERVED[url]).read_bytes()
            return weasyprint.urls.URLFetcherResponse(url, content, {"Content-Type": "font/woff2"})

    return OnlyOurFonts()


def _say_pdf_ua(_document: Any, pdf: Any) -> None:
    """Add the PDF/UA identifier to the metadata that WeasyPrint wrote for PDF/A."""
    for stream in pdf.objects:
        if getattr(stream, "extra", {}).get("Type") == "/Metadata":
            stream.stream = [part.replace(b"</rdf:RDF>", PDF_UA) for part in stream.stream]
