from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PropositionsConfig(AppConfig):
    name = "propositions"
    verbose_name = _("Value propositions")
