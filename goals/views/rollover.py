"""The page on which a new year takes over goals of the one before."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import Request
from goals.models import PlanningCycle
from goals.rollover import TakingOver
from goals.services import take_over_goals
from goals.services.cycles import CycleNotDraftError
from goals.views.access import need_planner


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_take_over(request: Request, pk: int) -> HttpResponse:
    need_planner(request)
    cycle = get_object_or_404(PlanningCycle, pk=pk)
    if not cycle.is_draft:
        messages.warning(request, _("%(year)s is agreed; write further goals down one by one.") % {"year": cycle.name})
        return redirect(cycle)
    page = TakingOver(cycle, request.school)
    if request.method == "POST":
        return _take_over(request, page)
    return render(request, "goals/take_over.html", {"page": page, "cycle": cycle})


def _take_over(request: Request, page: TakingOver) -> HttpResponse:
    try:
        taken = take_over_goals(cycle=page.cycle, goals=page.chosen(request.POST.getlist("goal")), by=request.user)
    except CycleNotDraftError:
        messages.warning(request, _("Nothing was taken over: the year was agreed meanwhile."))
        return redirect(page.cycle)
    if not taken:
        messages.info(request, _("No goal was taken over: none was ticked, or they are here already."))
        return redirect(page.cycle)
    said = ngettext("%(n)s goal taken over.", "%(n)s goals taken over.", len(taken)) % {"n": len(taken)}
    messages.success(request, said)
    return redirect(page.cycle)
