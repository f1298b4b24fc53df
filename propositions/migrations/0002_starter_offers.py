"""Offers to begin with, so that a proposal can be written on the first day."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from propositions.starters import FIELDS, OFFERS


def make(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    OfferType = apps.get_model("propositions", "OfferType")  # noqa: N806 - a model
    OfferType.objects.bulk_create(OfferType(**dict(zip(FIELDS, offer, strict=True))) for offer in OFFERS)


def unmake(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    keys = [offer[0] for offer in OFFERS]
    apps.get_model("propositions", "OfferType").objects.filter(key__in=keys, created_by=None).delete()


class Migration(migrations.Migration):
    dependencies = [("propositions", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
