"""The request as views see it: signed in, with its school."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import School, User


class Request(HttpRequest):
    """A request behind the sign-in; only for annotations."""

    user: User
    school: School
    htmx: HtmxDetails
