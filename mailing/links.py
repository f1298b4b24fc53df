"""The pages behind emailed links: what opens, what does not, and what each of them tells browsers and robots."""

import datetime as dt
import ipaddress
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import TypeVar

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from mailing.enums import LinkState
from mailing.forms import NewLinkForm, name_of
from mailing.limits import WRONG_LINKS, Limit
from mailing.models import EmailedLink
from mailing.services import LinkClosedError
from mailing.services.links import link_kind

AnyLink = TypeVar("AnyLink", bound=EmailedLink)
View = Callable[..., HttpResponseBase]


def public_page(view: View) -> View:
    """Make a view one of the pages behind emailed links.

    It needs no sign-in, is kept by no cache and listed by no search engine; a link that does not open gets the page
    that says why; a network that guesses links is asked to wait.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = _answer(request, lambda: view(request, *args, **kwargs))
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(never_cache(page))


def open_link(request: HttpRequest, model: type[AnyLink], token: str, *, used_too: bool = False) -> AnyLink:
    """Return the live link of a token; to be called in a `public_page`, which answers when there is none.

    With `used_too` a link that was used opens until it runs out, so that its page can show what was done.
    """
    now = timezone.now()
    link = model.objects.by_token(token).first()
    if link is None:
        raise LinkClosedError(LinkState.UNKNOWN)
    state = link.state(now)
    if state != LinkState.LIVE and not (used_too and state == LinkState.USED and now < link.expires_at):
        raise LinkClosedError(state, link)
    if request.method == "GET":
        _note_opening(link, now)
    return link


def _note_opening(link: EmailedLink, now: dt.datetime) -> None:
    """Keep when the link was first opened: the one thing a GET may write, since it counts for nothing."""
    if link.first_opened_at is None:
        type(link).objects.filter(pk=link.pk, first_opened_at=None).update(first_opened_at=now)
        link.first_opened_at = now


def _answer(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    if WRONG_LINKS.is_reached(network_of(request)):
        return wait_response(request, WRONG_LINKS)
    try:
        return view()
    except LinkClosedError as closed:
        if closed.link is None and not WRONG_LINKS.count(network_of(request)):
            return wait_response(request, WRONG_LINKS)
        return closed_response(request, closed)


def closed_response(request: HttpRequest, closed: LinkClosedError) -> HttpResponse:
    """Say why a link does not open and what to do now; nothing of what it was for is shown."""
    link = closed.link
    may_ask = link is not None and closed.state != LinkState.USED and link_kind(type(link)) is not None
    context = {
        "state": closed.state,
        "link": link,
        "address": masked(link.email) if link else "",
        "again": name_of(link) if link and may_ask else "",
        "form": NewLinkForm(),
    }
    status = HTTPStatus.NOT_FOUND if link is None else HTTPStatus.GONE
    return render(request, "mailing/link_closed.html", context, status=status)


def wait_response(request: HttpRequest, limit: Limit) -> HttpResponse:
    """Ask a network that tried too often to come back later."""
    response = render(
        request, "mailing/wait.html", {"minutes": limit.seconds // 60}, status=HTTPStatus.TOO_MANY_REQUESTS
    )
    response["Retry-After"] = str(limit.seconds)
    return response


def network_of(request: HttpRequest) -> str:
    """Return the caller's address; for IPv6 its /64, of which one household owns every address."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def masked(email: str) -> str:
    """Return an address as its owner knows it and nobody else can use it: `r••••@example.org`."""
    name, _, domain = email.rpartition("@")
    return f"{name[:1]}••••@{domain}"
