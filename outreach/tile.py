"""How stage 4 stands: how many firms are in touch, and how many went quiet."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import School, User
from accounts.rules import can_read
from outreach.models import FollowUp, Interaction
from partnerships.beginning import waits_for_partners
from partnerships.models import Organisation
from roadmap.slots import Figure, NextStep, StageFigure, StageState, Standing, Tile

# One firm gone quiet in so many holds the whole journey up.
TOO_MANY = 4
QUIET = "/partners/?next_step=none&quiet=10&status=contacted"
LATE = "/outreach/team/?state=late"
SHOWN_LATE = 100


def standing(_user: User, school: School, figures: Mapping[str, Figure]) -> Standing:
    """At most three queries of its own, each through an index."""
    contacted, quiet = figures["firms_in_contact"].n, figures["firms_gone_quiet"].n
    if not contacted and not Interaction.objects.kept().exists():
        return Standing(StageState.NOT_STARTED, 0, 0, "", _first_call())
    late = FollowUp.objects.planned().filter(due_on__lt=school.today()).order_by()[: SHOWN_LATE + 1].count()
    in_touch = max(0, contacted - quiet)
    return Standing(
        state=_state(contacted, quiet, late),
        done=in_touch if contacted else 1,
        total=contacted or 1,
        progress=_progress(in_touch, contacted),
        next_step=_next_step(quiet, late),
    )


def _state(contacted: int, quiet: int, late: int) -> StageState:
    if quiet and quiet * TOO_MANY >= contacted:
        return StageState.HELD_UP
    return StageState.ATTENTION if quiet or late else StageState.ON_COURSE


def _progress(in_touch: int, contacted: int) -> str:
    if not contacted:
        return _("nobody waits")
    return _("%(done)s of %(all)s in touch") % {"done": in_touch, "all": contacted}


def _next_step(quiet: int, late: int) -> NextStep:
    if quiet:
        return _follow_up(quiet)
    return _catch_up(late) if late else _go_on()


def _first_call() -> NextStep:
    firm = _next_prospect()
    if firm is None:
        return waits_for_partners(4)
    return NextStep(
        sentence=_("Make the first call: %(firm)s.") % {"firm": firm.name},
        label=_("Open %(firm)s") % {"firm": firm.name},
        url=firm.get_absolute_url(),
        detail=_("Write down what was said; Tandem reminds you when the next word is due."),
    )


def _follow_up(quiet: int) -> NextStep:
    words = {"count": quiet}
    return NextStep(
        sentence=ngettext(
            "Follow up the one firm that went quiet more than 10 days ago.",
            "Follow up the %(count)s firms that went quiet more than 10 days ago.",
            quiet,
        )
        % words,
        label=ngettext("Follow up 1 firm", "Follow up %(count)s firms", quiet) % words,
        url=QUIET,
        detail=_longest_silence(),
        open_to=can_read,
    )


def _longest_silence() -> str:
    firm = (
        Organisation.objects.gone_quiet(timezone.now())
        .order_by("last_contact_at", "id")
        .only("name", "last_contact_at")
        .first()
    )
    if firm is None or not firm.last_contact_on:
        return ""
    words = {"firm": firm.name, "day": format_date(firm.last_contact_on, "j F")}
    return _("The longest silence is that of %(firm)s, since %(day)s.") % words


def _catch_up(late: int) -> NextStep:
    some = f"{SHOWN_LATE}+" if late > SHOWN_LATE else str(late)
    return NextStep(
        sentence=ngettext("Do the one follow-up that is late.", "Do the %(some)s follow-ups that are late.", late)
        % {"some": some},
        label=_("Show what is late"),
        url=LATE,
        open_to=can_read,
    )


def _go_on() -> NextStep:
    firm = _next_prospect()
    if firm is None:
        url = reverse("outreach:plan")
        return NextStep(_("Plan the next word with a partner."), _("Plan a follow-up"), url)
    return NextStep(
        sentence=_("Get in touch with %(firm)s, whom nobody has contacted yet.") % {"firm": firm.name},
        label=_("Open %(firm)s") % {"firm": firm.name},
        url=firm.get_absolute_url(),
    )


def _next_prospect() -> Organisation | None:
    """Return the prospect whose next step comes first; those who do not want to be contacted are left alone."""
    open_ones = Organisation.objects.prospects().filter(do_not_contact=False)
    return open_ones.order_by("next_step_at", "id").only("name").first()


TILE = Tile(
    stage=4,
    figures=(
        StageFigure("firms_in_contact", gettext_lazy("contacted")),
        StageFigure("reply_rate", gettext_lazy("reply rate")),
        StageFigure("firms_gone_quiet", gettext_lazy("gone quiet")),
    ),
    standing=standing,
    purpose=gettext_lazy("Calls and e-mails, with a reminder when somebody goes quiet."),
    rule=gettext_lazy(
        "Not started until the first call, e-mail or meeting. Held up when one contacted firm in four or more has gone "
        "quiet: silent for more than 10 days, with nothing planned. Needs attention when any has, or a follow-up is "
        "late; on course otherwise. The ring shows how many of the contacted firms have not gone quiet."
    ),
)
