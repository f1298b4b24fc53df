"""What outreach shows on a partner's page: the next follow-up, and the four tabs of the composer."""

from typing import Any

from django.urls import reverse

from accounts.models import School, User
from outreach.enums import Channel
from outreach.forms import ComposerForm
from outreach.forms.composers import COMPOSERS, current_follow_up
from outreach.models import FollowUp
from outreach.rules import can_do, can_log
from outreach.snoozing import snooze_days
from outreach.wording import due_words
from partnerships.models import Contact, Organisation
from ui.drafts import typed_before

OTHERS_SHOWN = 3


def next_follow_up_panel(organisation: Organisation, user: User, school: School) -> dict[str, Any] | None:
    """The partner's planned follow-ups, the next one with its buttons: one query; nothing for readers without any."""
    planned = FollowUp.objects.planned().filter(organisation=organisation).for_rows().order_by("due_on", "id")
    found = list(planned[: OTHERS_SHOWN + 1])
    if not found and not can_log(user):
        return None
    follow_up = found[0] if found else None
    today = school.today()
    return {
        "follow_up": follow_up,
        "others": found[1:],
        "is_late": follow_up is not None and follow_up.due_on < today,
        "due_words": due_words(follow_up.due_on, today) if follow_up else "",
        "snooze_days": snooze_days(today),
        "can_act": follow_up is not None and can_do(user, follow_up),
        "can_log": can_log(user),
    }


def draft_key(channel: Channel, organisation: Organisation) -> str:
    return f"outreach.{channel}:{organisation.pk}"


def composer_form(
    channel: Channel,
    organisation: Organisation,
    *,
    user: User,
    school: School,
    data: Any = None,
    asked: int | None = None,
    contact: Contact | None = None,
) -> ComposerForm:
    """Return the form of one tab, with what was typed into it before; three queries."""
    current = current_follow_up(organisation, asked)
    extra = {"sends": data.get("act") != "record"} if data is not None and channel == Channel.EMAIL else {}
    initial = {} if data is not None else typed_before(user, draft_key(channel, organisation))
    if asked and current and current.pk == asked:
        initial = {"is_done": True, "next_when": COMPOSERS[channel].next_default, **initial}
        contact = contact or current.contact
    return COMPOSERS[channel](
        data,
        initial=initial,
        organisation=organisation,
        today=school.today(),
        current=current,
        contact=contact,
        **extra,
    )


def composer(channel: Channel) -> Any:
    """Return what a PartnerComposer slot needs to show a channel's form."""

    def context(organisation: Organisation, user: User, school: School) -> dict[str, Any]:
        form = composer_form(channel, organisation, user=user, school=school)
        return composer_context(form)

    return context


def composer_context(form: ComposerForm) -> dict[str, Any]:
    return {
        "form": form,
        "action": reverse(f"outreach:{form.channel}", args=[form.organisation.pk]),
        "draft": draft_key(form.channel, form.organisation),
    }
