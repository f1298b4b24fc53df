"""The pages of goals."""

from django.urls import URLPattern

app_name = "goals"
urlpatterns: list[URLPattern] = []
