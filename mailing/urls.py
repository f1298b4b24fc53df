"""Pages about mail: for colleagues below /outbox/, for everybody below /t/."""

from django.urls import path

from mailing import views

app_name = "mailing"
urlpatterns = []
public_urls = [
    path("t/new-link/", views.new_link, name="new_link"),
]
