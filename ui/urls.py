"""Pages of the interface itself."""

from django.conf import settings
from django.urls import path

from ui import views

app_name = "ui"
urlpatterns = [
    path("draft/", views.draft, name="draft"),
    path("kept/<str:key>/", views.kept, name="kept"),
    path("views/<str:list_key>/", views.saved_views, name="views"),
    path("views/<int:pk>/delete/", views.saved_view_delete, name="view_delete"),
]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", views.styleguide, name="styleguide"))
