"""Links and mails of a wave, in slices that a sweep takes up wherever they stopped."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services import current_school
from evaluation.enums import WaveStatus
from evaluation.models import Invitation, StudentInvitation, Wave
from evaluation.services.asking import close_if_over
from evaluation.services.links import issue_feedback_link
from evaluation.services.students import ask_student
from mailing.models import EmailedLink
from mailing.services import queue_mail
from partnerships.services import record_event

SLICE = 100


def send_invitations(*, wave: Wave) -> int:
    """Write the mails that a wave still owes, slice by slice; return how many. Safe to run twice and side by side."""
    written = 0
    while slice_size := _send_slice(wave.pk):
        written += slice_size
    return written


@transaction.atomic
def _send_slice(wave_id: int) -> int:
    wave = Wave.objects.select_for_update(of=("self",)).select_related("questionnaire", "owner").get(pk=wave_id)
    if not wave.is_answerable(current_school().today()):
        return 0
    people = list(wave.invitations.owed().select_related("contact", "organisation").order_by("pk")[:SLICE])
    for invitation in people:
        invitation.wave = wave
        _ask(invitation)
    students = list(wave.student_invitations.owed().select_related("student").order_by("pk")[:SLICE])
    for asked in students:
        asked.wave = wave
        ask_student(asked)
    return len(people) + len(students)


def _ask(invitation: Invitation) -> None:
    """Write the invitation, or the reminder once the invitation has left."""
    problem = _why_not(invitation)
    if problem:
        invitation.problem = problem
        invitation.save(update_fields=["problem"])
        return
    now = timezone.now()
    again = invitation.sent_at is not None
    reminder = str(invitation.wave.reminded_at) if again else ""
    queue_mail(
        "evaluation.reminder" if again else "evaluation.invitation",
        to_email=invitation.contact.email,
        to_name=invitation.contact.name,
        cause=invitation,
        occurrence=reminder,
        context={"invitation": invitation, "wave": invitation.wave, "url": issue_feedback_link(invitation=invitation)},
        reply_to=invitation.wave.owner.email if invitation.wave.owner else "",
    )
    field = "reminded_at" if again else "sent_at"
    setattr(invitation, field, now)
    invitation.save(update_fields=[field])
    if not again:
        _note_on_timeline(invitation)


def _why_not(invitation: Invitation) -> str:
    contact, firm = invitation.contact, invitation.organisation
    if contact.archived_at or firm.archived_at:
        return _("No longer on file")
    if contact.do_not_contact or firm.do_not_contact:
        return _("Does not want to be contacted")
    return "" if contact.email else _("No e-mail address")


def _note_on_timeline(invitation: Invitation) -> None:
    wave = invitation.wave
    record_event(
        invitation.organisation,
        "evaluation.asked",
        title=_("Asked %(name)s for feedback") % {"name": invitation.contact.name},
        body=wave.about or wave.title,
        actor=wave.owner,
        contact=invitation.contact,
        url_name="evaluation:wave",
        object_id=wave.pk,
    )


def send_link_again(link: EmailedLink) -> None:
    """Mail a fresh link to somebody whose own no longer opens, as long as the wave takes answers."""
    invitation = Invitation.objects.select_related("wave__owner", "contact", "organisation").get(links=link.pk)
    if not invitation.wave.is_answerable(current_school().today()) or _why_not(invitation):
        return
    queue_mail(
        "evaluation.new_link",
        to_email=invitation.contact.email,
        to_name=invitation.contact.name,
        cause=invitation,
        occurrence=str(link.pk),
        context={"invitation": invitation, "wave": invitation.wave, "url": issue_feedback_link(invitation=invitation)},
    )


def close_ended_waves(*, today: dt.date) -> int:
    """Close every wave whose last day has passed; return how many."""
    ended = Wave.objects.to_close(today).values_list("pk", flat=True)
    return sum(close_if_over(pk=pk, today=today) for pk in ended)


def waves_with_mails_owed() -> QuerySet[Wave]:
    """Open waves that owe mails: what the sweep looks for."""
    people = Invitation.objects.owed().filter(wave=OuterRef("pk"))
    students = StudentInvitation.objects.owed().filter(wave=OuterRef("pk"))
    return Wave.objects.filter(Exists(people) | Exists(students), status=WaveStatus.OPEN)
