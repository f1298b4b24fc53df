"""The pages of pilots."""

from django.urls import path

from pilots.views import lifecycle, planning

app_name = "pilots"
urlpatterns = [
    path("pilots/", lifecycle.pilot_list, name="list"),
    path("pilots/new/", planning.pilot_add, name="add"),
    path("pilots/<int:pk>/", lifecycle.pilot_detail, name="detail"),
    path("pilots/<int:pk>/edit/", planning.pilot_edit, name="edit"),
    path("pilots/<int:pk>/results/", lifecycle.pilot_results, name="results"),
    path("pilots/<int:pk>/decide/", lifecycle.pilot_decide, name="decide"),
    path("pilots/<int:pk>/call-off/", lifecycle.pilot_call_off, name="call_off"),
    path("pilots/<int:pk>/move/<slug:act>/", lifecycle.pilot_move, name="move"),
    path("pilots/criteria/<int:pk>/change/", planning.criterion_change, name="criterion"),
]
