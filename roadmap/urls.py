"""Today, the roadmap and its help, search, and the figures."""

from django.urls import path

from roadmap import views

app_name = "roadmap"
urlpatterns = [
    path("", views.today, name="today"),
    path("search/", views.search, name="search"),
    path("more/", views.more, name="more"),
    path("roadmap/", views.journey, name="journey"),
    path("roadmap/how/", views.help_index, name="help_index"),
    path("roadmap/<int:number>/", views.help_page, name="help"),
    path("figures/<str:key>/", views.metric, name="metric"),
]
