"""Organisations, their people and their past. Traits name the circumstances that tests care about."""

import datetime as dt

import factory
from django.utils import timezone

from partnerships.enums import EndedReason, NeedKind, NeedStatus, SizeBand, Status
from partnerships.models import Contact, Need, Organisation, StatusChange, TimelineEvent


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    class Params:
        contacted = factory.Trait(status=Status.CONTACTED)
        partner = factory.Trait(status=Status.PARTNER)
        paused = factory.Trait(
            status=Status.PAUSED, revisit_on=factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=90))
        )
        ended = factory.Trait(status=Status.ENDED, ended_reason=EndedReason.NO_CAPACITY)
        archived = factory.Trait(archived_at=factory.LazyFunction(timezone.now))
        banned = factory.Trait(do_not_contact=True, do_not_contact_reason="They asked us to stop writing")

    name = factory.Sequence(lambda n: f"Firm {n:04}")
    nace_section = "C"
    nace_division = "25"
    trade = "Metal fabrication"
    size_band = SizeBand.SMALL
    town = "Lindenvale"
    website = factory.Sequence(lambda n: f"https://firm{n:04}.example.org")
    email = factory.Sequence(lambda n: f"info@firm{n:04}.example.org")


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact
        skip_postgeneration_save = True

    class Params:
        archived = factory.Trait(archived_at=factory.LazyFunction(timezone.now))
        main = factory.Trait(is_primary=True)

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Person {n:04}")
    job_title = "Training lead"
    email = factory.Sequence(lambda n: f"person{n:04}@example.org")
    phone = factory.Sequence(lambda n: f"000 555 {n:04}")


class TimelineEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TimelineEvent
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    kind = "partnerships.added"
    title = factory.Sequence(lambda n: f"Event {n:04}")
    at = factory.LazyFunction(timezone.now)


class StatusChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StatusChange
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    status = Status.PROSPECT
    at = factory.LazyFunction(timezone.now)


class NeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Need
        skip_postgeneration_save = True

    class Params:
        matched = factory.Trait(status=NeedStatus.MATCHED)
        addressed = factory.Trait(status=NeedStatus.ADDRESSED)
        expired = factory.Trait(status=NeedStatus.EXPIRED)

    organisation = factory.SubFactory(OrganisationFactory)
    kind = NeedKind.RECRUITMENT
    title = factory.Sequence(lambda n: f"Need {n:04}")
    stated_on = factory.LazyFunction(timezone.localdate)
