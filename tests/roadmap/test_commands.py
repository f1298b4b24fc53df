"""The commands that fill an installation."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from accounts.models import School
from roadmap.management.commands.load_demo import last_weekday
from roadmap.models import MetricReading
from roadmap.slots import DemoData, ScaleData
from tests.digest import changed_tables, database_digest
from tests.roadmap.factories import people_metric

THURSDAY = dt.date(2026, 3, 12)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (THURSDAY, THURSDAY),
        (dt.date(2026, 3, 13), dt.date(2026, 3, 13)),
        (dt.date(2026, 3, 14), dt.date(2026, 3, 13)),
        (dt.date(2026, 3, 15), dt.date(2026, 3, 13)),
    ],
)
def test_day_of_the_demo_is_the_last_weekday(today, expected):
    assert last_weekday(today) == expected


def test_demo_runs_every_part_in_order_and_reads_the_figures(contribute, coordinator):
    ran = []
    contribute(
        DemoData("first", lambda day: ran.append(("first", day))),
        DemoData("second", lambda day: ran.append(("second", day))),
        people_metric(),
    )

    call_command("load_demo", "--day", "2026-03-12")

    assert ran == [("first", THURSDAY), ("second", THURSDAY)]
    assert MetricReading.objects.get().value == 1


def test_demo_that_fails_half_way_leaves_nothing(contribute, db):
    def fail(day: dt.date) -> None:
        raise ValueError("half-way")

    contribute(
        DemoData("first", lambda day: School.objects.create(pk=School.PK, name="Demo")), DemoData("second", fail)
    )

    with pytest.raises(ValueError, match="half-way"):
        call_command("load_demo")
    assert not School.objects.exists()


def test_demo_if_empty_leaves_a_school_alone(contribute, school, capsys):
    contribute(DemoData("first", lambda day: pytest.fail("ran")))

    call_command("load_demo", "--if-empty")

    assert "There is a school already" in capsys.readouterr().out


@pytest.mark.parametrize("command", [("load_demo",), ("make_scale", "--organisations", "1")])
def test_made_up_data_is_refused_in_earnest_use(contribute, settings, command):
    contribute()
    settings.DEMO = settings.DEBUG = False

    with pytest.raises(CommandError):
        call_command(*command)


def test_scale_names_each_part_and_its_time(contribute, db, capsys):
    asked = []
    contribute(ScaleData("partnerships", asked.append), ScaleData("outreach", asked.append))

    call_command("make_scale", "--organisations", "7")

    printed = capsys.readouterr().out
    assert asked == [7, 7]
    assert printed.index("partnerships: ") < printed.index("outreach: ")


@pytest.mark.slow
def test_whole_demo_loads_twice_without_a_change(db, capsys):
    call_command("load_demo", "--day", "2026-03-12")
    before = database_digest()

    call_command("load_demo", "--day", "2026-03-12")

    assert School.objects.get().name == "Linden Vale Vocational College"
    assert set(changed_tables(before, database_digest())) <= {"roadmap_metricreading"}
