"""The site map with two more public pages."""

from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_http_methods

from mailing.links import open_link, public_page
from mailing.services import complete_link
from tests.mailing.models import OtherLink, TrialLink


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request, token):
    link = open_link(request, TrialLink, token, used_too="shown" in request.GET)
    if request.method == "POST":
        complete_link(link)
    return HttpResponse(f"about {link.thing}")


@public_page
def other(request, token):
    return HttpResponse(f"about {open_link(request, OtherLink, token).thing}")


urlpatterns = [
    path("t/trial/<str:token>/", trial, name="trial"),
    path("t/other/<str:token>/", other, name="other"),
    path("", include("config.urls")),
]
