"""The pages of propositions."""

from django.urls import URLPattern

app_name = "propositions"
urlpatterns: list[URLPattern] = []
