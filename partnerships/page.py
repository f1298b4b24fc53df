"""A partner's page put together: where the relationship stands, its people, and what the stages add."""

import datetime as dt
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.looks import once
from accounts.models import School, User
from accounts.rules import can_edit
from partnerships.enums import WAY, Kind, Status
from partnerships.matching import domain_of
from partnerships.models import Contact, Organisation
from partnerships.models.phones import dialled
from partnerships.slots import PartnerAct, PartnerComposer, PartnerPanel
from roadmap import registry
from roadmap.slots import Words

Step = tuple[Words, str, str]
Fact = tuple[Words, object, str]


@dataclass(frozen=True)
class Shown:
    """A slot's template with what it needs."""

    key: str
    template: str
    context: dict[str, Any]


@dataclass(frozen=True)
class Composer:
    """The tabs in front of a partner's timeline, and the form of the one that is open."""

    tabs: list[PartnerComposer]
    current: Shown


@dataclass(frozen=True)
class Act:
    label: Words
    icon: str
    url: str


def panels_of(organisation: Organisation, user: User, school: School) -> dict[str, list[Shown]]:
    """Return what the stages show, by column; each costs a constant number of queries."""
    made: dict[str, list[Shown]] = {"left": [], "centre": [], "right": []}
    for panel in registry.of(PartnerPanel):
        context = panel.context(organisation, user, school)
        if context is not None:
            made[panel.column].append(Shown(panel.key, panel.template, context))
    return made


def composer_of(organisation: Organisation, user: User, school: School, tab: str) -> Composer | None:
    """Return the composer with the tab asked for, else the first one, in front; nothing for those who only read."""
    tabs = sorted(registry.of(PartnerComposer), key=attrgetter("order"))
    if not tabs or not can_edit(user) or organisation.is_archived:
        return None
    front = next((composer for composer in tabs if composer.key == tab), tabs[0])
    return Composer(tabs, Shown(front.key, front.template, front.context(organisation, user, school)))


def acts_of(organisation: Organisation, user: User) -> list[Act]:
    """Return what the stages offer to do with this partner."""
    if organisation.is_archived:
        return []
    offered = [act for act in registry.of(PartnerAct) if act.shown_to(user, organisation)]
    return [Act(act.label, act.icon, _url_of(act, organisation)) for act in offered]


def _url_of(act: PartnerAct, organisation: Organisation) -> str:
    try:
        return reverse(act.url_name, args=[organisation.pk])
    except NoReverseMatch:
        return f"{reverse(act.url_name)}?partner={organisation.pk}"


def facts_of(organisation: Organisation) -> list[Fact]:
    """Return what is known of the firm, each with the address it leads to, if it leads anywhere."""
    found: list[Fact] = [
        (_("Legal name"), organisation.legal_name if organisation.legal_name != organisation.name else "", ""),
        (_("Kind"), organisation.get_kind_display() if organisation.kind != Kind.BUSINESS else "", ""),
        (_("Staff"), organisation.get_size_band_display(), ""),
        (_("Sector"), organisation.sector, ""),
        (_("Found through"), organisation.source_detail or organisation.get_source_display(), ""),
        (_("Hosts up to"), _students(organisation.capacity), ""),
        (_("Website"), domain_of(organisation.website) or organisation.website, organisation.website),
        (_("E-mail"), organisation.email, f"mailto:{organisation.email}"),
        (_("Phone"), organisation.phone, f"tel:{dialled(organisation.phone)}"),
        (_("Registered as"), organisation.registration_number, ""),
    ]
    return [fact for fact in found if fact[1]]


def _students(capacity: int | None) -> str:
    if capacity is None:
        return ""
    return ngettext("%(n)s student at once", "%(n)s students at once", capacity) % {"n": capacity}


def steps_of(organisation: Organisation) -> list[Step]:
    """Return the way of the relationship, for the stepper: when each status was reached last. One query."""
    reached = {
        Status(status): timezone.localdate(at)
        for status, at in organisation.status_changes.order_by("at", "id").values_list("status", "at")
    }
    here = Status(organisation.status)
    reached.setdefault(here, timezone.localdate(organisation.status_since))
    furthest = here if here in WAY else max((s for s in reached if s in WAY), key=WAY.index, default=None)
    place = -1 if furthest is None else WAY.index(furthest)
    return [
        (status.label, _day(reached.get(status)), _state(status, here)) if at <= place else (status.label, "", "todo")
        for at, status in enumerate(WAY)
    ]


def _state(status: Status, here: Status) -> str:
    return "current" if status == here else "done"


def _day(day: dt.date | None) -> str:
    if day is None:
        return ""
    return format_date(day, "j M" if day.year == timezone.localdate().year else "j M Y")


def step_number(organisation: Organisation) -> str:
    """Say how far the relationship is, for a phone: “Step 5 of 6”."""
    status = Status(organisation.status)
    if status not in WAY:
        return ""
    return _("Step %(step)s of %(steps)s") % {"step": WAY.index(status) + 1, "steps": len(WAY)}


def people_of(organisation: Organisation) -> list[Contact]:
    """Return the partner's people; the page's card and its composer both ask."""
    found = organisation.contacts.here().in_order()
    return once(("partnerships.people", organisation.pk), lambda: list(found))
