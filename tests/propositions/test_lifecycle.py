"""Where a value sheet may go, by whom, and what follows."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from propositions.enums import PROPOSITION_TRANSITIONS, PropositionStatus
from propositions.models import Proposition
from propositions.services import (
    add_benefit,
    approve_sheet,
    ask_for_approval,
    begin_next_edition,
    change_benefit,
    change_sheet,
    publish_sheet,
    remove_benefit,
    retire_sheet,
    send_back,
    write_sheet,
)
from propositions.services.sheets import (
    FrozenError,
    NextEditionExistsError,
    NothingToShowError,
    TooManyBenefitsError,
)
from roadmap.lifecycle import TransitionRefusedError, move
from tests.accounts.factories import UserFactory
from tests.propositions.factories import (
    BenefitFactory,
    PropositionFactory,
    SegmentFactory,
    StrengthFactory,
    day,
)
from ui.conflicts import StaleRecordError

pytestmark = pytest.mark.django_db

ALLOWED = {
    ("draft", "in_review"),
    ("draft", "retired"),
    ("in_review", "approved"),
    ("in_review", "draft"),
    ("approved", "published"),
    ("approved", "draft"),
    ("published", "retired"),
}
ACTS = {
    "ask": (ask_for_approval, "in_review", {Role.COORDINATOR}),
    "return": (send_back, "draft", {Role.COORDINATOR, Role.DIRECTOR}),
    "approve": (approve_sheet, "approved", {Role.DIRECTOR}),
    "publish": (publish_sheet, "published", {Role.COORDINATOR, Role.DIRECTOR}),
    "retire": (retire_sheet, "retired", {Role.COORDINATOR}),
}


def a_sheet(status: str) -> Proposition:
    decided = {"approved_on": day(-5)} if status in {"approved", "published"} else {}
    return BenefitFactory(proposition=PropositionFactory(status=status, **decided)).proposition


@pytest.mark.parametrize("start", PropositionStatus)
@pytest.mark.parametrize("end", PropositionStatus)
def test_move_follows_the_table(start, end):
    sheet = Proposition(status=start)

    if (start.value, end.value) in ALLOWED:
        move(sheet, to=end)
        assert sheet.status == end
    else:
        with pytest.raises(TransitionRefusedError):
            move(sheet, to=end)
        assert sheet.status == start


def test_table_knows_every_state():
    assert set(PROPOSITION_TRANSITIONS) == set(PropositionStatus)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("start", PropositionStatus)
@pytest.mark.parametrize("name", ACTS)
def test_act_is_for_its_roles_and_from_its_states(school, name, start, role):
    act, end, roles = ACTS[name]
    sheet = a_sheet(start)
    by = UserFactory(role=role)

    if role not in roles:
        with pytest.raises(PermissionDenied):
            act(sheet=sheet, by=by)
    elif (start.value, end) not in ALLOWED:
        with pytest.raises(TransitionRefusedError):
            act(sheet=sheet, by=by)
    else:
        act(sheet=sheet, by=by)
        start = PropositionStatus(end)
    sheet.refresh_from_db()
    assert sheet.status == start


def test_approval_is_asked_only_where_something_could_be_printed(coordinator):
    sheet = BenefitFactory(strengths=[StrengthFactory(stale=True)]).proposition
    BenefitFactory(proposition=sheet, proof="")

    with pytest.raises(NothingToShowError):
        ask_for_approval(sheet=sheet, by=coordinator)

    BenefitFactory(proposition=sheet)
    assert ask_for_approval(sheet=sheet, by=coordinator).status == "in_review"


def test_approval_names_the_director_and_is_gone_when_sent_back(director):
    sheet = approve_sheet(sheet=a_sheet("in_review"), by=director)
    assert (sheet.approved_by, sheet.approved_on) == (director, day(0))

    sheet = send_back(sheet=sheet, by=director)

    assert (sheet.approved_by, sheet.approved_on, sheet.status) == (None, None, "draft")


def test_publishing_sets_a_day_to_look_again_unless_there_is_one(coordinator):
    plain = publish_sheet(sheet=a_sheet("approved"), by=coordinator)
    chosen = PropositionFactory(approved=True, review_by=day(90))

    publish_sheet(sheet=chosen, by=coordinator)

    chosen.refresh_from_db()
    assert (plain.review_by - day(0)).days in {365, 366}
    assert chosen.review_by == day(90)


@pytest.mark.parametrize("status", ["in_review", "approved", "published", "retired"])
def test_words_change_in_a_draft_only(coordinator, status):
    sheet = a_sheet(status)
    benefit = sheet.benefits.get()
    before = sheet.headline

    for act in (
        lambda: change_sheet(sheet=sheet, changes={"headline": "Other"}, opened=1, by=coordinator),
        lambda: add_benefit(sheet=sheet, changes={"statement": "More"}, strengths=[], by=coordinator),
        lambda: change_benefit(benefit=benefit, changes={"statement": "Other"}, strengths=[], by=coordinator),
        lambda: remove_benefit(benefit=benefit, by=coordinator),
    ):
        with pytest.raises(FrozenError):
            act()
    sheet.refresh_from_db()
    assert (sheet.headline, sheet.benefits.count()) == (before, 1)


def test_next_edition_copies_everything_and_replaces_the_former(coordinator, director):
    former = a_sheet("published")
    benefit = former.benefits.get()

    draft = begin_next_edition(sheet=former, by=coordinator)
    change_sheet(sheet=draft, changes={"headline": "Better"}, opened=1, by=coordinator)

    copy = draft.benefits.get()
    assert (draft.edition, draft.segment, draft.supersedes) == (2, former.segment, former)
    assert (copy.statement, list(copy.strengths.all())) == (benefit.statement, list(benefit.strengths.all()))
    ask_for_approval(sheet=draft, by=coordinator)
    former.refresh_from_db()
    assert former.status == "published"
    approve_sheet(sheet=draft, by=director)
    publish_sheet(sheet=draft, by=coordinator)
    former.refresh_from_db()
    draft.refresh_from_db()
    assert (former.status, draft.status, draft.headline) == ("retired", "published", "Better")


def test_one_next_edition_at_a_time(coordinator):
    former = a_sheet("published")
    first = begin_next_edition(sheet=former, by=coordinator)

    with pytest.raises(NextEditionExistsError) as there:
        begin_next_edition(sheet=former, by=coordinator)

    assert there.value.edition == first
    retire_sheet(sheet=first, by=coordinator)
    assert begin_next_edition(sheet=former, by=coordinator).edition == 2


@pytest.mark.parametrize("status", ["draft", "in_review", "approved"])
def test_next_edition_of_one_still_on_its_way_is_refused(coordinator, status):
    with pytest.raises(FrozenError):
        begin_next_edition(sheet=a_sheet(status), by=coordinator)


def test_page_holds_eight_benefits(coordinator):
    sheet = PropositionFactory()
    for number in range(8):
        added = add_benefit(sheet=sheet, changes={"statement": f"Gain {number}"}, strengths=[], by=coordinator)

    assert added.order == 8
    with pytest.raises(TooManyBenefitsError):
        add_benefit(sheet=sheet, changes={"statement": "Ninth"}, strengths=[], by=coordinator)


def test_second_to_save_is_told(coordinator):
    sheet = write_sheet(changes={"segment": SegmentFactory(), "headline": "One"}, by=coordinator)
    change_sheet(sheet=sheet, changes={"headline": "Two"}, opened=1, by=coordinator)

    with pytest.raises(StaleRecordError):
        change_sheet(sheet=sheet, changes={"headline": "Three"}, opened=1, by=coordinator)

    sheet.refresh_from_db()
    assert (sheet.headline, sheet.owner) == ("Two", coordinator)
