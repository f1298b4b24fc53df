"""Imports as they stand after a test run, without the file being read."""

from typing import Any

import factory
from django.core.files.base import ContentFile

from partnerships.enums import Fate, ImportStatus
from partnerships.models import ImportBatch, ImportRow


class ImportBatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportBatch
        skip_postgeneration_save = True

    original_name = "members.csv"
    file = factory.LazyFunction(lambda: ContentFile(b"Company,Town\nAlder Glass,Eastmoor\n", name="members"))
    status = ImportStatus.CHECKED
    encoding = "utf-8"
    columns = factory.LazyFunction(lambda: [column("Company", "Alder Glass"), column("Town", "Eastmoor")])
    mapping = factory.LazyFunction(lambda: ["name", "town"])
    row_count = 1
    counts = factory.LazyFunction(lambda: {fate.value: int(fate == Fate.NEW) for fate in Fate})


class ImportRowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportRow

    batch = factory.SubFactory(ImportBatchFactory)
    number = factory.Sequence(lambda n: n + 2)
    name = "Alder Glass"
    cells = factory.LazyFunction(lambda: ["Alder Glass", "Eastmoor"])
    fate = Fate.NEW


def column(heading: str, examples: str) -> dict[str, Any]:
    return {"heading": heading, "examples": examples, "look": "", "filled": 1}
