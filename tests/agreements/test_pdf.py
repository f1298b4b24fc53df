"""The PDF: what it says, what it is, and what it never fetches."""
import time
import pytest
from agreements.pdf import make_pdf
pytestmark = [pytest.mark.django_db, pytest.mark.pango]


def test_look(sent):
    d = sent.documents.get()
    assert d.is_ready, d.problem
    with d.file.open() as f:
        open("/tmp/agr.pdf", "wb").write(f.read())
    for _ in range(3):
        t = time.perf_counter(); c = time.process_time()
        make_pdf(d.contents)
        print("RENDER", time.perf_counter() - t, time.process_time() - c)
