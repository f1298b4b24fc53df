"""As production, on one machine: what a bench's server and its bench run with."""

from config.settings.test import *  # noqa: F403 - settings modules extend one another
from config.settings.test import DATABASES, MIDDLEWARE

ROOT_URLCONF = "tests.bench.urls"
WHITENOISE_AUTOREFRESH = False
MIDDLEWARE = [
    "tests.bench.capture.whole_request_middleware",
    *MIDDLEWARE,
    "tests.bench.capture.view_middleware",
]
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
