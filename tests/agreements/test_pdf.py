"""The PDF: what it says, what it is, and what it never fetches."""

import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module

import pikepdf
import pytest

from agreements.document import contents_of
from agreements.pdf import STYLESHEET, in_columns, make_pdf
from agreements.record import signed_contents
from ui.pdf import BASE, OPTIONS, _tools

pytestmark = [pytest.mark.django_db, pytest.mark.pango]

SECRET = "the-secret-of-this-machine"


@pytest.fixture
def weasyprint():
    """WeasyPrint itself, loaded only where a test runs: without Pango it does not load."""
    return import_module("weasyprint")


@pytest.fixture
def contents(draft, school):
    return contents_of(draft, school)


def _text(tmp_path, content):
    path = tmp_path / "mou.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True)
    return done.stdout


def _said(text):
    return " ".join(text.split())


needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")


@needs_pdftotext
def test_pdf_holds_names_figures_clauses_and_both_schedules(contents, tmp_path):
    said = _said(_text(tmp_path, make_pdf(contents).content))

    for words in [
        "Memorandum of understanding",
        "Kestrel Precision Ltd",
        "Helena Voss, director",
        "Schedule A: who does what",
        "Chooses 12 students a year",
        "Schedule B: contributions a year",
        "96 hours at €38",
        "€13,028",
        "€2,880",
        "€15,908",
        "Signatures",
        "Page 1 of ",
        "It is not legal advice",
    ]:
        assert words in said
    assert "Draft, not for signature" not in said
    assert "Record of signing" not in said


@needs_pdftotext
def test_draft_says_on_its_pages_that_it_is_one(contents, tmp_path):
    made = make_pdf(contents, is_draft=True)

    assert _text(tmp_path, made.content).count("Draft, not for signature") >= made.pages - 1


@needs_pdftotext
def test_signed_pdf_has_signatures_and_record(sent, tmp_path):
    document = sent.documents.get()
    sent.signatories.update(signed_at=sent.sent_at, signed_name="Rosa Lindqvist", signed_capacity="Managing director")

    made = make_pdf(signed_contents(document, sent.signatories.all(), sent.evidence.all()))

    said = _said(_text(tmp_path, made.content))
    assert "Record of signing" in said
    assert document.sha256[:32] in said.replace(" ", "")
    assert "Link sent" in said
    assert "simple electronic signature" in said


@pytest.mark.qpdf
def test_pdf_is_sound_tagged_and_says_what_it_is(contents, tmp_path):
    path = tmp_path / "mou.pdf"
    path.write_bytes(make_pdf(contents).content)

    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    with pikepdf.open(path) as pdf:
        metadata = bytes(pdf.Root.Metadata.read_bytes())
        assert b'pdfaid:part="3"' in metadata
        assert b'pdfaid:conformance="A"' in metadata
        assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
        assert metadata.count(b"<rdf:RDF") == metadata.count(b"</rdf:RDF>") == 1
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title).startswith("Memorandum of understanding LV-MOU")
        fonts = {str(one.get("/BaseFont", "")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)}
    assert {name.partition("+")[2][:5] for name in fonts if "+" in name} == {"Inter"}


class _Canary(ThreadingHTTPServer):
    def __init__(self):
        self.hits = []
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.hits.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<svg xmlns='http://www.w3.org/2000/svg'/>")

    def log_message(self, *_args):
        pass


@pytest.fixture
def canary():
    server = _Canary()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def probes(canary, tmp_path):
    """Every way known of making a renderer read a file or ask a server."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    file, web = secret.as_uri(), f"http://127.0.0.1:{canary.server_port}"
    return "".join(
        f'<link rel="attachment" href="{url}/a"><link rel="stylesheet" href="{url}/b"><img src="{url}/c">'
        f'<object data="{url}/d"></object><embed src="{url}/e"><style>@import url("{url}/f"); body {{ background: '
        f'url("{url}/g") }} @font-face {{ font-family: X; src: url("{url}/h") }} p {{ font-family: X }}</style>'
        f'<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{url}/i" width="9" height="9"/></svg>'
        f"<a rel='attachment' href='{url}'>x</a><link rel='attachment' href='{url}'><p>x</p>"
        for url in (file, web)
    )


def _streams(content, tmp_path):
    """Return everything a PDF holds, uncompressed."""
    path = tmp_path / "probe.pdf"
    path.write_bytes(content)
    with pikepdf.open(path) as pdf:
        read = [
            bytes(one.read_bytes())
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != "/Image"
        ]
    return b"".join(read)


def test_words_of_people_fetch_nothing(contents, probes, canary, tmp_path):
    contents["title"] = "".join(probes.partition("</object>")[:2])
    contents["obligations"][0]["school"] = probes
    contents["parts"][0]["clauses"][0]["paragraphs"] = [probes]

    made = make_pdf(contents)

    assert canary.hits == []
    assert SECRET.encode() not in _streams(made.content, tmp_path)


def test_even_markup_that_got_through_fetches_nothing(weasyprint, contents, probes, canary, tmp_path):
    make_pdf(contents)  # the tools of this process are ready
    fetcher, fonts, style = _tools(STYLESHEET)

    content = weasyprint.HTML(string=probes, base_url=BASE, url_fetcher=fetcher).write_pdf(
        font_config=fonts, stylesheets=[style], **OPTIONS
    )

    assert canary.hits == []
    assert SECRET.encode() not in _streams(content, tmp_path)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_control_the_same_probes_catch_a_careless_renderer(weasyprint, probes, canary, tmp_path):
    content = weasyprint.HTML(string=probes).write_pdf()

    assert canary.hits
    assert SECRET.encode() in _streams(content, tmp_path)


def test_longest_words_still_make_a_pdf(contents):
    contents["parts"][0]["clauses"][0]["paragraphs"] = ["x" * 6000]
    contents["title"] = "W" * 160

    assert make_pdf(contents).pages >= 8


def test_contents_are_spread_over_three_columns_in_order():
    parts = [
        {"title": name, "clauses": [None] * n}
        for name, n in [("a", 3), ("b", 6), ("c", 3), ("d", 3), ("e", 2), ("f", 4)]
    ]

    columns = in_columns(parts)

    assert [[part["title"] for part in column] for column in columns] == [["a", "b"], ["c", "d"], ["e", "f"]]
