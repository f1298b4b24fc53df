"""Follow-ups, the composer, and the records of what was said. All below /outreach/."""

from django.urls import path

from outreach.enums import Channel
from outreach.views import composer, follow_ups, interactions
from roadmap.slots import Whose

app_name = "outreach"
urlpatterns = [
    path("", follow_ups.follow_up_list, {"whose": Whose.MINE}, name="follow_ups"),
    path("team/", follow_ups.follow_up_list, {"whose": Whose.TEAM}, name="team_follow_ups"),
    path("follow-ups/<int:pk>/", follow_ups.follow_up, name="follow_up"),
    path("follow-ups/<int:pk>/edit/", follow_ups.follow_up_edit, name="follow_up_edit"),
    path("follow-ups/<int:pk>/done/", follow_ups.follow_up_done, name="follow_up_done"),
    path("follow-ups/<int:pk>/skip/", follow_ups.follow_up_skip, name="follow_up_skip"),
    path("follow-ups/<int:pk>/reopen/", follow_ups.follow_up_reopen, name="follow_up_reopen"),
    path("follow-ups/<int:pk>/snooze/", follow_ups.follow_up_snooze, name="follow_up_snooze"),
    path("follow-ups/<int:pk>/take/", follow_ups.follow_up_take, name="follow_up_take"),
    path("follow-ups/undo/<str:token>/", follow_ups.follow_up_undo, name="follow_up_undo"),
    path("log/", composer.choose_partner, {"purpose": "call"}, name="log"),
    path("plan/", composer.choose_partner, {"purpose": "follow_up_add"}, name="plan"),
    path("partners/<int:pk>/follow-ups/add/", follow_ups.follow_up_add, name="follow_up_add"),
    *(
        path(f"partners/<int:pk>/{channel}/", composer.compose, {"channel": channel}, name=channel.value)
        for channel in Channel
    ),
    path("said/", interactions.interaction_list, name="said"),
    path("said/<int:pk>/", interactions.interaction, name="interaction"),
    path("said/<int:pk>/edit/", interactions.interaction_edit, name="interaction_edit"),
    path("said/<int:pk>/delete/", interactions.interaction_delete, name="interaction_delete"),
    path("said/undo/<str:token>/", interactions.interaction_undo, name="interaction_undo"),
]
