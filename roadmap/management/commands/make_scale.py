"""Fills the database with a large, made-up school, to measure pages and jobs against."""

from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from roadmap import registry
from roadmap.services import take_readings
from roadmap.slots import ScaleData


class Command(BaseCommand):
    help = "Make a school with this many organisations, the rest in proportion; always the same data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisations", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or settings.DEMO):
            raise CommandError("Made-up data is only for installations that run with DEMO or DEBUG set.")
        for part in registry.of(ScaleData):
            started = perf_counter()
            with transaction.atomic():
                part.make(options["organisations"])
            self.stdout.write(f"{part.key}: {perf_counter() - started:.1f} s")
        started = perf_counter()
        _analyse()
        take_readings(now=timezone.now())
        self.stdout.write(f"statistics and readings: {perf_counter() - started:.1f} s")


def _analyse() -> None:
    """Tell the planner what is there and finish the indexes, as autovacuum would a little later."""
    may_vacuum = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if may_vacuum else "ANALYZE")
