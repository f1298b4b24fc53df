"""Stage 3's card on the Roadmap: how it stands, and the one best next step."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import School, User
from accounts.rules import can_approve, can_read
from goals.models import Programme
from propositions.coverage import without_sheet
from propositions.enums import OPEN_STATES, PropositionStatus
from propositions.models import Proposition, Segment
from roadmap.slots import Figure, NextStep, StageFigure, StageState, Standing, Tile

MISSING = "programmes_without_proposition"
OFFERED = "programmes_offered"
IN_USE = "propositions_published"
TO_CHECK = "strengths_to_check"
# What the card says of a sheet.
NAMED = ("headline", "status", "programme")


def standing(user: User, school: School, figures: Mapping[str, Figure]) -> Standing:
    """Say how stage 3 stands; at most three queries of its own."""
    offered, missing, in_use = figures[OFFERED].n, figures[MISSING].n, figures[IN_USE].n
    open_ones = Proposition.objects.filter(status__in=OPEN_STATES).order_by("-status_since")
    by_state = {PropositionStatus(sheet.status): sheet for sheet in open_ones.only(*NAMED)[:20]}
    if not in_use and not by_state:
        return Standing(StageState.NOT_STARTED, 0, offered, _("none yet"), _first_step(offered))
    covered = offered - missing
    progress = _("%(covered)s of %(offered)s written") % {"covered": covered, "offered": offered}
    state, step = _now(user, school, figures, by_state)
    return Standing(state, covered, offered, progress, step)


def _first_step(offered: int) -> NextStep:
    if not offered:
        return NextStep(_("Add your programmes first."), _("Add a programme"), reverse("goals:programme_add"))
    if not Segment.objects.filter(archived_at=None).exists():
        sentence = _("Name the first kind of firm you want to convince.")
        return NextStep(sentence, _("Add a segment"), reverse("propositions:segment_add"))
    url = reverse("propositions:sheet_add")
    return NextStep(_("Write the first value sheet."), _("Write a sheet"), url)


def _now(
    user: User, school: School, figures: Mapping[str, Figure], open_ones: Mapping[PropositionStatus, Proposition]
) -> tuple[StageState, NextStep]:
    missing, offered = figures[MISSING].n, figures[OFFERED].n
    state = StageState.ATTENTION if 2 * missing > offered else StageState.ON_COURSE
    if sheet := open_ones.get(PropositionStatus.IN_REVIEW):
        return state if missing else StageState.WAITING, _approval(user, sheet)
    if sheet := open_ones.get(PropositionStatus.APPROVED):
        sentence = _("“%(headline)s” is approved. Bring it into use.") % {"headline": sheet.headline}
        return state, NextStep(sentence, _("Open the sheet"), sheet.get_absolute_url())
    if missing:
        return state, _write(open_ones.get(PropositionStatus.DRAFT))
    return _keep(figures, school)


def _approval(user: User, sheet: Proposition) -> NextStep:
    words = {"headline": sheet.headline}
    if can_approve(user):
        return NextStep(
            _("Approve “%(headline)s”.") % words, _("Read and approve"), sheet.get_absolute_url(), open_to=can_read
        )
    sentence = _("“%(headline)s” waits for the director.") % words
    return NextStep(sentence, _("Open the sheet"), sheet.get_absolute_url())


def _write(draft: Proposition | None) -> NextStep:
    """Name the programme without a sheet that needs the most places."""
    missing = without_sheet(Programme.objects.active()).order_by("-places_needed", "title")
    neediest = missing.only("title", "places_needed").first()
    title = {"programme": neediest.title if neediest else ""}
    if draft and neediest and draft.programme_id == neediest.pk:
        sentence = _("Finish the sheet for %(programme)s.") % title
        return NextStep(sentence, _("Open the draft"), draft.get_absolute_url())
    sentence = _("Write the %(programme)s sheet.") % title
    url = f"{reverse('propositions:sheet_add')}?programme={neediest.pk if neediest else ''}"
    places = neediest.places_needed if neediest else 0
    needed = ngettext("%(n)s student needs a place.", "%(n)s students need a place.", places) % {"n": places}
    return NextStep(sentence, _("Write the sheet"), url, detail=needed if places else "")


def _keep(figures: Mapping[str, Figure], school: School) -> tuple[StageState, NextStep]:
    """With a sheet for every programme: look after what stands on them."""
    stale = figures[TO_CHECK].n
    if stale:
        sentence = ngettext("Check %(n)s strength again.", "Check %(n)s strengths again.", stale) % {"n": stale}
        url = f"{reverse('propositions:strengths')}?checked=no"
        return StageState.ATTENTION, NextStep(sentence, _("See which"), url)
    late = Proposition.objects.to_review(school.today()).order_by("review_by").first()
    if late:
        sentence = _("Look at “%(headline)s” again: its day has passed.") % {"headline": late.headline}
        return StageState.ATTENTION, NextStep(sentence, _("Open the sheet"), late.get_absolute_url())
    sentence = _("Every programme has its sheet. Collect words of those who said yes.")
    url = reverse("propositions:testimonial_add")
    return StageState.IN_PLACE, NextStep(sentence, _("Ask for a testimonial"), url)


TILE = Tile(
    stage=3,
    figures=(
        StageFigure(OFFERED, gettext_lazy("programmes")),
        StageFigure(IN_USE, gettext_lazy("value sheets")),
        StageFigure(MISSING, gettext_lazy("missing")),
    ),
    standing=standing,
    needs=(TO_CHECK,),
    purpose=gettext_lazy("One page a kind of firm: what it gains from you, with proof behind every line."),
    rule=gettext_lazy(
        "In place when every programme on offer has a value sheet in use, every strength was checked in time and no "
        "sheet is due for another look. On course while at least half of the programmes have one, waiting while a "
        "director has not decided on the last. Needs attention while more than half have none, or something is due."
    ),
)
