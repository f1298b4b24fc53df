import hashlib

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.test.utils import isolate_apps
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from tests.accounts.factories import SchoolFactory, UserFactory
from tests.ui.people import PEOPLE
from ui.files import fill_stored_file, plain_name
from ui.models import StoredFile
from ui.responses import list_response, serve_stored_file
from ui.services import save_view

pytestmark = pytest.mark.django_db


with isolate_apps("ui"):

    class Scan(StoredFile):
        """A stored file as an app would declare it; never migrated, only kept in memory."""

        class Meta:
            app_label = "ui"


@pytest.fixture
def media(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(Scan._meta.get_field("file"), "storage", FileSystemStorage(tmp_path))
    return tmp_path


@pytest.fixture
def ask(rf, list_template):
    """Ask for the list of people as a browser or as HTMX does."""
    user = UserFactory(name="Zoe Asking")
    SchoolFactory()

    def answer(query="", **headers):
        request = rf.get(f"/people/?{query}", headers=headers)
        request.user, request.htmx = user, HtmxDetails(request)
        return list_response(request, PEOPLE, User.objects.all(), list_template)

    return answer


def body(response):
    return response.content.decode()


def test_htmx_gets_exactly_the_part_that_a_whole_page_shows(ask):
    UserFactory.create_batch(25)
    query = "q=colleague&sort=-name&role=coordinator"

    whole, part = body(ask(query)), body(ask(query, hx_request="true"))

    assert part.strip().startswith('<section id="rows">')
    assert part.strip() in whole
    assert "<html>" not in part


def test_htmx_is_told_the_clean_address(ask):
    assert ask("role=&sort=name&q=", hx_request="true")["HX-Push-Url"] == "/people/?sort=name"
    assert ask("q=&role=", hx_request="true")["HX-Push-Url"] == "/people/"


def test_a_page_restored_from_history_comes_whole(ask):
    assert "<html>" in body(ask("", hx_request="true", hx_history_restore_request="true"))


def test_every_link_that_swaps_also_works_as_a_link(ask):
    UserFactory.create_batch(25)

    html = body(ask("role=coordinator"))

    assert html.count("hx-get=") == html.count('hx-target="#rows"')
    assert html.count('<a class="td-chip on" href="?" hx-get="?"') == 1
    assert 'rel="next" href="?role=coordinator&amp;after=' in html


def test_notes_on_nonsense_are_shown_and_escaped(ask):
    html = body(ask("sort=%3Cscript%3E"))

    assert "sorted by “&lt;script&gt;”" in html
    assert "<script>" not in html


def test_the_page_costs_the_same_with_one_row_and_with_thirty(ask, query_count):
    with_one = query_count(lambda: ask("q=e"))
    UserFactory.create_batch(30)

    assert query_count(lambda: ask("q=e")) == with_one == 4  # rows, count, saved views, a filter's choices


def test_the_list_carries_the_views_of_the_user(ask):
    user = User.objects.get(name="Zoe Asking")
    view = {"owner": user, "query": "role=viewer", "is_shared": False, "is_pinned": False}
    save_view(list_key=PEOPLE.key, name="Viewers", **view)
    save_view(list_key="another.list", name="Elsewhere", **view)

    assert ask().status_code == 200


def test_an_export_streams_what_is_filtered_in_the_order_in_force(ask):
    for name in ("Aaron", "Berta", "=1+1"):
        UserFactory(name=name, role="viewer")

    response = ask("role=viewer&sort=-name&export=csv")

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["Name", "Berta", "Aaron", "'=1+1"]
    assert response["Content-Disposition"].startswith('attachment; filename="people-')


def stored(**changes):
    given = {"content": b"%PDF-1.7", "name": "mou.pdf", "content_type": "application/pdf", **changes}
    return fill_stored_file(Scan(), **given)


def test_a_stored_file_keeps_what_is_known_of_it_under_a_random_path(media):
    scan = stored(name="..\\evil/MOU 2026.pdf")

    assert scan.original_name == "MOU 2026.pdf"
    assert scan.sha256 == hashlib.sha256(b"%PDF-1.7").hexdigest()
    assert scan.size == 8
    app, year, random = scan.file.name.split("/")
    assert (app, len(year), len(random), random.isalnum()) == ("ui", 4, 32, True)
    assert (media / scan.file.name).read_bytes() == b"%PDF-1.7"


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.pdf"])
def test_a_file_is_a_download_whatever_it_claims_to_be(media, name):
    response = serve_stored_file(stored(name=name, content_type="text/html"), as_attachment=False)

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    response.close()


def test_a_pdf_may_open_in_the_browser(media):
    response = serve_stored_file(stored(), as_attachment=False)

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="mou.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()


def test_a_picture_may_open_in_the_browser_where_nothing_in_it_runs(media):
    response = serve_stored_file(stored(name="page.png", content_type="image/png"), as_attachment=False)

    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    response.close()


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("a/b\\c.PDF", "c.PDF"),
        ("../../etc/passwd", "passwd"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("new\r\nline.txt", "newline.txt"),
        ("x\x00.png", "x.png"),
        ("..", "file"),
        ("", "file"),
        ("  . ", "file"),
        ("n" * 300 + ".pdf", "n" * 196 + ".pdf"),
        ("Übersicht – März.pdf", "Übersicht – März.pdf"),
    ],
)
def test_a_file_name_is_made_harmless(given, plain):
    assert plain_name(given) == plain


def test_stored_files_are_declared_by_the_apps_that_own_them():
    assert StoredFile._meta.abstract
    assert isinstance(StoredFile._meta.get_field("file"), models.FileField)
