"""The test suite: as production in all that matters, quick where it does not."""

from config.settings.base import *  # noqa: F403 - settings modules extend one another
from config.settings.base import DATA_DIR, DATABASES, env

SECRET_KEY = "only-for-tests"  # noqa: S105 - nothing real is signed with it
SITE_URL = env("SITE_URL", default="https://tandem.example.org")
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost", "tandem.example.org"]
DEMO = True
TIME_ZONE = "Europe/Vienna"  # of the tests' school: “today” is one day in a test and in the pages it opens
SECOND_FACTOR_FOR_ADMINISTRATORS = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # every test client would else look through all files of the style first
STATIC_ROOT = None  # nothing is collected
MEDIA_ROOT = DATA_DIR / "test-media"
DATABASES["default"]["CONN_MAX_AGE"] = 0
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default=None)  # tasks are run by the tests that mean to
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
