"""Stage 7's figures, by hand, with their records."""

import datetime as dt
from decimal import Decimal

import pytest

from agreements.enums import AgreementStatus
from agreements.metrics import METRICS
from agreements.models import NEVER
from agreements.overview import overview
from partnerships.enums import Status
from tests.agreements.factories import AgreementFactory
from tests.partnerships.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def _metric(key):
    return next(metric for metric in METRICS if metric.key == key)


def _figure(key):
    metric = _metric(key)
    return metric.figure()


def _ending(days, school, **fields):
    return AgreementFactory(active=True, ends_on=school.today() + dt.timedelta(days=days), **fields)


def test_active_counts_what_is_in_force_today(school):
    counted = [
        _ending(0, school),
        _ending(500, school),
        AgreementFactory(active=True, ends_on=NEVER, is_open_ended=True),
    ]
    AgreementFactory(active=True, ends_on=school.today() - dt.timedelta(days=1))  # the sweep has not come round
    AgreementFactory(signed=True)
    for status in (AgreementStatus.DRAFT, AgreementStatus.SENT, AgreementStatus.WITHDRAWN, AgreementStatus.DECLINED):
        AgreementFactory(status=status)

    assert _figure("mou_active").value == 3
    assert set(_metric("mou_active").records()) == set(counted)


@pytest.mark.parametrize(("days", "counts"), [(0, 1), (90, 1), (91, 0)])
def test_expiring_counts_up_to_the_ninetieth_day(school, days, counts):
    _ending(days, school)

    assert _figure("mou_expiring_90").value == counts


def test_expiring_leaves_out_what_has_no_end(school):
    AgreementFactory(active=True, ends_on=NEVER, is_open_ended=True)

    assert _figure("mou_expiring_90").value == 0


def test_coverage_is_partners_with_an_agreement_out_of_all(school):
    for _n in range(2):
        _ending(100, school, organisation__status=Status.PARTNER)
    partner = OrganisationFactory(status=Status.PARTNER)
    AgreementFactory(organisation=partner, status=AgreementStatus.SENT)
    _ending(100, school, organisation__status=Status.PILOT)  # no partner yet
    OrganisationFactory(status=Status.PARTNER, archived=True)

    figure = _figure("agreement_coverage")

    assert (figure.value, figure.n) == (Decimal("66.7"), 3)
    assert _metric("agreement_coverage").records().count() == 3


def test_coverage_counts_a_partner_with_two_agreements_once(school):
    first = _ending(100, school, organisation__status=Status.PARTNER)
    _ending(200, school, organisation=first.organisation)

    assert _figure("agreement_coverage").value == 100


def test_coverage_without_partners_says_why(school):
    figure = _figure("agreement_coverage")

    assert (figure.value, str(figure.reason)) == (None, "There is no active partner yet.")


@pytest.mark.parametrize("key", ["mou_active", "mou_expiring_90"])
def test_records_url_shows_exactly_the_rows_counted(school, key, coordinator, client_for):
    for days in (10, 89, 90, 91, 400):
        _ending(days, school)

    response = client_for(coordinator).get(_metric(key).records_url)

    shown = {row.pk for row in response.context["page"].rows}
    assert shown == {row.pk for row in _metric(key).records()}


def test_endings_fall_into_one_span_each(school):
    for days in (0, 30, 31, 90, 91, 180, 181):
        _ending(days, school)

    spans = overview(school.today()).endings

    assert [(span.days, span.count, span.tone) for span in spans] == [(30, 2, "bad"), (90, 2, "bad"), (180, 2, "warn")]
