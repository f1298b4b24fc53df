"""Proposals under /proposals/, answered at /t/proposal/…; places under /openings/, /placements/ and /students/."""

from django.urls import path

from opportunities.views import answering, people, placing, proposals, writing

app_name = "opportunities"
urlpatterns = [
    path("t/proposal/<str:token>/", answering.answer, name="answer"),
    path("proposals/", proposals.proposal_list, name="proposals"),
    path("proposals/new/", writing.proposal_add, name="proposal_add"),
    path("proposals/<int:pk>/", proposals.proposal_detail, name="proposal"),
    path("proposals/<int:pk>/edit/", writing.proposal_edit, name="proposal_edit"),
    path("proposals/<int:pk>/send/", proposals.proposal_send, name="proposal_send"),
    path("proposals/<int:pk>/round/", proposals.proposal_round, name="proposal_round"),
    path("proposals/<int:pk>/answer/", proposals.proposal_answer, name="proposal_answer"),
    path("proposals/<int:pk>/link/", proposals.proposal_link, name="proposal_link"),
    path("proposals/<int:pk>/withdraw/", proposals.proposal_withdraw, name="proposal_withdraw"),
    path("openings/", placing.opening_list, name="openings"),
    path("openings/new/", people.opening_add, name="opening_add"),
    path("openings/<int:pk>/", placing.opening_detail, name="opening"),
    path("openings/<int:pk>/edit/", people.opening_edit, name="opening_edit"),
    path("openings/<int:pk>/move/", placing.opening_move, name="opening_move"),
    path("openings/<int:pk>/place/", placing.placement_add, name="placement_add"),
    path("placements/", placing.placement_list, name="placements"),
    path("placements/<int:pk>/", placing.placement_detail, name="placement"),
    path("placements/<int:pk>/edit/", placing.placement_edit, name="placement_edit"),
    path("placements/<int:pk>/move/", placing.placement_move, name="placement_move"),
    path("placements/<int:pk>/end/", placing.placement_end, name="placement_end"),
    path("students/", people.student_list, name="students"),
    path("students/new/", people.student_add, name="student_add"),
    path("students/<int:pk>/", people.student_detail, name="student"),
    path("students/<int:pk>/edit/", people.student_edit, name="student_edit"),
]
