"""Stage 7's card on the Roadmap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from agreements.enums import AgreementStatus
from agreements.figures import long_date
from agreements.metrics import SOON_DAYS
from agreements.models import Agreement
from goals.models import Goal, Measure, PlanningCycle
from partnerships.beginning import once_there_are_partners
from roadmap.slots import Figure, NextStep, StageFigure, StageState, Standing, Tile

URGENT_DAYS = 30
# What waits for somebody, most pressing first.
PENDING = [AgreementStatus.DECLINED, AgreementStatus.SENT, AgreementStatus.DRAFT]
# What the card says of an agreement.
NAMED = ("title", "number", "status", "ends_on", "organisation__name")


def standing(_user: User, school: School, figures: Mapping[str, Figure]) -> Standing:
    """A change that a partner asked for first, then an end that is near; at most five queries."""
    pending, ending = _pending(), _ending(school.today()) if figures["mou_expiring_90"].n else None
    active, open_ones = figures["mou_active"].n, figures["mou_in_progress"].n
    if not (active or open_ones or pending or ending):
        return _without_any()
    total = _wanted() or active + open_ones
    words = _g("%(n)d of %(all)d in force") % {"n": active, "all": total}
    state = _state(pending, ending, school.today(), settled=active >= total and not open_ones)
    return Standing(state, min(active, total), total, words, _next(pending, ending, school.today()))


def _pending() -> Agreement | None:
    """Return what has waited longest in the most pressing state that has any."""
    named = Agreement.objects.select_related("organisation").only(*NAMED).order_by("status_since", "id")
    return next((found for status in PENDING if (found := named.filter(status=status).first())), None)


def _ending(today: dt.date) -> Agreement | None:
    soon = Agreement.objects.in_force(today).ending_by(today + dt.timedelta(days=SOON_DAYS))
    return soon.select_related("organisation").only(*NAMED).order_by("ends_on", "id").first()


def _wanted() -> int:
    """Return how many agreements the goals of the running year ask for; 0 where none does."""
    goals = Goal.objects.agreed().filter(cycle__in=PlanningCycle.objects.running())
    targets = Measure.objects.filter(goal__in=goals, metric_key="mou_active").order_by("-target")
    return int(targets.values_list("target", flat=True).first() or Decimal(0))


def _without_any() -> Standing:
    url = reverse("agreements:add")
    if Agreement.objects.exists():
        again = NextStep(
            _g("No agreement is in force or on the way. Start the next one."), _g("Start an agreement"), url
        )
        return Standing(StageState.ATTENTION, 0, 1, _g("none in force"), again)
    begin = NextStep(_g("Put the first promise in writing."), _g("Start an agreement"), url)
    return Standing(StageState.NOT_STARTED, 0, 0, _g("not started"), once_there_are_partners(begin, stage=7))


def _state(pending: Agreement | None, ending: Agreement | None, today: dt.date, *, settled: bool) -> StageState:
    declined = pending is not None and pending.status == AgreementStatus.DECLINED
    if declined or _is_urgent(ending, today):
        return StageState.ATTENTION
    return StageState.IN_PLACE if settled and not ending else StageState.ON_COURSE


def _is_urgent(ending: Agreement | None, today: dt.date) -> bool:
    return ending is not None and ending.ends_on <= today + dt.timedelta(days=URGENT_DAYS)


def _next(pending: Agreement | None, ending: Agreement | None, today: dt.date) -> NextStep:
    """What a partner asked for, then an end within 30 days, then what is out or half written, then later ends."""
    declined = pending is not None and pending.status == AgreementStatus.DECLINED
    if ending and not declined and (pending is None or _is_urgent(ending, today)):
        words = {"firm": ending.organisation.name, "day": long_date(ending.ends_on)}
        sentence = _g("Speak with %(firm)s about what follows: the agreement ends on %(day)s.") % words
        return NextStep(sentence, _g("Open the agreement"), ending.get_absolute_url(), detail=str(ending))
    if pending:
        return _wind_up(pending)
    url = reverse("agreements:add")
    return NextStep(
        _g("Nothing waits for a signature. Put the next promise in writing."), _g("Start an agreement"), url
    )


def _wind_up(agreement: Agreement) -> NextStep:
    page = agreement.get_absolute_url()
    steps = {
        AgreementStatus.DECLINED: (_g("Answer %(firm)s: they ask for a change before they sign."), page),
        AgreementStatus.SENT: (_g("Ask for the signatures still missing on the MOU with %(firm)s."), page),
        AgreementStatus.DRAFT: (
            _g("Finish the MOU with %(firm)s and send it."),
            reverse("agreements:edit", args=[agreement.pk]),
        ),
    }
    sentence, url = steps[AgreementStatus(agreement.status)]
    label = _g("Go on with the draft") if agreement.is_draft else _g("Open the agreement")
    return NextStep(sentence % {"firm": agreement.organisation.name}, label, url, detail=str(agreement))


TILE = Tile(
    stage=7,
    figures=(
        StageFigure("mou_active", _("in force")),
        StageFigure("mou_in_progress", _("in progress")),
        StageFigure("mou_expiring_90", _("ending soon")),
    ),
    standing=standing,
    purpose=_("A memorandum with duties and contributions, signed from a phone."),
    rule=_(
        "It needs attention when a partner asks for a change before signing, when an agreement ends within 30 days, or "
        "when none is in force or on the way any more. It is in place once as many are in force as the goal of this "
        "year asks for, none is on the way and none ends within 90 days. Otherwise it is on course. The ring shows how "
        "many are in force out of the goal; without a goal, out of those in force and in progress."
    ),
)
