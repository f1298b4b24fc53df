"""The site map. Public pages of emailed links live under /t/<purpose>/<token>/."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from mailing.urls import public_urls as mail_urls

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", include("roadmap.urls")),
    path("", include("partnerships.urls")),
    path("outreach/", include("outreach.urls")),
    path("agreements/", include("agreements.urls")),
    path("feedback/", include("evaluation.urls")),
    path("outbox/", include("mailing.urls")),
    path("", include((mail_urls, "mail"))),
    path("jobs/", include("jobs.urls")),
    path("ui/", include("ui.urls")),
    path("settings/", include("accounts.urls")),
    path("sign-in/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
