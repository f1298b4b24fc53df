"""Fills an empty installation with the fictional school of the demo."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import School
from accounts.services import current_school
from roadmap.services import load_demo


def last_weekday(today: dt.date) -> dt.date:
    """Return today, or the Friday before a weekend."""
    return today - dt.timedelta(days=max(0, today.weekday() - 4))


class Command(BaseCommand):
    help = "Load the demo school. Running it again adds nothing twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--day", type=dt.date.fromisoformat, help="the day the demo calls today (default: the last weekday)"
        )
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is a school already")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or settings.DEMO):
            raise CommandError("The demo is only for installations that run with DEMO or DEBUG set.")
        if options["if_empty"] and School.objects.exists():
            self.stdout.write("There is a school already; nothing was loaded.")
            return
        day = options["day"] or last_weekday(current_school().today())
        load_demo(day=day)
        self.stdout.write(f"The demo school is ready; its day is {day:%A %d %B %Y}.")
