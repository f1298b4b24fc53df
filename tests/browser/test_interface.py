"""What the scripts add, and that nothing is lost without them."""

import re
import types
from importlib import import_module

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import path
from playwright.sync_api import expect

from accounts.enums import Theme
from partnerships.enums import Status
from partnerships.models import Organisation
from tests.accounts.factories import PASSWORD, SchoolFactory, UserFactory
from tests.browser.conftest import NARROWEST, PHONE
from tests.partnerships.factories import OrganisationFactory
from ui import views
from ui.models import Draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = """{% extends "base.html" %}{% load static ui %}{% block title %}Try{% endblock %}
{% block head %}<script defer src="{% static 'vendor/sortable.min.js' %}"></script>
<script type="module" src="{% static 'js/board.js' %}"></script>{% endblock %}
{% block content %}<h1>Try</h1>
<form method="post" action="/try/" data-draft="try:1">{% csrf_token %}{% form_key %}
  <label for="note">Note</label><textarea id="note" name="note"></textarea>
  <button class="btn btn-primary" type="submit">Save note</button><span data-saved></span>
</form>
<details class="td-drop"><summary class="btn">Menu</summary>
  <ul class="td-menu"><li><a href="/try/?from=menu">Entry</a></li></ul></details>
<ul class="plain">{% for n in "123" %}<li data-row><a href="/try/?row={{ n }}">Row {{ n }}</a>
  <a class="btn" data-key="d" href="/try/?done={{ n }}">Done {{ n }}</a></li>{% endfor %}</ul>
<div class="cols-2">{% for column in columns %}
<ul class="bd-list" data-board="firms" data-column="{{ column }}" id="{{ column }}">
  {% if forloop.first %}<li class="bd-card">Kestrel
  <form method="post" action="/try/" data-move="status">{% csrf_token %}
  <button class="btn" name="status" value="partner" type="submit">To Partner</button></form></li>{% endif %}
</ul>{% endfor %}</div>{% endblock %}"""


@pytest.fixture
def sent():
    """What the server was sent, form by form."""
    return []


@pytest.fixture
def user():
    SchoolFactory()
    return UserFactory(name="Marta Keller", theme=Theme.LIGHT)


@pytest.fixture
def try_page(site, settings, page, sign_in, user, sent):
    """A page with a form, a menu, rows and a board, open in the browser."""

    def answer(request):
        if request.method == "POST":
            sent.append(request.POST.dict())
            return HttpResponseRedirect("/try/?saved=1")
        template = engines["django"].from_string(PAGE)
        return HttpResponse(template.render({"columns": ["agreement", "partner"]}, request))

    module = types.ModuleType("urls_to_try")
    own = [path("try/", answer), path("styleguide/", views.styleguide)]
    module.urlpatterns = [*own, *import_module(settings.ROOT_URLCONF).urlpatterns]
    settings.ROOT_URLCONF = module
    sign_in(page.context, user)
    page.goto(f"{site}/try/")
    return page


@pytest.mark.slow
@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE])
def test_the_styleguide_is_accessible(try_page, site, user, axe, theme, viewport):
    user.theme = theme
    user.save()
    try_page.set_viewport_size(viewport)

    try_page.goto(f"{site}/styleguide/")

    assert axe(try_page) == []


@pytest.mark.parametrize("address", ["/styleguide/", "/settings/"])
def test_nothing_scrolls_sideways_on_the_narrowest_phone(try_page, site, address):
    try_page.set_viewport_size(NARROWEST)

    try_page.goto(site + address)

    assert try_page.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]


@pytest.mark.parametrize(("scheme", "colour"), [("dark", "rgb(15, 21, 20)"), ("light", "rgb(246, 247, 245)")])
def test_a_page_without_a_choice_follows_the_device(try_page, user, scheme, colour):
    user.theme = Theme.AUTO
    user.save()
    try_page.emulate_media(color_scheme=scheme)

    try_page.reload()

    assert try_page.evaluate("getComputedStyle(document.body).backgroundColor") == colour


def test_a_chosen_theme_outweighs_the_device(try_page):
    try_page.emulate_media(color_scheme="dark")

    try_page.reload()

    assert try_page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(246, 247, 245)"


def test_a_slash_goes_to_the_search_and_escape_leaves_it(try_page):
    try_page.keyboard.press("/")
    expect(try_page.locator("#search")).to_be_focused()

    try_page.keyboard.type("g?j/")
    expect(try_page.locator("#search")).to_have_value("g?j/")

    try_page.keyboard.press("Escape")
    expect(try_page.locator("#search")).not_to_be_focused()


def test_a_question_mark_lists_the_keys(try_page, axe):
    try_page.keyboard.press("?")
    expect(try_page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert axe(try_page) == []

    try_page.keyboard.press("Escape")
    expect(try_page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_j_and_k_walk_the_rows_and_a_letter_acts_on_one(try_page):
    for key, row in [("j", 1), ("j", 2), ("j", 3), ("j", 3), ("k", 2)]:
        try_page.keyboard.press(key)
        expect(try_page.get_by_role("link", name=f"Row {row}")).to_be_focused()

    try_page.keyboard.press("d")

    expect(try_page).to_have_url(re.compile(r"\?done=2$"))


def test_g_and_a_letter_go_to_a_page(try_page, site):
    try_page.keyboard.press("g")
    try_page.keyboard.press("t")

    expect(try_page).to_have_url(f"{site}/")


def test_keys_that_somebody_switched_off_do_nothing(try_page, user):
    user.keyboard_shortcuts = False
    user.save()
    try_page.reload()

    for key in "/?jg":
        try_page.keyboard.press(key)

    expect(try_page.locator("#search")).not_to_be_focused()
    expect(try_page.get_by_role("dialog")).to_be_hidden()


def test_control_enter_sends_the_form_one_is_in(try_page, sent):
    try_page.get_by_label("Note").fill("Ring back")

    try_page.keyboard.press("Control+Enter")

    expect(try_page).to_have_url(re.compile(r"saved=1$"))
    assert [form["note"] for form in sent] == ["Ring back"]


def test_a_double_click_sends_once(try_page, sent):
    try_page.get_by_label("Note").fill("Once")

    try_page.get_by_role("button", name="Save note").dblclick()

    expect(try_page).to_have_url(re.compile(r"saved=1$"))
    assert len(sent) == 1


def test_typing_is_saved_as_a_draft_every_ten_seconds(try_page, user):
    try_page.clock.install()
    try_page.reload()
    try_page.get_by_label("Note").fill("Half a thought")

    with try_page.expect_response(re.compile("/ui/draft/")):
        try_page.clock.fast_forward(10_500)

    expect(try_page.locator("[data-saved]")).to_contain_text("Draft saved")
    assert Draft.objects.get().fields == {"note": ["Half a thought"]}


def test_a_menu_closes_by_escape_and_by_a_click_elsewhere(try_page):
    entry = try_page.get_by_role("link", name="Entry")
    try_page.get_by_text("Menu", exact=True).click()
    expect(entry).to_be_visible()

    try_page.keyboard.press("Escape")
    expect(entry).to_be_hidden()

    try_page.get_by_text("Menu", exact=True).click()
    try_page.get_by_role("heading", name="Try").click()
    expect(entry).to_be_hidden()


def test_a_card_dropped_on_a_column_sends_its_form(try_page, sent):
    card, column = try_page.locator(".bd-card"), try_page.locator("#partner")

    card.hover(position={"x": 20, "y": 8})
    try_page.mouse.down()
    box = column.bounding_box()
    try_page.mouse.move(box["x"] + 60, box["y"] + 10, steps=12)
    try_page.mouse.move(box["x"] + 70, box["y"] + 20, steps=4)
    try_page.mouse.up()

    expect(try_page).to_have_url(re.compile(r"saved=1$"))
    assert [form["status"] for form in sent] == ["partner"]


def test_a_toast_goes_by_itself_but_waits_while_pointed_at(try_page, site):
    try_page.clock.install()
    try_page.goto(f"{site}/settings/")
    try_page.get_by_role("button", name="Save settings").click()
    toast = try_page.locator("[data-toast]")
    expect(toast).to_contain_text("Your settings are saved.")

    toast.hover()
    try_page.clock.fast_forward(20_000)
    expect(toast).to_be_visible()

    try_page.mouse.move(5, 5)
    try_page.clock.fast_forward(8_500)
    expect(toast).to_be_hidden()


@pytest.fixture
def no_script(browser, site, try_page):
    """The same page and session in a browser without script."""
    context = browser.new_context(java_script_enabled=False, storage_state=try_page.context.storage_state())
    page = context.new_page()
    page.goto(f"{site}/try/")
    yield page
    context.close()


def test_without_script_menus_open_and_forms_are_sent(no_script, sent):
    no_script.get_by_text("Menu", exact=True).click()
    expect(no_script.get_by_role("link", name="Entry")).to_be_visible()

    no_script.get_by_label("Note").fill("Plain")
    no_script.get_by_role("button", name="Save note").click()

    expect(no_script).to_have_url(re.compile(r"saved=1$"))
    assert [form["note"] for form in sent] == ["Plain"]


def test_without_script_a_card_moves_by_its_button(no_script, sent):
    no_script.get_by_role("button", name="To Partner").click()

    expect(no_script).to_have_url(re.compile(r"saved=1$"))
    assert sent[0]["status"] == "partner"


@pytest.fixture
def partners(page, site, sign_in, user):
    """The list of partners, with a mark on its window that only a whole new page takes away."""
    for number in range(60):
        OrganisationFactory(
            name=f"{'Birch' if number < 10 else 'Aspen'} {number:02d}",
            status=Status.PILOT if number % 2 else Status.PROSPECT,
        )
    sign_in(page.context, user)
    page.goto(f"{site}/partners/")
    page.evaluate("window.mark = true")
    return page


def test_a_list_filters_sorts_and_pages_without_a_new_page(partners):
    partners.get_by_label("Filter this list").fill("birch")
    partners.keyboard.press("Enter")
    expect(partners.get_by_role("status").filter(has_text="found")).to_have_text("10 found")
    expect(partners).to_have_url(re.compile(r"/partners/\?q=birch$"))

    partners.locator(".td-filter summary", has_text="Stage").click()
    partners.get_by_label("Pilot", exact=True).check()
    partners.get_by_label("Prospect", exact=True).check()
    partners.get_by_label("Prospect", exact=True).uncheck()
    partners.get_by_role("button", name="Show").first.click()
    expect(partners.get_by_role("status").filter(has_text="found")).to_have_text("5 found")

    partners.get_by_role("link", name="Stage: Pilot").click()
    expect(partners.get_by_role("status").filter(has_text="found")).to_have_text("10 found")

    partners.get_by_role("link", name="Partner", exact=True).click()
    expect(partners.locator("tbody th").first).to_contain_text("Birch 09")
    assert partners.evaluate("window.mark")


def test_back_leads_over_the_pages_of_a_list(partners):
    partners.get_by_role("link", name="Next", exact=True).click()
    expect(partners.locator("tbody th").first).to_contain_text("Birch 00")
    expect(partners).to_have_url(re.compile("after="))

    partners.go_back()

    expect(partners.locator("tbody th").first).to_contain_text("Aspen 10")
    expect(partners).to_have_url(re.compile(r"/partners/$"))


def test_a_text_typed_before_the_session_was_lost_is_sent_after_signing_in(page, site, sign_in, user):
    sign_in(page.context, user)
    page.goto(f"{site}/partners/add/")
    page.get_by_label("Name", exact=True).first.fill("Kestrel Precision Ltd")
    page.get_by_label("Notes").fill("They have three machines standing still and look for two operators.")
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Save partner").click()
    page.get_by_label("Work e-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your text is still here")).to_be_visible()
    assert not Organisation.objects.exists()
    page.get_by_role("button", name="Send it now").click()

    expect(page.get_by_role("heading", name="Kestrel Precision Ltd", level=1)).to_be_visible()
    assert Organisation.objects.get().description.startswith("They have three machines")
