"""Stage 5's card on the Roadmap: how it stands, and the one best next step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from opportunities.enums import ProposalStatus
from opportunities.models import Proposal, ProposalAnswer
from partnerships.beginning import once_there_are_partners
from roadmap.slots import Figure, NextStep, Stage, StageFigure, StageState, Standing, Tile

STAGE = 5
MOVING = dt.timedelta(days=14)
# How long a partner who asked for changes may wait for the next round, and how near a last day is.
ANSWERED_WITHIN = dt.timedelta(days=14)
SOON = dt.timedelta(days=3)
FIRST_WORDS = 70
# What the card says of a proposal.
NAMED = ("title", "number", "status", "status_since", "valid_until", "organisation__name")


def standing(_user: User, school: School, figures: Mapping[str, Figure]) -> Standing:
    """Return how the stage stands; four queries at most, each over an index."""
    total = figures["proposals_open"].n
    if not total:
        return _nothing_open()
    since = timezone.now() - MOVING
    moving = Proposal.objects.open().filter(status_since__gte=since).count()
    asked = _longest_waiting_for_us()
    if asked is not None:
        late = timezone.now() - asked.status_since > ANSWERED_WITHIN
        state = StageState.ATTENTION if late else StageState.ON_COURSE
        return _standing(state, moving, total, _answer_them(asked))
    ending = _first_to_run_out(school.today() + SOON)
    if ending is not None:
        return _standing(StageState.ATTENTION, moving, total, _remind(ending))
    state = StageState.ON_COURSE if moving else StageState.WAITING
    draft = Proposal.objects.filter(status=ProposalStatus.DRAFT).select_related("organisation").order_by("id").first()
    return _standing(state, moving, total, _finish(draft) if draft else _look_at_all())


def _standing(state: StageState, moving: int, total: int, step: NextStep) -> Standing:
    words = _g("%(moving)d of %(total)d moving") % {"moving": moving, "total": total}
    return Standing(state, moving, total, words, step)


def _nothing_open() -> Standing:
    has_any = Proposal.objects.order_by().exists()
    state = StageState.WAITING if has_any else StageState.NOT_STARTED
    sentence = _g("Start the next proposal.") if has_any else _g("Write the first proposal.")
    step = NextStep(sentence, _g("Start a proposal"), reverse("opportunities:proposal_add"))
    return Standing(state, 0, 0, _g("No open proposal"), step if has_any else once_there_are_partners(step, stage=5))


def _longest_waiting_for_us() -> Proposal | None:
    asked = Proposal.objects.filter(status=ProposalStatus.IN_NEGOTIATION).select_related("organisation")
    return asked.only(*NAMED).order_by("status_since", "id").first()


def _first_to_run_out(until: dt.date) -> Proposal | None:
    out = Proposal.objects.filter(status=ProposalStatus.SENT, valid_until__lte=until).select_related("organisation")
    return out.only(*NAMED).order_by("valid_until", "id").first()


def _answer_them(proposal: Proposal) -> NextStep:
    following = proposal.versions.exclude(sent_at=None).count() + 1
    names = {"n": following, "partner": proposal.organisation.name}
    words = _words_of(proposal)
    detail = _g("They asked: “%(words)s”") % {"words": words} if words else ""
    return NextStep(
        _g("Send round %(n)d to %(partner)s.") % names, _g("Open the proposal"), proposal.get_absolute_url(), detail
    )


def _words_of(proposal: Proposal) -> str:
    """Return the beginning of what the partner wrote last."""
    answers = ProposalAnswer.objects.filter(version__proposal=proposal).exclude(words="")
    words = answers.order_by("-at", "-id").values_list("words", flat=True).first() or ""
    line = " ".join(words.split())
    if len(line) <= FIRST_WORDS:
        return line
    sentence = line[:FIRST_WORDS].rpartition(". ")[0]
    return f"{sentence}." if sentence else f"{line[:FIRST_WORDS].rsplit(' ', 1)[0]} …"


def _remind(proposal: Proposal) -> NextStep:
    names = {"partner": proposal.organisation.name, "number": proposal.number}
    return NextStep(
        _g("Ask %(partner)s for an answer: %(number)s soon runs out.") % names,
        _g("Open the proposal"),
        proposal.get_absolute_url(),
    )


def _finish(draft: Proposal) -> NextStep:
    return NextStep(
        _g("Finish the proposal for %(partner)s and send it.") % {"partner": draft.organisation.name},
        _g("Go on with the draft"),
        reverse("opportunities:proposal_edit", args=[draft.pk]),
    )


def _look_at_all() -> NextStep:
    return NextStep(
        _g("All open proposals are on their way. Look at those that wait longest."),
        _g("Show open proposals"),
        f"{reverse('opportunities:proposals')}?sort=moved",
    )


STAGE_5 = Stage(
    number=STAGE,
    title=_("Customise partnership opportunities"),
    question=_("What exactly do we offer each of them?"),
    icon="file-text",
    short=_("Tailored offers"),
    help_template="opportunities/help.html",
)
TILE = Tile(
    stage=STAGE,
    figures=(
        StageFigure("proposals_open", _("open")),
        StageFigure("proposals_in_round_2", _("in round 2")),
        StageFigure("proposal_days", _("median days")),
    ),
    standing=standing,
    purpose=_("Proposals made for one partner, round by round, and the places for students that come of them."),
    rule=_(
        "Needs attention when a partner has waited more than 14 days for the next round, or when a proposal runs out "
        "within 3 days. On course when something moved within 14 days; else it waits for answers. The ring shows how "
        "many open proposals moved within 14 days."
    ),
)
