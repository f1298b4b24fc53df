"""The roadmap of a school that has just moved in: eight stages, one place to start."""

import pytest

from accounts.enums import Role
from roadmap.journey import journey_for


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DIRECTOR])
def test_every_button_of_the_first_day_leads_to_a_page_that_opens(school, request, client_for, role):
    user = request.getfixturevalue(role.value)
    client = client_for(user)

    found = journey_for(user, school)
    answers = {
        card.stage.number: client.get(card.next_step.url, follow=True).status_code
        for card in found.cards
        if card.may_act
    }

    assert len(found.cards) == 8
    assert found.is_first_day
    assert (found.focus.stage.number, found.goal) == (1, "")
    assert {number: status for number, status in answers.items() if status != 200} == {}
    assert len(answers) == 8 or role == Role.DIRECTOR


def test_page_of_the_first_day_names_one_start(school, coordinator, client_for):
    page = client_for(coordinator).get("/roadmap/").content.decode()

    assert page.count("Start here") == 2  # over the focus, and as the state of its card
    assert page.count("not started") == 8
    assert "rm-nums" not in page
