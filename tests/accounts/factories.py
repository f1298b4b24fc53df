"""The school and its people. A user is a coordinator who signs in with PASSWORD, unless a trait says otherwise."""

import datetime as dt

import factory
from django.utils import timezone

from accounts.enums import Role
from accounts.models import School, User

PASSWORD = "vale-bridge-lantern-9"


class SchoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = School
        django_get_or_create = ("pk",)

    pk = School.PK
    name = "Linden Vale Vocational College"
    short_name = "Linden Vale College"
    address = "2 Weir Road, Lindenvale"
    time_zone = "Europe/Vienna"
    currency = "EUR"
    document_prefix = "LV"
    sender_email = "tandem@lindenvale.example.org"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        viewer = factory.Trait(role=Role.VIEWER)
        coordinator = factory.Trait(role=Role.COORDINATOR)
        director = factory.Trait(role=Role.DIRECTOR)
        administrator = factory.Trait(role=Role.ADMINISTRATOR)
        deactivated = factory.Trait(is_active=False)
        invited = factory.Trait(
            password=None, invited_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1))
        )

    name = factory.Sequence(lambda n: f"Colleague {n}")
    email = factory.Sequence(lambda n: f"colleague{n}@lindenvale.example.org")
    role = Role.COORDINATOR
    password = PASSWORD

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return model_class.objects.create_user(fields.pop("email"), fields.pop("password"), **fields)
