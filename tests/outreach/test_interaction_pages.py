"""The page of a record: reading, correcting, taking back."""

import pytest
from django.urls import reverse

from outreach.enums import Channel
from outreach.models import Interaction
from outreach.services import Said, log_interaction
from partnerships.models import TimelineEvent
from tests.outreach.conftest import toasts, undo_url
from tests.outreach.factories import InteractionFactory

pytestmark = pytest.mark.usefixtures("clock")


def test_record_shows_what_was_said_and_by_whom(marta, coordinator, firm, rosa):
    interaction = log_interaction(
        organisation=firm, said=Said(Channel.CALL, summary="Wants two", contacts=(rosa,)), by=coordinator
    )

    page = marta.get(interaction.get_absolute_url()).content.decode()

    assert "Call with Rosa Lindqvist" in page
    assert "Wants two" in page


def test_record_can_be_changed(marta, coordinator, firm, rosa):
    interaction = log_interaction(organisation=firm, said=Said(Channel.CALL, summary="Two"), by=coordinator)
    data = {"summary": "Three", "at": "2026-03-12T09:00", "direction": "in", "outcome": "reached", "version": 1}

    response = marta.post(
        reverse("outreach:interaction_edit", args=[interaction.pk]), data | {"contacts": [rosa.pk]}, follow=True
    )

    assert toasts(response) == ["Record changed."]
    assert TimelineEvent.objects.get(kind="outreach.call").title == "Rosa Lindqvist called"


def test_record_of_a_colleague_cannot_be_changed_or_deleted(marta):
    interaction = InteractionFactory()

    answers = [
        marta.get(reverse("outreach:interaction_edit", args=[interaction.pk])).status_code,
        marta.post(reverse("outreach:interaction_delete", args=[interaction.pk])).status_code,
    ]

    assert answers == [403, 403]
    assert Interaction.objects.kept().exists()


def test_record_can_be_deleted_and_brought_back(marta, coordinator, firm):
    interaction = log_interaction(organisation=firm, said=Said(Channel.CALL, summary="Two"), by=coordinator)

    deleted = marta.post(reverse("outreach:interaction_delete", args=[interaction.pk]), follow=True)
    assert marta.get(interaction.get_absolute_url()).status_code == 404
    marta.post(undo_url(deleted))

    assert marta.get(interaction.get_absolute_url()).status_code == 200
