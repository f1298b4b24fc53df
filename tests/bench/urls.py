"""The site map, and the bare views that pages are compared with."""

from django.urls import include, path

from tests.bench.capture import bare

urlpatterns = [
    path("bench/<str:name>/", bare),
    path("", include("config.urls")),
]
