"""Goals under /goals/, their years under /goals/years/, programmes under /programmes/."""

from django.urls import path

from goals.views import assessment, goals, programmes, rollover, running, years

app_name = "goals"
urlpatterns = [
    path("goals/", years.board, name="board"),
    path("goals/years/new/", years.cycle_add, name="cycle_add"),
    path("goals/years/<int:pk>/edit/", years.cycle_edit, name="cycle_edit"),
    path("goals/years/<int:pk>/take-over/", rollover.cycle_take_over, name="cycle_take_over"),
    path("goals/years/<int:pk>/agree/", years.cycle_agree, name="cycle_agree"),
    path("goals/years/<int:pk>/start/", years.cycle_start, name="cycle_start"),
    path("goals/years/<int:pk>/close/", years.cycle_close, name="cycle_close"),
    path("goals/years/<int:pk>/assessment/", assessment.assessment, name="assessment"),
    path("goals/years/<int:pk>/assessment/strengths/", assessment.strengths, name="assessment_strengths"),
    path("goals/years/<int:pk>/assessment/figures/", assessment.figures, name="assessment_figures"),
    path("goals/years/<int:pk>/assessment/asked/", assessment.asked, name="assessment_asked"),
    path("goals/years/<int:pk>/assessment/goals/", assessment.goals, name="assessment_goals"),
    path("goals/years/<int:pk>/assessment/agree/", assessment.agree, name="assessment_agree"),
    path("goals/years/<int:pk>/assessment/summary/", assessment.summary, name="assessment_summary"),
    path("goals/wishes/<int:pk>/remove/", assessment.wish_remove, name="wish_remove"),
    path("goals/new/", goals.goal_add, name="add"),
    path("goals/<int:pk>/", goals.goal_detail, name="detail"),
    path("goals/<int:pk>/edit/", goals.goal_edit, name="edit"),
    path("goals/<int:pk>/target/", running.goal_target, name="target"),
    path("goals/<int:pk>/reading/", running.goal_reading, name="reading"),
    path("goals/<int:pk>/agree/", running.goal_agree, name="agree"),
    path("goals/<int:pk>/hold/", running.goal_hold, name="hold"),
    path("goals/<int:pk>/resume/", running.goal_resume, name="resume"),
    path("goals/<int:pk>/close/", running.goal_close, name="close"),
    path("goals/<int:pk>/drop/", running.goal_drop, name="drop"),
    path("programmes/", programmes.programme_list, name="programmes"),
    path("programmes/new/", programmes.programme_add, name="programme_add"),
    path("programmes/<int:pk>/", programmes.programme_detail, name="programme"),
    path("programmes/<int:pk>/edit/", programmes.programme_edit, name="programme_edit"),
]
