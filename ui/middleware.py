"""What happens when somebody was signed out without noticing."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from ui.drafts import kept_fields
from ui.services import keep_lost_form

Handler = Callable[[HttpRequest], HttpResponse]


def keep_lost_form_middleware(get_response: Handler) -> Handler:
    """When a form meets a lost session, keep its text and lead through the sign-in to a page that shows it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if _sent_to_sign_in(request, response):
            return _by_way_of_kept_text(request, response)
        return response

    return middleware


def _sent_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell the redirect of LoginRequiredMiddleware from a view's own."""
    if response.status_code != HTTPStatus.FOUND:
        return False
    target = urlsplit(response["Location"])
    wanted = parse_qs(target.query).get("next", [""])[0]
    return target.path == resolve_url(settings.LOGIN_URL) and wanted == request.get_full_path()


def _by_way_of_kept_text(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Point the sign-in's `next` at the kept text; tell HTMX to leave the page rather than swap in the sign-in."""
    is_partial = "HX-Request" in request.headers
    kept = keep_lost_form(path=request.get_full_path(), fields=kept_fields(request.POST)) if request.POST else None
    if kept:
        target = _sign_in_url(reverse("ui:kept", args=[kept.key]))
    elif is_partial or request.method == "POST":
        target = _sign_in_url(_page_behind(request))
    else:
        return response
    if is_partial:
        return HttpResponse(headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _sign_in_url(next_url: str) -> str:
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': next_url})}"


def _page_behind(request: HttpRequest) -> str:
    """Return the page the request was sent from, if it is one of ours."""
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, {request.get_host()}):
        split = urlsplit(page)
        return f"{split.path}?{split.query}" if split.query else split.path
    return resolve_url(settings.LOGIN_REDIRECT_URL)
