"""Signing in and out, one's own account, the school's logo.

Of django-allauth only the pages named here exist: nobody signs up, and an address is changed by an administrator.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as app_codes
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("settings/", views.preferences, name="settings"),
    path("logo/", views.logo, name="logo"),
    path("sign-in/demo/<str:role>/", views.demo_sign_in, name="demo_sign_in"),
]

# Names without a namespace: django-allauth looks them up.
sign_in_urls = [
    path("sign-in/", views.SignInView.as_view(), name="account_login"),
    path("sign-in/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/forgotten/", account.password_reset, name="account_reset_password"),
    path("sign-in/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("sign-in/password/set/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^sign-in/password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("sign-out/", account.logout, name="account_logout"),
]
own_account_urls = [
    path("settings/password/", views.password, name="account_change_password"),
    path("settings/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("settings/second-factor/", second_factor.index, name="mfa_index"),
    path("settings/second-factor/app/", app_codes.activate_totp, name="mfa_activate_totp"),
    path("settings/second-factor/app/off/", app_codes.deactivate_totp, name="mfa_deactivate_totp"),
    path("settings/second-factor/codes/", spare_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("settings/second-factor/codes/new/", spare_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("settings/second-factor/codes/file/", spare_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
