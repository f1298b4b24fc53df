"""What enquiries and reports add to Today, to the morning mail and to the sidebar."""

import datetime as dt

from django.db.models import Q
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from accounts.models import School, User
from outreach.enums import ReportStatus
from outreach.models import Enquiry, EnquiryQuerySet, ProblemReport
from outreach.rules import can_log, safeguarding_lead
from outreach.today import capped
from roadmap.slots import DueItem, TodayItem

STAGE = 4


def open_count(user: User) -> int:
    """How many enquiries wait for the school: the number beside the page in the sidebar."""
    return capped(Enquiry.objects.open())


def _due(user: User, until: dt.date) -> EnquiryQuerySet:
    """Those promised by a day that this colleague answers, or that nobody does yet."""
    mine = Q(assigned_to=user) | Q(assigned_to=None) if can_log(user) else Q(assigned_to=user)
    due = Enquiry.objects.open().filter(mine, due_on__lte=until).order_by("due_on", "id")
    return due.only("reference", "door", "name", "organisation_name", "status", "due_on", "received_at")


def waiting_items(user: User, school: School, limit: int) -> list[TodayItem]:
    """Answers promised for today or earlier; one query."""
    today = school.today()
    return [
        TodayItem(
            title=_("Answer %(sender)s") % {"sender": row.sender},
            detail=_overdue(row) if row.is_overdue(today) else _("Promised for today"),
            url=row.get_absolute_url(),
            icon="inbox",
            stage=STAGE,
            at=row.received_at,
        )
        for row in _due(user, today)[:limit]
    ]


def _overdue(row: Enquiry) -> str:
    return _("The answer was promised by %(day)s") % {"day": format_date(row.due_on, "j F")}


def due_items(user: User, _school: School, until: dt.date, limit: int) -> list[DueItem]:
    """Return the answers that a colleague owes by a day, oldest first; one query."""
    return [
        DueItem(
            title=_("Answer enquiry %(number)s") % {"number": row.reference},
            url=row.get_absolute_url(),
            on=row.due_on,
            organisation=row.sender,
        )
        for row in _due(user, until)[:limit]
    ]


def report_items(user: User, school: School, limit: int) -> list[TodayItem]:
    """Tell the safeguarding lead, and nobody else, that a report waits; at most one query more than the lead's own."""
    lead = safeguarding_lead(school)
    if lead is None or lead.pk != user.pk:
        return []
    rows = ProblemReport.objects.filter(status=ReportStatus.OPEN).order_by("-received_at")
    return [
        TodayItem(
            title=_("A report of a problem"),
            detail=row.reference,
            url=row.get_absolute_url(),
            icon="flag",
            stage=STAGE,
            at=row.received_at,
        )
        for row in rows.defer("message", "note")[:limit]
    ]
