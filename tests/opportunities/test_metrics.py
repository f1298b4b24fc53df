"""The figures of stage 5: what each counts, what it shows where there is nothing, and the list behind it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from opportunities import metrics
from opportunities.coverage import coverage_of
from opportunities.enums import DecisionReason, OpeningStatus, PlacementStatus, ProposalStatus
from opportunities.models import Opening
from opportunities.stage import hosts_panel, secured_by_programme
from opportunities.years import SchoolYear, year_of
from roadmap.figures import current_within
from roadmap.metrics import figure
from roadmap.scope import Scope
from tests.goals.factories import PlanningCycleFactory, ProgrammeFactory
from tests.opportunities.factories import OpeningFactory, PlacementFactory, ProposalFactory, day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def year(school):
    """The running year, which began 192 days ago."""
    return PlanningCycleFactory(running=True)


def _figure(key):
    metric = next(one for one in metrics.METRICS if one.key == key)
    return metric.figure()


def _decided(took, status=ProposalStatus.ACCEPTED, **fields):
    reason = DecisionReason.PRICE if status == ProposalStatus.DECLINED else ""
    return ProposalFactory(
        **{
            "status": status,
            "first_sent_on": day(-60),
            "sent_on": day(-60),
            "valid_until": day(-10),
            "decided_on": day(-60 + took),
            "decision_reason": reason,
            **fields,
        }
    )


def test_open_proposals_are_those_without_an_end():
    for status in (ProposalStatus.DRAFT, ProposalStatus.WITHDRAWN):
        ProposalFactory(status=status)
    ProposalFactory(out=True)
    ProposalFactory(out=True, status=ProposalStatus.IN_NEGOTIATION)
    ProposalFactory(out=True, status=ProposalStatus.EXPIRED)
    ProposalFactory(accepted=True)

    assert _figure("proposals_open").n == 3


def test_later_rounds_count_while_open():
    ProposalFactory(out=True, round=2)
    ProposalFactory(out=True, round=3)
    ProposalFactory(out=True)
    ProposalFactory(accepted=True, round=2)

    assert _figure("proposals_in_round_2").value == 2


@pytest.mark.parametrize(
    ("days", "value"), [([10], 10), ([10, 20], 15), ([10, 13], 12), ([10, 11, 40], 11), ([0, 1], 1)]
)
def test_days_are_the_median_half_up(days, value):
    for took in days:
        _decided(took)

    assert _figure("proposal_days").value == value


def test_days_leave_out_what_is_older_than_a_year():
    _decided(5)
    _decided(50, status_since=timezone.now() - dt.timedelta(days=366))

    figure = _figure("proposal_days")
    assert (figure.value, figure.n) == (5, 1)


def test_share_won_counts_accepted_of_accepted_declined_and_run_out():
    _decided(5)
    _decided(5)
    _decided(5, ProposalStatus.DECLINED)
    _decided(0, ProposalStatus.EXPIRED, decided_on=None)
    ProposalFactory(status=ProposalStatus.WITHDRAWN)

    assert _figure("win_rate").value == Decimal("50.0")


@pytest.mark.parametrize("key", ["proposal_days", "win_rate", "placement_coverage"])
def test_nothing_to_work_with_says_so(key):
    figure = _figure(key)

    assert (figure.value, figure.n) == (None, 0)
    assert figure.reason


def _placed(status, starts=-20, **fields):
    opening = OpeningFactory(starts_on=day(starts), ends_on=day(starts + 30), **fields)
    return PlacementFactory(
        opening=opening, status=status, ended_reason="Moved" if status == PlacementStatus.ENDED_EARLY else ""
    )


def test_confirmed_places_begin_in_the_year_and_are_sure():
    for status in PlacementStatus:
        _placed(status)
    _placed(PlacementStatus.COMPLETED, starts=-193)
    _placed(PlacementStatus.CONFIRMED, starts=142)

    assert _figure("places_confirmed").n == 3


def test_places_count_on_the_first_and_the_last_day_of_the_year():
    _placed(PlacementStatus.COMPLETED, starts=-192)
    _placed(PlacementStatus.CONFIRMED, starts=141)

    assert _figure("places_confirmed").n == 2


def test_offered_places_are_summed_over_openings():
    OpeningFactory(places=4)
    OpeningFactory(places=2, closed=True)
    OpeningFactory(places=9, status=OpeningStatus.WITHDRAWN)
    OpeningFactory(places=9, starts_on=day(200), ends_on=day(220))

    figure = _figure("places_offered")
    assert (figure.value, figure.n) == (6, 2)


def test_coverage_is_confirmed_of_needed():
    programme = ProgrammeFactory(places_needed=3)
    ProgrammeFactory(places_needed=99, is_active=False)
    _placed(PlacementStatus.CONFIRMED, programme=programme)

    figure = _figure("placement_coverage")
    assert (figure.value, figure.n) == (Decimal("33.3"), 1)


def test_coverage_of_a_programme_is_of_the_places_that_it_needs():
    care, baking = ProgrammeFactory(places_needed=3), ProgrammeFactory(places_needed=10)
    _placed(PlacementStatus.CONFIRMED, programme=care)
    _placed(PlacementStatus.CONFIRMED, programme=baking)

    found = [figure("placement_coverage", Scope.of({"programme": one.pk})) for one in (care, baking)]

    assert [(one.value, one.n) for one in found] == [(Decimal("33.3"), 1), (Decimal("10.0"), 1)]
    assert figure("placement_coverage").value == Decimal("15.4")


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({"sector": "C"}, 1),
        ({"region": "lindenau"}, 1),
        ({"sector": "C", "region": "Lindenau"}, 1),
        ({"sector": "Q", "region": "Marsh End"}, 1),
    ],
)
def test_confirmed_places_are_narrowed_by_the_host(scope, expected):
    for sector, town in (("C", "Lindenau"), ("Q", "Marsh End")):
        _placed(PlacementStatus.CONFIRMED, organisation__nace_section=sector, organisation__town=town)

    assert figure("places_confirmed", Scope.of(scope)).value == expected
    assert figure("places_confirmed").value == 2


@pytest.mark.parametrize(
    ("scope", "reason"),
    [
        ({"programme": 999_999}, "The programme that this figure was narrowed to is gone."),
        ({"programme": "x"}, "The programme that this figure was narrowed to is gone."),
        ({"sector": "ZZ"}, "The sector that this figure was narrowed to is gone."),
        ({"region": "Nowhere"}, "No partner is in the town that this figure was narrowed to."),
    ],
)
def test_scope_whose_value_is_gone_says_so(scope, reason):
    shown = current_within([("places_confirmed", Scope.of(scope))])

    assert [(one.figure.value, one.figure.reason) for one in shown.values()] == [(None, reason)]


@pytest.mark.parametrize("metric", metrics.METRICS, ids=lambda metric: metric.key)
def test_every_figure_opens_to_exactly_its_records(client, coordinator, metric):
    programme = ProgrammeFactory()
    for status in PlacementStatus:
        _placed(status, programme=programme)
    _placed(PlacementStatus.CONFIRMED, starts=-300, programme=programme)
    OpeningFactory(status=OpeningStatus.WITHDRAWN)
    ProposalFactory(round=2)
    ProposalFactory(out=True, status=ProposalStatus.IN_NEGOTIATION)
    ProposalFactory(status=ProposalStatus.WITHDRAWN)
    _decided(9)
    _decided(12, ProposalStatus.DECLINED)
    _decided(0, ProposalStatus.EXPIRED, decided_on=None)
    _decided(9, status_since=timezone.now() - dt.timedelta(days=400))
    client.force_login(coordinator)

    rows = client.get(metric.records_url).context["page"].rows

    records = metric.records()
    assert {row.pk for row in rows} == set(records.values_list("pk", flat=True))
    assert len(rows) == metric.figure().n > 0


def test_coverage_by_programme_counts_free_places_beside():
    programme = ProgrammeFactory(title="Care", places_needed=10)
    other = ProgrammeFactory(title="Baking", places_needed=2)
    ProgrammeFactory(places_needed=0)
    for _nth in range(3):
        _placed(PlacementStatus.CONFIRMED, programme=programme)
    _placed(PlacementStatus.PLANNED, programme=programme)
    OpeningFactory(programme=programme, places=5, taken=1)
    OpeningFactory(programme=programme, places=5, closed=True)
    _placed(PlacementStatus.COMPLETED, programme=other)
    _placed(PlacementStatus.COMPLETED, programme=other)
    _placed(PlacementStatus.COMPLETED, programme=other)
    _close_all_but_new()

    found = coverage_of(year_of(timezone.localdate()))

    rows = [
        (row.programme.title, row.confirmed, row.offered, row.missing, row.to_find, row.share) for row in found.rows
    ]
    assert rows == [("Care", 3, 4, 7, 3, 30), ("Baking", 3, 0, 0, 0, 150)]
    assert (found.total.confirmed, found.total.needed, found.worst.programme) == (6, 12, programme)


def _close_all_but_new():
    """Leave the openings of placements out of what is on offer."""
    Opening.objects.filter(placements__isnull=False).update(status=OpeningStatus.CLOSED)


def test_programmes_learn_their_places_in_one_query(django_assert_max_num_queries):
    placement = _placed(PlacementStatus.CONFIRMED)
    _placed(PlacementStatus.CONFIRMED)

    with django_assert_max_num_queries(3):  # the school, the year, the count
        assert secured_by_programme([placement.programme_id]) == {placement.programme_id: 1}


def test_programmes_page_names_hosts_and_free_places(coordinator, school):
    placement = _placed(PlacementStatus.CONFIRMED)

    panel = hosts_panel(placement.programme, coordinator, school)

    assert [(host["opening__organisation"], host["n"]) for host in panel["hosts"]] == [
        (placement.opening.organisation_id, 1)
    ]
    assert hosts_panel(ProgrammeFactory(), coordinator, school) is None


@pytest.mark.parametrize(
    ("on", "found", "name"),
    [
        (dt.date(2030, 7, 31), SchoolYear(dt.date(2029, 8, 1), dt.date(2030, 7, 31)), "2029/30"),
        (dt.date(2030, 8, 1), SchoolYear(dt.date(2030, 8, 1), dt.date(2031, 7, 31)), "2030/31"),
    ],
)
def test_without_a_running_year_it_begins_in_august(on, found, name):
    assert year_of(on) == found
    assert str(year_of(on)) == name
