"""Agreements: kept under /agreements/, signed at /t/sign/…, handed out at /t/copy/…."""

from django.urls import path

from agreements.views import drafting, lifecycle, signing

app_name = "agreements"
urlpatterns = [
    path("t/sign/<str:token>/", signing.sign, name="sign"),
    path("t/sign/<str:token>/change/", signing.decline, name="decline"),
    path("t/sign/<str:token>/document/", signing.sign_document, name="sign_document"),
    path("t/copy/<str:token>/", signing.copy, name="copy"),
    path("agreements/", lifecycle.agreement_list, name="list"),
    path("agreements/new/", drafting.agreement_add, name="add"),
    path("agreements/<int:pk>/", lifecycle.agreement_detail, name="detail"),
    path("agreements/<int:pk>/edit/", drafting.agreement_edit, name="edit"),
    path("agreements/<int:pk>/pdf/", lifecycle.agreement_pdf, name="pdf"),
    path("agreements/<int:pk>/send/", lifecycle.agreement_send, name="send"),
    path("agreements/<int:pk>/remind/", lifecycle.agreement_remind, name="remind"),
    path("agreements/<int:pk>/withdraw/", lifecycle.agreement_withdraw, name="withdraw"),
    path("agreements/<int:pk>/reopen/", lifecycle.agreement_reopen, name="reopen"),
    path("agreements/signatories/<int:pk>/link/", lifecycle.signatory_link, name="link"),
    path("agreements/signatories/<int:pk>/sign/", signing.sign_signed_in, name="sign_here"),
    path("agreements/documents/<int:pk>/", lifecycle.document_file, name="document"),
    path("agreements/documents/<int:pk>/first-page/", lifecycle.document_first_page, name="first_page"),
    path("agreements/documents/<int:pk>/retry/", lifecycle.document_retry, name="retry"),
]
