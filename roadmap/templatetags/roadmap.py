"""Tags for figures and for what a search found."""

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import School
from roadmap.search import marked
from roadmap.slots import Metric
from ui.templatetags.ui import NO_VALUE, money

register = template.Library()


@register.simple_tag
def figure(value: Decimal | None, metric: Metric, school: School | None = None) -> SafeString | str:
    """Write a figure in its unit, “–” where nothing can be said; what follows the number is smaller."""
    if value is None:
        return NO_VALUE
    if metric.unit == "money":
        return money(value, school.currency) if school else money(value)
    if metric.unit == "percent":
        return f"{_plain(value, 0)}%"
    if metric.unit == "score":
        return format_html(
            "{} <small>{}</small>", _plain(value, 1), _("of %(most)s") % {"most": _plain(metric.out_of or 0, 0)}
        )
    if metric.unit == "days":
        return format_html("{} <small>{}</small>", _plain(value, 0), _("days"))
    return _plain(value, 0)


@register.simple_tag
def short_figure(value: Decimal | None, metric: Metric, school: School | None = None) -> SafeString | str:
    """Write a figure without the words of its unit, for where its label says them."""
    if value is not None and metric.unit in {"score", "days"}:
        return _plain(value, 1 if metric.unit == "score" else 0)
    return figure(value, metric, school)


@register.simple_tag
def figure_url(metric: Metric) -> str:
    """Return the list of the records that a figure counts; its own page where no list shows them."""
    return metric.records_url or reverse("roadmap:metric", args=[metric.key])


def _plain(value: Decimal | int, decimals: int) -> str:
    return number_format(value, decimals, use_l10n=True, force_grouping=True)


@register.simple_tag
def figure_share(value: Decimal | None, metric: Metric) -> int | None:
    """Return how full a bar for this figure is, in percent; None where the figure has no whole."""
    whole = Decimal(100) if metric.unit == "percent" else metric.out_of
    return None if value is None or not whole else round(100 * value / whole)


@register.simple_tag
def mark(text: str, words: Iterable[str]) -> SafeString:
    """Write text with what was searched for marked, whatever its case and accents."""
    pieces = (format_html("<mark>{}</mark>", piece) if hit else piece for piece, hit in marked(str(text), words))
    return format_html_join("", "{}", ((piece,) for piece in pieces))
