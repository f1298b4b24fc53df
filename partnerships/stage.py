"""Stage 2, Research potential partners: what it contributes to the rest."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import School, User
from accounts.rules import can_edit
from partnerships import demo, demo_needs, finding, metrics, scale, scale_needs
from partnerships.assessing import NEEDS
from partnerships.beginning import has_no_partners
from partnerships.models import Organisation
from partnerships.nace import SECTIONS
from partnerships.slots import PartnerPanel, TimelineKind
from partnerships.tile import TILE
from partnerships.views.needs import needs_panel
from roadmap.counts import CAP
from roadmap.scope import Narrowing
from roadmap.slots import (
    Action,
    DemoData,
    DueItem,
    DueSource,
    FirstUse,
    Metric,
    NavGroup,
    Page,
    ScaleData,
    SearchSource,
    Stage,
)

STAGE = 2
GROUP = "partnerships"


def _how_many(user: User) -> int:
    return Organisation.objects.on_file().order_by()[: CAP + 1].count()


def _first_use(user: User, _school: School) -> dict[str, Any]:
    return {"can_edit": can_edit(user)}


def _to_revisit(user: User, school: School, until: dt.date, limit: int) -> list[DueItem]:
    """Relationships that were paused until a day that has come."""
    rows = Organisation.objects.to_revisit(until).owned_by(user).order_by("revisit_on", "pk")[:limit]
    return [
        DueItem(str(_("Look again: the pause is over")), row.get_absolute_url(), row.revisit_on, row.name)
        for row in rows
        if row.revisit_on
    ]


slots = [
    Narrowing(
        key="sector",
        label=_("Sector"),
        choices=lambda: list(SECTIONS.items()),
        name=lambda value: SECTIONS.get(value, ""),
        gone=_("The sector that this figure was narrowed to is gone."),
    ),
    Narrowing(
        key="region",
        label=_("Town"),
        choices=metrics.towns,
        name=metrics.town_name,
        gone=_("No partner is in the town that this figure was narrowed to."),
    ),
    Stage(
        number=STAGE,
        title=_("Research potential partners"),
        question=_("Who could we work with?"),
        icon="building-store",
        short=_("Partner research"),
        help_template="partnerships/help.html",
        pages=(
            Page(
                _("Partners"),
                "partnerships:list",
                "building-store",
                NavGroup.PREPARE,
                order=30,
                stage=STAGE,
                phone=True,
                count=_how_many,
                counts=_("organisations"),
                letter="p",
            ),
            Page(
                _("Pipeline"),
                "partnerships:board",
                "layout-kanban",
                NavGroup.PREPARE,
                order=40,
                phone=True,
                letter="b",
            ),
            Page(_("Needs"), "partnerships:needs", "message-question", NavGroup.PREPARE, order=45, stage=STAGE),
        ),
    ),
    TimelineKind("partnerships.added", _("Added"), "building-store", STAGE, GROUP),
    TimelineKind("partnerships.imported", _("Filled in from an import"), "upload", STAGE, GROUP),
    TimelineKind("partnerships.status", _("Status moved"), "arrow-right", STAGE, GROUP),
    TimelineKind("partnerships.owner", _("Owner changed"), "user-check", STAGE, GROUP),
    TimelineKind("partnerships.contact", _("Person added or changed"), "users", STAGE, GROUP),
    TimelineKind("partnerships.need", _("What they need"), "bulb", STAGE, GROUP),
    TimelineKind("partnerships.ban", _("Do not contact"), "ban", STAGE, GROUP),
    TimelineKind("partnerships.archived", _("Archived"), "history", STAGE, GROUP),
    PartnerPanel("partnerships.needs", "partnerships/needs_panel.html", "left", needs_panel),
    SearchSource("organisations", _("Partners"), finding.find_organisations, finding.all_organisations),
    SearchSource("people", _("People"), finding.find_people),
    DueSource("partnerships.revisit", _("Look at again"), _to_revisit),
    Action(_("Add a partner"), "partnerships:add", "building-store", can_edit),
    Action(_("Import partners"), "partnerships:import", "upload", can_edit),
    FirstUse("partnerships.first", has_no_partners, "partnerships/_first_use.html", _first_use),
    TILE,
    Metric(
        key="prospects",
        label=_("Prospects"),
        definition=_("Organisations on file whose status is Prospect: found, but not contacted yet."),
        unit="count",
        stage=STAGE,
        records=metrics.prospects,
        records_url="/partners/?status=prospect",
    ),
    Metric(
        key="prospects_known",
        label=_("Prospects whose need is known"),
        definition=_("Prospects with at least one open need written down."),
        unit="count",
        stage=STAGE,
        records=metrics.prospects_known,
        records_url="/partners/?needs=on&status=prospect",
    ),
    Metric(
        key="prospects_unknown",
        label=_("Prospects nobody has looked into"),
        definition=_("Prospects without an open need: nobody has written down what they are short of."),
        unit="count",
        stage=STAGE,
        records=metrics.prospects_unknown,
        records_url="/partners/?status=prospect&unasked=on",
    ),
    Metric(
        key="partners_active",
        label=_("Active partners"),
        definition=_("Organisations whose status is Partner, or whose agreement is in force today."),
        unit="count",
        stage=STAGE,
        records=metrics.active_partners,
        records_url="/partners/?active=on",
        order=10,
    ),
    Metric(
        key="orgs_contacted",
        label=_("Organisations in touch"),
        definition=_("Organisations that we called, wrote to or met, or heard from, in the last 365 days."),
        unit="count",
        stage=STAGE,
        records=metrics.contacted_organisations,
        records_url="/partners/?quiet=last_365",
    ),
    Metric(
        key="needs_open",
        label=_("Open needs"),
        definition=_(
            "Needs of firms that are open: nobody has made an offer for them, and they were stated within a year."
        ),
        unit="count",
        stage=STAGE,
        records=metrics.open_needs,
        records_url="/needs/",
    ),
    NEEDS,
    DemoData("partnerships", demo.load),
    DemoData("partnerships.needs", demo_needs.load),
    ScaleData("partnerships", scale.make),
    ScaleData("partnerships.needs", scale_needs.make),
]
