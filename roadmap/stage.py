"""The pages that belong to no single stage, and what the apps below the registry have to offer."""

from django.utils.translation import gettext_lazy as _

from accounts import demo as people
from roadmap.slots import DemoData, NavGroup, Page

slots = [
    Page(_("Today"), "roadmap:today", "sun", NavGroup.TOP, order=0, phone=True, letter="t"),
    DemoData("accounts", people.load),
]
