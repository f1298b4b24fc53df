"""Follow-ups, the composer, and the records of what was said. All below /outreach/."""

from django.urls import path

from outreach.enums import Channel
from outreach.views import composer, contact, enquiries, follow_ups, interactions, reports
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
    path("log/", composer.begin, {"purpose": "call"}, name="log"),
    path("plan/", composer.begin, {"purpose": "follow_up_add"}, name="plan"),
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
    path("enquiries/", enquiries.enquiry_list, name="enquiries"),
    path("enquiries/<int:pk>/", enquiries.enquiry, name="enquiry"),
    path("enquiries/<int:pk>/answer/", enquiries.enquiry_answer, name="enquiry_answer"),
    path("enquiries/<int:pk>/word-back/", enquiries.enquiry_word_back, name="enquiry_word_back"),
    path("enquiries/<int:pk>/assign/", enquiries.enquiry_assign, name="enquiry_assign"),
    path("enquiries/<int:pk>/convert/", enquiries.enquiry_convert, name="enquiry_convert"),
    *(
        path(f"enquiries/<int:pk>/{act}/", enquiries.enquiry_act, {"act": act}, name=f"enquiry_{act.replace('-', '_')}")
        for act in enquiries.ACTS
    ),
    path("reports/", reports.report_list, name="reports"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/note/", reports.report_note, name="report_note"),
    path("reports/<int:pk>/move/", reports.report_move, name="report_move"),
]
public_urls = [
    path("contact/", contact.doors, name="doors"),
    *(path(f"contact/{door}/", contact.write, {"door": door}, name=door) for door in contact.PAGES),
    path("contact/received/<str:receipt>/", contact.received, name="received"),
]
