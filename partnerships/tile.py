"""How stage 2 stands: how many prospects there are, and of how many somebody knows what they need."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import School, User
from accounts.rules import can_read
from partnerships.models import Organisation
from roadmap.slots import Figure, NextStep, StageFigure, StageState, Standing, Tile

# One unknown prospect in so many is too many.
TOO_MANY = 4
UNKNOWN = "/partners/?status=prospect&unasked=on"


def standing(_user: User, _school: School, figures: Mapping[str, Figure]) -> Standing:
    """One query of its own: whether there is any partner on file."""
    if not Organisation.objects.on_file().exists():
        return _not_started()
    prospects, unknown = figures["prospects"].n, figures["prospects_unknown"].n
    known = max(0, prospects - unknown)
    return Standing(
        state=_state(prospects, unknown),
        done=known if prospects else 1,
        total=prospects or 1,
        progress=_progress(known, prospects),
        next_step=_ask(unknown) if unknown else _add(prospects),
    )


def _state(prospects: int, unknown: int) -> StageState:
    if not prospects or unknown * TOO_MANY >= prospects:
        return StageState.ATTENTION
    return StageState.ON_COURSE if unknown else StageState.IN_PLACE


def _progress(known: int, prospects: int) -> str:
    if not prospects:
        return _("all in touch")
    return _("%(known)s of %(all)s looked into") % {"known": known, "all": prospects}


def _not_started() -> Standing:
    step = NextStep(
        sentence=_("Import the firms you already know."),
        label=_("Import a spreadsheet"),
        url=reverse("partnerships:import"),
        detail=_("A list with names is enough to begin; everything else can follow."),
    )
    return Standing(StageState.NOT_STARTED, 0, 0, "", step)


def _ask(unknown: int) -> NextStep:
    words = {"count": unknown}
    sentence = ngettext(
        "Find out what one prospect needs: nobody has looked into it yet.",
        "Find out what %(count)s prospects need: nobody has looked into them yet.",
        unknown,
    )
    return NextStep(
        sentence=sentence % words,
        label=ngettext("Show the prospect", "Show the %(count)s prospects", unknown) % words,
        url=UNKNOWN,
        detail=_("A first letter that names what a firm needs is answered more often."),
        open_to=can_read,
    )


def _add(prospects: int) -> NextStep:
    look, all_in_touch = _("Look for the next firm that could fit."), _("Look for new firms: all others are in touch.")
    return NextStep(
        sentence=look if prospects else all_in_touch,
        label=_("Add a partner"),
        url=reverse("partnerships:add"),
        detail=_("Chambers, clusters and former students know firms that are not on file yet."),
    )


TILE = Tile(
    stage=2,
    figures=(
        StageFigure("prospects", gettext_lazy("prospects")),
        StageFigure("prospects_known", gettext_lazy("need known")),
        StageFigure("prospects_unknown", gettext_lazy("not looked into")),
    ),
    standing=standing,
    purpose=gettext_lazy("A list of local firms, and what each of them needs."),
    rule=gettext_lazy(
        "Not started while no firm is on file. Needs attention when nobody has written down what one prospect in four "
        "or more needs, or when there is no prospect left to contact. On course when that is true of fewer, in place "
        "when the need of every prospect is known. The ring shows of how many prospects the need is known."
    ),
)
