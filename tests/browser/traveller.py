"""Somebody who does what the Roadmap says: reads a stage's next step, follows its button, fills in what is asked."""

import datetime as dt
import re

from playwright.sync_api import Locator, Page

TODAY = dt.datetime.now(tz=dt.UTC).date()


def day(days: int) -> str:
    return (TODAY + dt.timedelta(days=days)).isoformat()


class Traveller:
    """A person in front of a browser, signed in."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site

    def card(self, stage: int) -> Locator:
        """Open the Roadmap and return a stage's card."""
        self.page.goto(f"{self.site}/roadmap/")
        return self.page.locator(f"#stage-{stage}")

    def states(self) -> list[str]:
        """Return the state of each stage, in order."""
        self.page.goto(f"{self.site}/roadmap/")
        return [words.strip() for words in self.page.locator(".rm-cards .hd .td-pill").all_inner_texts()]

    def figures(self) -> list[list[str]]:
        """Return the figures of each stage that has started."""
        self.page.goto(f"{self.site}/roadmap/")
        cards = self.page.locator(".rm-cards > li").all()
        return [[text.split("\n")[0] for text in card.locator("dd").all_inner_texts()] for card in cards]

    def follow(self, stage: int) -> str:
        """Follow the next step of a stage and return its sentence; the button must lead to a page that opens."""
        card = self.card(stage)
        sentence = card.locator(".rm-next p").inner_text()
        button = card.locator(".rm-next .btn")
        with self.page.expect_response(lambda answer: answer.request.is_navigation_request()) as found:
            button.click()
        assert found.value.ok, (sentence, found.value.url, found.value.status)
        self.page.wait_for_load_state()
        return sentence

    def press(self, label: str | re.Pattern[str]) -> None:
        """Press a button or a link in the main part of the page."""
        main = self.page.get_by_role("main")
        button = main.get_by_role("button", name=label).or_(main.get_by_role("link", name=label))
        button.first.click()
        self.page.wait_for_load_state()

    def complete(self, **values: str) -> None:
        """Fill in the form in front: these values, then whatever else is asked."""
        for name, value in values.items():
            self._put(self.page.locator(f"main form [name='{name}']").first, value)
        for control in self.page.locator("main form :is(input, select, textarea):required").all():
            self._answer(control)

    def _put(self, control: Locator, value: str) -> None:
        kind = control.evaluate("element => element.type")
        if kind == "select-one":
            control.select_option(value)
        elif kind in {"radio", "checkbox"}:
            self.page.locator(f"main form [name='{control.get_attribute('name')}'][value='{value}']").check()
        else:
            control.fill(value)

    def _answer(self, control: Locator) -> None:
        """Answer a question that must be answered, in the plainest way; what is answered already stays."""
        kind = control.evaluate("element => element.type")
        if not control.is_visible():
            return
        if kind == "radio":
            name = control.get_attribute("name")
            if not self.page.locator(f"main form [name='{name}']:checked").count():
                control.check()
        elif kind == "checkbox":
            control.check()
        elif not control.input_value():
            self._write(control, kind)

    def _write(self, control: Locator, kind: str) -> None:
        if kind == "select-one":
            control.select_option(index=1)
        else:
            control.fill({"date": day(30), "number": "4", "email": "anna@example.org"}.get(kind, "As we said."))

    def choose_partner(self, name: str) -> None:
        """Find a partner by name where a page asks which one, and choose it."""
        self.page.locator("main [name=q]").fill(name)
        self.press(re.compile("^Find"))
        self.press(re.compile(re.escape(name)))
