"""Settings, the site map and the doors for servers."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
