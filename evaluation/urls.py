"""Feedback: answered at /t/feedback/…, asked and read under /feedback/."""

from django.urls import path

from evaluation.views import answers, public, waves
from evaluation.views import questionnaires as forms

app_name = "evaluation"
urlpatterns = [
    path("t/feedback/<str:token>/", public.answer, name="answer"),
    path("feedback/", waves.wave_list, name="list"),
    path("feedback/ask/", waves.wave_add, name="wave_add"),
    path("feedback/<int:pk>/", waves.wave_detail, name="wave"),
    path("feedback/<int:pk>/change/", waves.wave_change, name="wave_change"),
    path("feedback/<int:pk>/people/", waves.wave_people, name="wave_people"),
    path("feedback/<int:pk>/open/", waves.wave_open, name="wave_open"),
    path("feedback/<int:pk>/remind/", waves.wave_remind, name="wave_remind"),
    path("feedback/<int:pk>/close/", waves.wave_close, name="wave_close"),
    path("feedback/<int:pk>/reopen/", waves.wave_reopen, name="wave_reopen"),
    path("feedback/<int:pk>/results/", waves.wave_results, name="wave_results"),
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
]
