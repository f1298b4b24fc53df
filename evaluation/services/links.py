"""Addresses of forms: one a person, or one a class."""

from django.conf import settings
from django.urls import reverse

from evaluation.deadlines import last_moment
from evaluation.models import ClassLink, FeedbackLink, Invitation, StudentInvitation, StudentLink, Wave
from mailing.models import EmailedLink, hash_token, new_token


def issue_feedback_link(*, invitation: Invitation) -> str:
    """Return a fresh address of somebody's form. A reminder must not break the first mail’s link."""
    contact = invitation.contact
    link = FeedbackLink(invitation=invitation, email=contact.email.lower(), name=contact.name)
    return _issue(link, invitation.wave)


def issue_student_link(*, invitation: StudentInvitation) -> str:
    """Return a fresh address of a student's form."""
    student = invitation.student
    return _issue(StudentLink(invitation=invitation, email=student.email.lower(), name=student.name), invitation.wave)


def issue_class_link(*, wave: Wave) -> str:
    """Return a fresh address for a class's sheet."""
    return _issue(ClassLink(wave=wave, name=wave.group), wave)


def _issue(link: EmailedLink, wave: Wave) -> str:
    token = new_token()
    link.token_hash, link.expires_at = hash_token(token), last_moment(wave.closes_on)
    link.save(force_insert=True)
    return settings.SITE_URL + reverse(link.url_name, args=[token])


def extend_links(*, wave: Wave) -> None:
    """Let every link of a wave last until the wave's last day."""
    ends = last_moment(wave.closes_on)
    FeedbackLink.objects.filter(invitation__wave=wave).update(expires_at=ends)
    StudentLink.objects.filter(invitation__wave=wave).update(expires_at=ends)
    ClassLink.objects.filter(wave=wave).update(expires_at=ends)
