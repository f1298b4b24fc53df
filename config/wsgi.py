"""The door for web servers."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()

# What is loaded now stays for good. A collection that passed over it would stop some page for a tenth of a second.
import_module(settings.ROOT_URLCONF)
gc.freeze()
