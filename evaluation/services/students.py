"""Asking students: whom, and the mails with their own links."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import current_school
from evaluation.enums import WaveStatus
from evaluation.models import ClassLink, StudentInvitation, Wave
from evaluation.rules import can_choose_people
from evaluation.services.links import issue_class_link, issue_student_link
from jobs.queue import wake
from mailing.models import EmailedLink
from mailing.services import queue_mail, revoke_links
from opportunities.models import PlacementQuerySet, Student


class NotAClassError(Exception):
    """Only an open round of a class has a sheet."""


def students_to_ask(placements: PlacementQuerySet) -> QuerySet[Student]:
    """Return the students of these placements who are still at school and have an address."""
    return Student.objects.present().exclude(email="").filter(pk__in=placements.taking().values("student"))


def _locked(wave: Wave, by: User) -> Wave:
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if not can_choose_people(by, wave):
        raise PermissionDenied
    return wave


@transaction.atomic
def add_students(*, wave: Wave, students: QuerySet[Student], by: User) -> int:
    """Add those who are not in the wave yet; return how many came in."""
    wave = _locked(wave, by)
    before = wave.student_invitations.count()
    StudentInvitation.objects.bulk_create(
        (StudentInvitation(wave=wave, student_id=pk) for pk in students.order_by("pk").values_list("pk", flat=True)),
        batch_size=500,
        ignore_conflicts=True,
    )
    if wave.status == WaveStatus.OPEN:
        wake("evaluation.send_invitations", wave.pk)
    return wave.student_invitations.count() - before


@transaction.atomic
def remove_student(*, invitation: StudentInvitation, by: User) -> None:
    """Take a student out of a wave before a mail has left."""
    wave = _locked(invitation.wave, by)
    removed, _rows = StudentInvitation.objects.filter(pk=invitation.pk, wave=wave, sent_at=None).delete()
    if not removed:
        raise PermissionDenied


def ask_student(invitation: StudentInvitation) -> None:
    """Write the invitation, or the reminder once the invitation has left; the caller holds the wave."""
    problem = _why_not(invitation.student)
    if problem:
        invitation.problem = problem
        invitation.save(update_fields=["problem"])
        return
    again = invitation.sent_at is not None
    reminder = str(invitation.wave.reminded_at) if again else ""
    _write(invitation, "evaluation.student_reminder" if again else "evaluation.student_invitation", reminder)
    field = "reminded_at" if again else "sent_at"
    setattr(invitation, field, timezone.now())
    invitation.save(update_fields=[field])


def _why_not(student: Student) -> str:
    if student.left_on:
        return _("Has left the school")
    return "" if student.email else _("No e-mail address")


def _write(invitation: StudentInvitation, kind: str, occurrence: str) -> None:
    wave = invitation.wave
    queue_mail(
        kind,
        to_email=invitation.student.email,
        to_name=invitation.student.name,
        cause=invitation,
        occurrence=occurrence,
        context={"wave": wave, "url": issue_student_link(invitation=invitation)},
        reply_to=wave.owner.email if wave.owner else "",
    )


def send_student_link_again(link: EmailedLink) -> None:
    """Mail a fresh link to a student whose own no longer opens, if no answer came and the wave takes some."""
    invitation = StudentInvitation.objects.select_related("wave__owner", "wave__questionnaire", "student").get(
        links=link.pk
    )
    is_over = not invitation.wave.is_answerable(current_school().today())
    if is_over or invitation.answered or _why_not(invitation.student):
        return
    _write(invitation, "evaluation.student_new_link", str(link.pk))


@transaction.atomic
def make_sheet(*, wave: Wave, by: User) -> str:
    """Return the address for a class's sheet; the sheets made before stop working. Raises NotAClassError."""
    wave = _locked(wave, by)
    if not (wave.is_of_class and wave.is_answerable(current_school().today())):
        raise NotAClassError
    revoke_links(ClassLink, wave=wave)
    return issue_class_link(wave=wave)
