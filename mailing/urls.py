"""Pages about mail: for colleagues below /outbox/, for everybody below /t/."""

from django.urls import path

from mailing.views import outbox, public

app_name = "mailing"
urlpatterns = [
    path("", outbox.outbox, name="outbox"),
    path("<int:pk>/", outbox.detail, name="detail"),
    path("<int:pk>/again/", outbox.again, name="again"),
    path("<int:pk>/off/", outbox.off, name="off"),
    path("<int:pk>/arrived/", outbox.arrived, name="arrived"),
]
public_urls = [
    path("t/new-link/", public.new_link, name="new_link"),
    path("t/unsubscribe/<str:token>/", public.unsubscribe, name="unsubscribe"),
    path("t/unsubscribe/<str:token>/undo/", public.subscribe, name="subscribe"),
]
