"""The pages that belong to no single stage, and what the apps below the registry have to offer."""

from django.utils.translation import gettext_lazy as _

from accounts import demo as people
from roadmap.slots import DemoData, NavGroup, Page
from roadmap.today import due_count

slots = [
    Page(
        _("Today"),
        "roadmap:today",
        "sun",
        NavGroup.TOP,
        order=0,
        phone=True,
        count=due_count,
        counts=_("due"),
        urgent=True,
        letter="t",
    ),
    Page(_("Roadmap"), "roadmap:journey", "route", NavGroup.TOP, order=30, phone=True, letter="r"),
    Page(_("Settings"), "accounts:settings", "settings", NavGroup.BOTTOM, order=90),
    DemoData("accounts", people.load),
]
