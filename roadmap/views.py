"""Today, the roadmap and its help, search, more, and a figure's page."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import Request
from roadmap.counts import forget_counts
from roadmap.finding import find_everywhere
from roadmap.guide import StageUnknownError, guide_to, guides
from roadmap.history import metric_page
from roadmap.journey import LOOKS, journey_for
from roadmap.metrics import UnknownMetricError, metric_by_key
from roadmap.search import words_of
from roadmap.slots import Whose
from roadmap.today import today_for


@require_safe
def today(request: Request) -> HttpResponse:
    whose = Whose.TEAM if request.GET.get("whose") == Whose.TEAM else Whose.MINE
    now = timezone.now()
    forget_counts(request.user, "roadmap:today")  # here the number beside Today must agree with the page
    context = {"today": today_for(request.user, request.school, whose, now), "whose": whose, "now": now}
    return render(request, "roadmap/today.html", context)


@require_safe
def journey(request: Request) -> HttpResponse:
    context = {
        "journey": journey_for(request.user, request.school),
        "is_for_print": "print" in request.GET,
        "now": timezone.now(),
    }
    return render(request, "roadmap/journey.html", context)


@require_safe
def help_index(request: Request) -> HttpResponse:
    return render(request, "roadmap/help_index.html", {"guides": guides(), "looks": LOOKS.values()})


@require_safe
def help_page(request: Request, number: int) -> HttpResponse:
    try:
        guide = guide_to(number)
    except StageUnknownError as error:
        raise Http404 from error
    return render(request, "roadmap/help.html", {"guide": guide})


@require_safe
def search(request: Request) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:200]
    kind = request.GET.get("kind", "")
    groups = find_everywhere(request.user, query, kind)
    context = {
        "search_query": query,
        "words": words_of(query),
        "groups": groups,
        "kind": kind if kind in {group.key for group in groups} else "",
        "found": sum(len(group.hits) for group in groups),
        "found_more": any(group.more for group in groups),
    }
    return render(request, "roadmap/search.html", context)


@require_safe
def more(request: Request) -> HttpResponse:
    return render(request, "roadmap/more.html")


@require_safe
def metric(request: Request, key: str) -> HttpResponse:
    try:
        declared = metric_by_key(key)
    except UnknownMetricError as error:
        raise Http404 from error
    return render(request, "roadmap/metric.html", {"page": metric_page(declared)})
