from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("Work in the background")

    def ready(self) -> None:
        # The kinds of jobs are declared beside the tasks; web processes need them too.
        autodiscover_modules("tasks")
