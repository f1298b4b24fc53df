"""The database brought up to date and, where it is new, filled with the demo school: one start of Django, not two."""

import django
from django.conf import settings
from django.core.management import call_command


def prepare() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    if settings.DEMO:
        call_command("load_demo", if_empty=True)


if __name__ == "__main__":
    django.setup()
    prepare()
