"""The pages of follow-ups: planning, every act with its undo, the list, and whom they let in."""

import datetime as dt

import pytest
from django.urls import reverse

from outreach.enums import FollowUpStatus
from outreach.models import FollowUp
from tests.accounts.factories import UserFactory
from tests.outreach.conftest import TODAY, toasts, undo_url
from tests.outreach.factories import FollowUpFactory

TOMORROW = TODAY + dt.timedelta(days=1)

pytestmark = pytest.mark.usefixtures("clock")


def test_planning_a_follow_up(marta, coordinator, firm, rosa):
    data = {"title": "Ask", "due_on": "2026-03-20", "due_time": "14:30", "contact": rosa.pk, "owner": coordinator.pk}

    response = marta.post(reverse("outreach:follow_up_add", args=[firm.pk]), data, follow=True)

    follow_up = FollowUp.objects.get()
    assert toasts(response) == ["Planned: “Ask”."]
    assert follow_up.remind_at == dt.datetime(2026, 3, 20, 13, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"due_on": "2026-03-11"}, "due_on"),
        ({"due_on": "2026-03-12", "due_time": "09:30"}, "due_time"),
        ({"title": ""}, "title"),
        ({"owner": "999999"}, "owner"),
    ],
)
def test_planning_nonsense_says_where(marta, coordinator, firm, fields, wrong):
    data = {"title": "Ask", "due_on": "2026-03-20", "owner": coordinator.pk} | fields

    response = marta.post(reverse("outreach:follow_up_add", args=[firm.pk]), data)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [wrong])
    assert not FollowUp.objects.exists()


def test_ticking_off_can_be_undone_from_the_toast(marta, coordinator):
    follow_up = FollowUpFactory(owner=coordinator, title="Ask Rosa")

    done = marta.post(reverse("outreach:follow_up_done", args=[follow_up.pk]), {"next": "/outreach/"}, follow=True)
    undone = marta.post(undo_url(done), headers={"Referer": "http://testserver/outreach/"}, follow=True)

    assert toasts(done) == ["Done: “Ask Rosa”."]
    assert toasts(undone) == ["“Ask Rosa” is as it was."]
    assert undone.redirect_chain == [("http://testserver/outreach/", 302)]
    assert FollowUp.objects.get().status == FollowUpStatus.OPEN


def test_undo_after_ten_minutes_says_so(marta, clock, coordinator):
    follow_up = FollowUpFactory(owner=coordinator)
    done = marta.post(reverse("outreach:follow_up_done", args=[follow_up.pk]), follow=True)
    clock.shift(601)

    late = marta.post(undo_url(done), follow=True)

    assert toasts(late) == ["This can no longer be undone: ten minutes have passed."]
    assert FollowUp.objects.get().status == FollowUpStatus.DONE


def test_undo_leads_to_no_foreign_page(marta, coordinator):
    follow_up = FollowUpFactory(owner=coordinator)
    done = marta.post(reverse("outreach:follow_up_done", args=[follow_up.pk]), follow=True)

    response = marta.post(undo_url(done), headers={"Referer": "https://evil.example.org/"})

    assert response["Location"] == "/"


def test_next_leads_to_no_foreign_page(marta, coordinator):
    follow_up = FollowUpFactory(owner=coordinator)

    response = marta.post(
        reverse("outreach:follow_up_done", args=[follow_up.pk]), {"next": "https://evil.example.org/"}
    )

    assert response["Location"] == follow_up.organisation.get_absolute_url()


def test_ticking_off_what_a_colleague_ticked_off_says_so(marta):
    follow_up = FollowUpFactory(title="Ask Rosa", done=True)

    response = marta.post(reverse("outreach:follow_up_done", args=[follow_up.pk]), follow=True)

    assert toasts(response) == ["“Ask Rosa” was changed by somebody meanwhile."]


def test_snoozing_to_an_offered_day(marta, coordinator):
    follow_up = FollowUpFactory(owner=coordinator, title="Ask Rosa")

    response = marta.post(
        reverse("outreach:follow_up_snooze", args=[follow_up.pk]), {"until": "2026-03-16"}, follow=True
    )

    assert toasts(response) == ["“Ask Rosa” is put off."]
    assert FollowUp.objects.get().due_on == dt.date(2026, 3, 16)


@pytest.mark.parametrize("until", ["2026-03-12", "2020-01-01", "", "never"])
def test_snoozing_to_a_day_that_makes_no_sense_is_refused(marta, coordinator, until):
    follow_up = FollowUpFactory(owner=coordinator)

    response = marta.post(reverse("outreach:follow_up_snooze", args=[follow_up.pk]), {"until": until, "x": "1"})

    assert response.status_code == 422
    assert FollowUp.objects.get().snoozed == 0


def test_changing_a_follow_up_that_somebody_changed_shows_both_texts(marta, coordinator, firm):
    follow_up = FollowUpFactory(organisation=firm, owner=coordinator, title="Theirs", version=2)
    data = {"title": "Mine", "due_on": "2026-03-20", "owner": coordinator.pk, "version": 1}

    response = marta.post(reverse("outreach:follow_up_edit", args=[follow_up.pk]), data)

    page = response.content.decode()
    assert response.status_code == 409
    assert ("Theirs" in page, "Mine" in page) == (True, True)
    assert FollowUp.objects.get().title == "Theirs"


@pytest.mark.parametrize("name", ["follow_up_edit", "follow_up_snooze"])
def test_forms_of_a_closed_follow_up_lead_to_its_page(marta, coordinator, name):
    follow_up = FollowUpFactory(owner=coordinator, done=True)

    response = marta.get(reverse(f"outreach:{name}", args=[follow_up.pk]))

    assert response["Location"] == follow_up.get_absolute_url()


def test_list_shows_ones_own_planned_ones_first_due_first(marta, coordinator):
    late = FollowUpFactory(owner=coordinator, overdue=True)
    later = FollowUpFactory(owner=coordinator)
    FollowUpFactory(owner=coordinator, done=True)
    FollowUpFactory()

    page = marta.get(reverse("outreach:follow_ups")).context["page"]

    assert page.rows == [late, later]


def test_team_list_shows_everybodys(marta, coordinator):
    rows = {FollowUpFactory(owner=coordinator), FollowUpFactory()}

    page = marta.get(reverse("outreach:team_follow_ups")).context["page"]

    assert set(page.rows) == rows


@pytest.mark.parametrize(
    ("state", "titles"),
    [("late", ["Late"]), ("done", ["Done"]), ("skipped", ["Left"]), ("all", ["Late", "Done", "Left", "Next"])],
)
def test_list_can_be_narrowed_by_state(marta, coordinator, state, titles):
    FollowUpFactory(owner=coordinator, title="Late", overdue=True)
    FollowUpFactory(owner=coordinator, title="Done", done=True)
    FollowUpFactory(owner=coordinator, title="Left", skipped=True)
    FollowUpFactory(owner=coordinator, title="Next", due_on=TOMORROW)

    page = marta.get(reverse("outreach:follow_ups"), {"state": state}).context["page"]

    assert [row.title for row in page.rows] == titles


# Who comes in

ACTIONS = ["follow_up_done", "follow_up_skip", "follow_up_reopen", "follow_up_take", "follow_up_snooze"]


@pytest.mark.parametrize("trait", ["viewer", "director", "administrator"])
def test_acts_are_refused_to_those_who_only_read(client_for, trait):
    follow_up = FollowUpFactory()
    client = client_for(UserFactory(**{trait: True}))

    answers = {
        client.post(reverse(f"outreach:{name}", args=[follow_up.pk]), {"until": "2026-03-20"}).status_code
        for name in ACTIONS
    }

    assert answers == {403}
    assert FollowUp.objects.values("version", "status").get() == {"version": 1, "status": "open"}


@pytest.mark.parametrize("name", ACTIONS[:-1])
def test_acts_answer_only_to_post(marta, coordinator, name):
    follow_up = FollowUpFactory(owner=coordinator)

    assert marta.get(reverse(f"outreach:{name}", args=[follow_up.pk])).status_code == 405


@pytest.mark.parametrize("name", ["outreach:follow_ups", "outreach:team_follow_ups"])
def test_list_takes_as_many_queries_for_thirty_rows_as_for_one(marta, coordinator, query_count, name):
    FollowUpFactory(owner=coordinator)
    marta.get(reverse(name))
    one = query_count(lambda: marta.get(reverse(name)))
    FollowUpFactory.create_batch(29, owner=coordinator)

    assert query_count(lambda: marta.get(reverse(name))) == one
