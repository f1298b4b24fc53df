"""Stage 1's figures: the goals of the current year, and how they stand."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.services import current_school
from goals.models import Goal
from goals.verdicts import BEHIND, ON_TRACK, SET, goals_in
from roadmap.slots import Metric, Words

STAGE = 1


def _rows(state: str) -> Callable[[], QuerySet[Goal]]:
    return lambda: goals_in(state, current_school())


def _metric(key: str, label: Words, definition: Words, state: str) -> Metric:
    return Metric(
        key=key,
        label=label,
        definition=definition,
        unit="count",
        stage=STAGE,
        records=_rows(state),
        records_url=f"/goals/?state={state}",
        counted=_("goals"),
    )


METRICS = [
    _metric(
        "goals_set",
        _("Goals set"),
        _("The goals of the year that runs, or of the next one while none runs; those dropped are left out."),
        SET,
    ),
    _metric(
        "goals_on_track",
        _("Goals on track"),
        _(
            "Agreed goals whose figure is at most five points behind pace, and goals achieved. Pace is the share of "
            "the goal’s time that is over; progress is the share of the way from start to target."
        ),
        ON_TRACK,
    ),
    _metric(
        "goals_behind",
        _("Goals behind pace"),
        _("Agreed goals whose figure is more than five points behind pace, and goals missed or partly achieved."),
        BEHIND,
    ),
]
