"""The embedded default: SQLite, no broker, mail kept on this machine, demo sign-ins."""

from django.core.management.utils import get_random_secret_key

from config.settings.base import *  # noqa: F403 - settings modules extend one another
from config.settings.base import DATA_DIR, env

DATA_DIR.mkdir(parents=True, exist_ok=True)


def _kept_secret() -> str:
    """Return this copy's secret, made on its first start and kept beside its data."""
    path = DATA_DIR / "secret-key"
    if not path.exists():
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = env("SECRET_KEY", default="") or _kept_secret()
DEMO = env.bool("DEMO", default=True)
SECOND_FACTOR_FOR_ADMINISTRATORS = False
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None  # nothing is collected
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
