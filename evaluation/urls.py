"""Feedback: answered at /t/feedback/… and its like; asked, read, learned from and acted on under /feedback/."""

from django.urls import path

from evaluation.views import answers, audience, changes, findings, public, results, students, waves
from evaluation.views import questionnaires as forms

app_name = "evaluation"
urlpatterns = [
    path("t/feedback/<str:token>/", public.answer, name="answer"),
    path("t/student/<str:token>/", students.answer_student, name="answer_student"),
    path("t/class/<str:token>/", students.answer_class, name="answer_class"),
    path("feedback/", waves.wave_list, name="list"),
    path("feedback/ask/", waves.wave_add, name="wave_add"),
    path("feedback/<int:pk>/", waves.wave_detail, name="wave"),
    path("feedback/<int:pk>/change/", waves.wave_change, name="wave_change"),
    path("feedback/<int:pk>/people/", waves.wave_people, name="wave_people"),
    path("feedback/<int:pk>/open/", waves.wave_open, name="wave_open"),
    path("feedback/<int:pk>/remind/", waves.wave_remind, name="wave_remind"),
    path("feedback/<int:pk>/close/", waves.wave_close, name="wave_close"),
    path("feedback/<int:pk>/reopen/", waves.wave_reopen, name="wave_reopen"),
    path("feedback/<int:pk>/results/", results.wave_results, name="wave_results"),
    path("feedback/<int:pk>/results/safety-seen/", results.safety_seen, name="safety_seen"),
    path("feedback/<int:pk>/students/", audience.wave_students, name="wave_students"),
    path("feedback/<int:pk>/sheet/", audience.wave_sheet, name="wave_sheet"),
    path("feedback/students/<int:pk>/remove/", audience.student_remove, name="student_remove"),
    path("feedback/people/<int:pk>/remove/", waves.person_remove, name="person_remove"),
    path("feedback/answers/", answers.answer_list, name="answers"),
    path("feedback/answers/<int:pk>/", answers.response_detail, name="response"),
    path("feedback/answers/<int:pk>/read/", answers.response_read, name="response_read"),
    path("feedback/questionnaires/", forms.questionnaire_list, name="questionnaires"),
    path("feedback/questionnaires/add/", forms.questionnaire_add, name="questionnaire_add"),
    path("feedback/questionnaires/<int:pk>/", forms.questionnaire_detail, name="questionnaire"),
    path("feedback/questionnaires/<int:pk>/change/", forms.questionnaire_change, name="questionnaire_change"),
    path("feedback/questionnaires/<int:pk>/copy/", forms.questionnaire_copy, name="questionnaire_copy"),
    path("feedback/questionnaires/<int:pk>/archive/", forms.questionnaire_archive, name="questionnaire_archive"),
    path("feedback/questionnaires/undo/<str:signed>/", forms.questionnaire_restore, name="questionnaire_restore"),
    path("feedback/findings/", findings.finding_list, name="findings"),
    path("feedback/findings/add/", findings.finding_add, name="finding_add"),
    path("feedback/findings/<int:pk>/", findings.finding_detail, name="finding"),
    path("feedback/findings/<int:pk>/change/", findings.finding_change, name="finding_change"),
    path("feedback/findings/<int:pk>/accept/", findings.finding_accept, name="finding_accept"),
    path("feedback/findings/<int:pk>/decline/", findings.finding_decline, name="finding_decline"),
    path("feedback/findings/<int:pk>/reopen/", findings.finding_reopen, name="finding_reopen"),
    path("feedback/changes/", changes.change_board, name="changes"),
    path("feedback/changes/list/", changes.change_list, name="change_list"),
    path("feedback/changes/add/", changes.change_add, name="change_add"),
    path("feedback/changes/<int:pk>/", changes.change_detail, name="change"),
    path("feedback/changes/<int:pk>/edit/", changes.change_edit, name="change_edit"),
    path("feedback/changes/<int:pk>/step/<str:to>/", changes.change_step, name="change_step"),
]
