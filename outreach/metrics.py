"""Figures of outreach. Each takes the last ninety days or thirty, on the school's calendar."""

import datetime as dt

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services import current_school
from outreach.models import HEARD, Enquiry, FollowUp, Interaction
from partnerships.enums import Status
from partnerships.models import Organisation
from roadmap.slots import Figure, percent

PERIOD = dt.timedelta(days=90)
ANSWER_WITHIN = dt.timedelta(days=30)


def interactions_lately() -> QuerySet[Model]:
    """Calls, e-mails and meetings of the last thirty days."""
    now = timezone.now()
    return Interaction.objects.in_touch().since(now - dt.timedelta(days=30), now)


def follow_ups_due() -> QuerySet[Model]:
    """Follow-ups that came due in the last ninety days; one that was put off counts on the day it was put off to."""
    school = current_school()
    came_due = FollowUp.objects.came_due(school.today())
    return came_due.annotate(done_on=TruncDate("done_at", tzinfo=school.zone))


def follow_up_on_time(records: QuerySet[Model]) -> Figure:
    """Those done by the end of their day ÷ those due; unit: percent."""
    due = records.count()
    if not due:
        return Figure(None, 0, _("No follow-up was due in the last 90 days."))
    return Figure(percent(records.filter(done_on__lte=F("due_on")).count(), due), due)


def firms_in_contact() -> QuerySet[Model]:
    """Organisations on file whose relationship stands at Contacted."""
    return Organisation.objects.on_file().filter(status=Status.CONTACTED)


def firms_gone_quiet() -> QuerySet[Model]:
    """Those at Contacted that nobody has been in touch with for ten days, and for whom nothing is planned."""
    return Organisation.objects.gone_quiet(timezone.now())


def firms_contacted() -> QuerySet[Model]:
    """Organisations on file that we called, wrote to or met between 120 and 30 days ago, not heard from before.

    So each had its thirty days to answer, and those we have long talked with do not flatter the figure; `first_at` is
    our first contact in that time, `answered` whether we heard from them within thirty days of it.
    """
    from_us = _from_us(timezone.now() - ANSWER_WITHIN)
    answers = Interaction.objects.in_touch().filter(
        HEARD,
        organisation=OuterRef("pk"),
        at__gte=OuterRef("first_at"),
        at__lte=OuterRef("first_at") + ANSWER_WITHIN,
    )
    return (
        contacted_in_period(Organisation.objects.on_file())
        .annotate(first_at=Subquery(from_us.order_by("at").values("at")[:1]))
        .annotate(answered=Exists(answers))
    )


def contacted_in_period(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Narrow organisations to those the reply rate counts."""
    end = timezone.now() - ANSWER_WITHIN
    before = Interaction.objects.heard_from().filter(organisation=OuterRef("pk"), at__lte=end - PERIOD)
    return organisations.filter(Exists(_from_us(end)), ~Exists(before))


def _from_us(end: dt.datetime) -> QuerySet[Interaction]:
    ours = Interaction.objects.from_us().filter(organisation=OuterRef("pk"))
    return ours.filter(at__gt=end - PERIOD, at__lte=end)


def reply_rate(records: QuerySet[Model]) -> Figure:
    """Organisations heard from within thirty days ÷ organisations contacted; unit: percent."""
    contacted = records.count()
    if not contacted:
        return Figure(None, 0, _("No new firm was contacted between 120 and 30 days ago."))
    return Figure(percent(records.filter(Q(answered=True)).count(), contacted), contacted)


def open_enquiries() -> QuerySet[Model]:
    """Enquiries that wait for the school."""
    return Enquiry.objects.open()


def enquiries_due() -> QuerySet[Model]:
    """Enquiries whose promised day came in the last ninety days, but for spam and what was not for the school."""
    return Enquiry.objects.came_due(current_school().today())


def enquiries_on_time(records: QuerySet[Model]) -> Figure:
    """Those answered by the promised day ÷ those whose day came; unit: percent."""
    due = records.count()
    if not due:
        return Figure(None, 0, _("No answer was promised for the last 90 days."))
    return Figure(percent(records.filter(answered_on__lte=F("due_on")).count(), due), due)
