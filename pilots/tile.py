"""Stage 6's card on the Roadmap."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from partnerships.beginning import once_there_are_partners
from pilots.enums import PilotStatus
from pilots.models import Pilot
from roadmap.follow_ons import follow_ons
from roadmap.slots import Figure, NextStep, StageFigure, StageState, Standing, Tile

# What comes next where nothing is late, most pressing first.
NEXT = [
    PilotStatus.EVALUATED,
    PilotStatus.DELIVERED,
    PilotStatus.APPROVED,
    PilotStatus.PLANNED,
    PilotStatus.IDEA,
    PilotStatus.SCHEDULED,
    PilotStatus.RUNNING,
]


def standing(user: User, school: School, figures: Mapping[str, Figure]) -> Standing:
    """Decisions that are late first, then feedback that is missing; at most three queries."""
    late, silent = figures["pilots_late"].n, figures["pilots_without_feedback"].n
    if late and (pilot := _first(Pilot.objects.late(school.today()))):
        return _stand(StageState.ATTENTION, _decide(pilot))
    if silent and not late and (pilot := _first(Pilot.objects.without_feedback())):
        return _stand(StageState.WAITING, _ask(user, pilot), pill=_g("Waiting for feedback"))
    return _calm()


def _first(pilots: QuerySet[Pilot]) -> Pilot | None:
    named = pilots.select_related("organisation").only("title", "status", "ends_on", "organisation__name")
    return named.order_by("ends_on", "id").first()


def _stand(state: StageState, step: NextStep, *, pill: str = "") -> Standing:
    heard = Count("pk", filter=Q(feedback_count__gt=0))
    counts = Pilot.objects.under_way().aggregate(all=Count("pk"), n=heard)
    words = _g("%(n)d of %(all)d with feedback") % counts if counts["all"] else _g("none under way")
    return Standing(state=state, done=counts["n"], total=counts["all"], progress=words, next_step=step, pill=pill)


def _calm() -> Standing:
    open_ones = dict(Pilot.objects.open().order_by().values_list("status").annotate(n=Count("pk")))
    status = next((status for status in NEXT if status in open_ones), None)
    if status and (pilot := _first(Pilot.objects.filter(status=status))):
        return _stand(StageState.ON_COURSE, _next(pilot))
    label, url = _g("Plan a pilot"), reverse("pilots:add")
    if Pilot.objects.exclude(status=PilotStatus.CANCELLED).exists():
        again = NextStep(_g("Every pilot is decided. Plan the next one."), label, url)
        return Standing(StageState.IN_PLACE, 1, 1, _g("all decided"), again)
    begin = once_there_are_partners(NextStep(_g("Plan the first pilot with a partner."), label, url), stage=6)
    return Standing(StageState.NOT_STARTED, 0, 0, _g("not started"), begin)


def _decide(pilot: Pilot) -> NextStep:
    day = format_date(pilot.ends_on, "j F")
    words = {"firm": pilot.organisation.name, "day": day}
    sentence = _g("Decide what follows from the pilot with %(firm)s. It ended on %(day)s.") % words
    return NextStep(sentence, _g("Decide"), reverse("pilots:decide", args=[pilot.pk]), detail=pilot.title)


def _ask(user: User, pilot: Pilot) -> NextStep:
    """What a stage above offers first on a pilot that is over is to ask how it was; else its page."""
    words = {"firm": pilot.organisation.name, "day": format_date(pilot.ends_on, "j F")}
    sentence = _g("Ask %(firm)s for feedback. The pilot ended on %(day)s.") % words
    url = next((offer.url for offer in follow_ons(user, pilot)), pilot.get_absolute_url())
    return NextStep(sentence, _g("Ask for feedback"), url, detail=pilot.title)


def _next(pilot: Pilot) -> NextStep:
    """Name the step, and the page that does it, for the state a pilot is in."""
    firm = {"firm": pilot.organisation.name, "day": format_date(pilot.ends_on, "j F")}
    results, edit = reverse("pilots:results", args=[pilot.pk]), reverse("pilots:edit", args=[pilot.pk])
    page = pilot.get_absolute_url()
    steps = {
        PilotStatus.DELIVERED: (_g("Write down what came of the pilot with %(firm)s."), _g("Record results"), results),
        PilotStatus.APPROVED: (_g("Settle the days of the pilot with %(firm)s."), _g("Open the pilot"), page),
        PilotStatus.PLANNED: (_g("Settle the days of the pilot with %(firm)s."), _g("Open the pilot"), page),
        PilotStatus.IDEA: (_g("Say what you want to find out with %(firm)s."), _g("Plan it"), edit),
        PilotStatus.SCHEDULED: (_g("Get ready for the pilot with %(firm)s."), _g("Open the pilot"), page),
        PilotStatus.RUNNING: (_g("The pilot with %(firm)s runs until %(day)s."), _g("Open the pilot"), page),
    }
    if pilot.status == PilotStatus.EVALUATED:
        return _decide(pilot)
    sentence, label, url = steps[PilotStatus(pilot.status)]
    return NextStep(sentence % firm, label, url, detail=pilot.title)


TILE = Tile(
    stage=6,
    figures=(
        StageFigure("pilots_run", _("pilots")),
        StageFigure("pilot_students", _("students")),
        StageFigure("testimonials_approved", _("testimonials")),
    ),
    standing=standing,
    purpose=_("A short trial with students, then feedback from both sides."),
    rule=_(
        "It needs attention when a pilot has been over for 30 days and nobody has decided. It waits for feedback while "
        "a pilot is over and nobody has answered. Otherwise it is on course as long as a pilot is planned or runs, and "
        "in place once every pilot is decided. The ring shows how many of the pilots under way have had "
        "feedback."
    ),
    needs=("pilots_without_feedback", "pilots_late"),
)
