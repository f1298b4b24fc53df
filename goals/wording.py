"""Figures of goals in words."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import ngettext

from goals.enums import Unit
from ui.templatetags.ui import money, number

DECIMALS = {Unit.SCORE: 1}


def written(value: Decimal | None, unit: str, currency: str = "EUR") -> str:
    """Write a figure in its unit: “61”, “71%”, “4.4”, “12 days”, “€1,200”; a dash for none."""
    shown = number(value, decimals_of(unit))
    if value is None or unit in {Unit.COUNT, Unit.SCORE}:
        return shown
    if unit == Unit.PERCENT:
        return f"{shown}%"
    if unit == Unit.MONEY:
        return money(value.quantize(Decimal(1), ROUND_HALF_UP), currency)
    counted = int(value.to_integral_value(ROUND_HALF_UP))
    if unit == Unit.DAYS:
        return ngettext("%(n)s day", "%(n)s days", counted) % {"n": shown}
    return ngettext("%(n)s hour", "%(n)s hours", counted) % {"n": shown}


def decimals_of(unit: str) -> int:
    return DECIMALS.get(Unit(unit), 0)
