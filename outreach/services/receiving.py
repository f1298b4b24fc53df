"""What comes through the contact form: kept, numbered, and receipted."""

import datetime as dt
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from accounts.models import School
from accounts.services import current_school, next_number
from mailing.services import queue_mail
from outreach.clock import ANSWERED_WITHIN, working_days_after
from outreach.enums import EnquiryStatus
from outreach.models import Enquiry, ProblemReport, Received
from outreach.rules import safeguarding_lead
from outreach.spam import FLOOD, suspicion_of

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
# How often one network, and one e-mail address, may write in an hour and in a day. A whole school may share a network.
MOST = {"network_hash": (10, 30), "email_hash": (5, 10)}
Kept = TypeVar("Kept", bound=Received)


class TooManyError(Exception):
    """A sender has written too often; nothing was kept."""


class NobodyToTellError(Exception):
    """The school has named no safeguarding lead, who alone may read a report."""


@transaction.atomic
def receive_enquiry(*, enquiry: Enquiry, network: str, is_trapped: bool) -> Enquiry:
    """Keep what somebody wrote and promise an answer. What looks like spam waits for a person. Raises TooManyError."""
    now, school = timezone.now(), current_school()
    _number(enquiry, key="enquiry", prefix="Q", school=school, now=now)
    _refuse_flood(enquiry, network=network, school=school, now=now)
    enquiry.due_on = promised_day(school, now)
    recent = Enquiry.objects.filter(received_at__gt=now - HOUR)[:FLOOD].count()
    text = f"{enquiry.title} {enquiry.message} {enquiry.results}"
    suspicion = suspicion_of(text, is_trapped=is_trapped, in_last_hour=recent)
    if suspicion:
        enquiry.status, enquiry.suspicion = EnquiryStatus.SUSPECTED, suspicion
    enquiry.save(force_insert=True)
    if not suspicion:
        send_receipt(enquiry)
    return enquiry


@transaction.atomic
def receive_report(*, report: ProblemReport, network: str) -> ProblemReport:
    """Keep a report for the safeguarding lead, who gets a mail that says nothing of it.

    Raises TooManyError, NobodyToTellError.
    """
    now, school = timezone.now(), current_school()
    lead = safeguarding_lead(school)
    if lead is None:
        raise NobodyToTellError
    # A series of its own, so that no gap among the enquiries tells how many reports there are.
    _number(report, key="report", prefix="R", school=school, now=now)
    _refuse_flood(report, network=network, school=school, now=now)
    report.save(force_insert=True)
    queue_mail("outreach.notice", to_email=lead.email, to_name=lead.name, cause=lead, occurrence=get_random_string(22))
    return report


def send_receipt(enquiry: Enquiry) -> None:
    """Say by mail that it came, in fixed words: nothing that a visitor typed is mailed to an address they typed."""
    if enquiry.email:
        context = {"reference": enquiry.reference, "due_on": enquiry.due_on}
        queue_mail("outreach.enquiry_received", to_email=enquiry.email, cause=enquiry, context=context)


def promised_day(school: School, now: dt.datetime) -> dt.date:
    return working_days_after(school.today(now), ANSWERED_WITHIN)


def _number(record: Received, *, key: str, prefix: str, school: School, now: dt.datetime) -> None:
    """Give the next number. Its series stays locked until the end, so senders are counted one after another."""
    record.received_at = now
    record.reference = next_number(key=key, year=school.today(now).year, prefix=prefix, figures=4)


def _refuse_flood(record: Kept, *, network: str, school: School, now: dt.datetime) -> None:
    salt = f"outreach.{school.today(now)}"
    record.network_hash = _hashed(network, salt)
    record.email_hash = _hashed(record.email.lower(), salt)
    for field, (hourly, daily) in MOST.items():
        value = getattr(record, field)
        same = type(record)._default_manager.filter(**{field: value, "received_at__gt": now - DAY})
        if value and (
            same.filter(received_at__gt=now - HOUR)[:hourly].count() >= hourly or same[:daily].count() >= daily
        ):
            raise TooManyError


def _hashed(value: str, salt: str) -> str:
    return salted_hmac(salt, value, algorithm="sha256").hexdigest() if value else ""
