"""What every request carries: the school, its time zone, the limits of a session, the second factor."""

from collections.abc import Callable
from contextlib import nullcontext
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone

from accounts.http import Request
from accounts.looks import one_look
from accounts.rules import has_second_factor, needs_second_factor
from accounts.services import current_school
from accounts.sessions import note_use, was_lost

Handler = Callable[[Request], HttpResponse]

# What an administrator without a second factor may still do: set one up, or leave.
OPEN_WITHOUT_SECOND_FACTOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "accounts:demo_sign_in",
        "accounts:logo",
    }
)
READING = frozenset({"GET", "HEAD"})
EMAILED_LINKS = "/t/"  # pages for people outside: the token decides, whoever else is signed in


def look_middleware(get_response: Handler) -> Handler:
    """Make one look of a request that only reads."""

    def middleware(request: Request) -> HttpResponse:
        with one_look() if request.method in READING else nullcontext():
            return get_response(request)

    return middleware


def school_middleware(get_response: Handler) -> Handler:
    """Put the school on the request and its time zone in force."""

    def middleware(request: Request) -> HttpResponse:
        request.school = current_school()
        with timezone.override(request.school.zone):
            return get_response(request)

    return middleware


def session_middleware(get_response: Handler) -> Handler:
    """End sessions that lasted long enough, and let the sign-in page say so."""

    def middleware(request: Request) -> HttpResponse:
        if request.user.is_authenticated and not note_use(request.session, timezone.now()):
            logout(request)
        lost = was_lost(request)
        response = get_response(request)
        if lost:
            _say_that_it_ended(response)
        return response

    return middleware


def _say_that_it_ended(response: HttpResponse) -> None:
    for header in ("Location", "HX-Redirect"):
        target = urlsplit(response.headers.get(header, ""))
        if target.path == resolve_url(settings.LOGIN_URL) and target.query:
            response[header] += "&ended=1"


class SecondFactorMiddleware:
    """Lets an administrator without a second factor see only the pages that set one up."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Request, view: Callable[..., HttpResponse], *args: object) -> HttpResponse | None:
        match = request.resolver_match
        is_open = match is not None and match.view_name in OPEN_WITHOUT_SECOND_FACTOR
        if is_open or request.path.startswith(EMAILED_LINKS):
            return None
        if needs_second_factor(request.user) and not has_second_factor(request.user):
            return redirect("mfa_activate_totp")
        return None
