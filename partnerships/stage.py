"""Stage 2, Research potential partners: what it contributes to the rest."""

from django.utils.translation import gettext_lazy as _

from partnerships import demo
from partnerships.slots import TimelineKind
from roadmap.slots import DemoData

slots = [
    TimelineKind("partnerships.added", _("Added"), "building-store", 2, "partnerships"),
    TimelineKind("partnerships.status", _("Status moved"), "arrow-right", 2, "partnerships"),
    TimelineKind("partnerships.owner", _("Owner changed"), "user-check", 2, "partnerships"),
    TimelineKind("partnerships.contact", _("Person added or changed"), "users", 2, "partnerships"),
    TimelineKind("partnerships.ban", _("Do not contact"), "ban", 2, "partnerships"),
    TimelineKind("partnerships.archived", _("Archived"), "history", 2, "partnerships"),
    DemoData("partnerships", demo.load),
]
