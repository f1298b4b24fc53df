"""What every request carries: the school, its time zone, and the limits of a session."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.services import current_school

Handler = Callable[[HttpRequest], HttpResponse]
STARTED_KEY = "signed_in_at"


def school_middleware(get_response: Handler) -> Handler:
    """Put the school on the request and its time zone in force."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.school = current_school()
        with timezone.override(request.school.zone):
            _end_long_session(request)
            return get_response(request)

    return middleware


def _end_long_session(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        return
    now = timezone.now().timestamp()
    started = request.session.setdefault(STARTED_KEY, now)
    if now - started > settings.SESSION_ABSOLUTE_AGE:
        logout(request)


def second_factor_middleware(get_response: Handler) -> Handler:
    """Let an administrator without a second factor see only the page that sets one up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _lacks_second_factor(request):
            return redirect(reverse("mfa_activate_totp"))
        return get_response(request)

    return middleware


def _lacks_second_factor(request: HttpRequest) -> bool:
    user = request.user
    if not (settings.SECOND_FACTOR_FOR_ADMINISTRATORS and user.is_authenticated and user.is_staff):
        return False
    allowed = ("/sign-in/", "/static/")
    return not request.path.startswith(allowed) and not user.authenticator_set.exists()
