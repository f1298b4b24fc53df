"""A purpose of emailed links that only tests have."""

from typing import ClassVar

from django.db import models

from mailing.models import EmailedLink


class TrialLink(EmailedLink):
    url_name = "trial"

    thing = models.CharField(max_length=40)

    class Meta:
        app_label = "tests_mailing"
        constraints: ClassVar = []


class OtherLink(EmailedLink):
    """A second purpose, for which no new link can be asked."""

    url_name = "other"

    thing = models.CharField(max_length=40)

    class Meta:
        app_label = "tests_mailing"
