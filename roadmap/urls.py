"""Today, search, and the figures."""

from django.urls import path

from roadmap import views

app_name = "roadmap"
urlpatterns = [
    path("", views.today, name="today"),
    path("search/", views.search, name="search"),
    path("more/", views.more, name="more"),
    path("figures/<str:key>/", views.metric, name="metric"),
]
