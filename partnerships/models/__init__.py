"""The organisations a school works with, their people, and what happened."""

from partnerships.models.contact import Contact
from partnerships.models.imports import ImportBatch, ImportRow
from partnerships.models.need import Need, NeedQuerySet, has_open_need
from partnerships.models.organisation import FAR_FUTURE, LONG_AGO, Organisation, OrganisationQuerySet
from partnerships.models.timeline import StatusChange, TimelineEvent, TimelineEventQuerySet

__all__ = [
    "FAR_FUTURE",
    "LONG_AGO",
    "Contact",
    "ImportBatch",
    "ImportRow",
    "Need",
    "NeedQuerySet",
    "Organisation",
    "OrganisationQuerySet",
    "StatusChange",
    "TimelineEvent",
    "TimelineEventQuerySet",
    "has_open_need",
]
