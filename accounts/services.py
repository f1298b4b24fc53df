"""What happens to the school and its people."""

from django.db import IntegrityError, transaction

from accounts.models import NumberSeries, School


def current_school() -> School:
    """Return the school; an installation that has not been set up yet gets an empty one, unsaved."""
    return School.objects.filter(pk=School.PK).first() or School(pk=School.PK, name="")


@transaction.atomic
def next_number(*, key: str, year: int, prefix: str) -> str:
    """Return the next document number of a series, such as `LV-MOU-2026-018`; gaps never occur."""
    try:
        with transaction.atomic():
            NumberSeries.objects.get_or_create(key=key, year=year)
    except IntegrityError:  # two at once made the first number of the year
        pass
    series = NumberSeries.objects.select_for_update().get(key=key, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{prefix}-{year}-{series.last:03d}"
