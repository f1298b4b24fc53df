"""The site map. Public pages of emailed links live under /t/<purpose>/<token>/."""

from django.urls import include, path

from accounts.admin import site
from accounts.urls import own_account_urls, sign_in_urls
from mailing.urls import public_urls as mail_urls
from outreach.urls import public_urls as contact_urls

urlpatterns = [
    path("", include("roadmap.urls")),
    path("", include("goals.urls")),
    path("", include("partnerships.urls")),
    path("", include("propositions.urls")),
    path("outreach/", include("outreach.urls")),
    path("", include((contact_urls, "contact"))),
    path("", include("opportunities.urls")),
    path("", include("pilots.urls")),
    path("", include("agreements.urls")),
    path("", include("evaluation.urls")),
    path("outbox/", include("mailing.urls")),
    path("", include((mail_urls, "mail"))),
    path("jobs/", include("jobs.urls")),
    path("ui/", include("ui.urls")),
    path("", include("accounts.urls")),
    path("", include(sign_in_urls)),
    path("", include(own_account_urls)),
    path("admin/", site.urls),
]
