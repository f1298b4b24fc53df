"""Stage 2, Research potential partners: what it contributes to the rest."""

from django.utils.translation import gettext_lazy as _

from partnerships.slots import TimelineKind

slots = [
    TimelineKind("partnerships.added", _("Added"), "building-store", 2, "partnerships"),
    TimelineKind("partnerships.status", _("Status moved"), "arrow-right", 2, "partnerships"),
]
