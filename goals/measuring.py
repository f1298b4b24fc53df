"""The part of a goal's form that says how it is measured."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.services import current_school
from goals.enums import Direction, MeasureSource, Unit
from goals.models import Measure
from goals.wording import decimals_of, written
from roadmap import registry
from roadmap.figures import current
from roadmap.models import MetricReading
from roadmap.slots import Metric, Stage, Words
from ui.layout import Choices, Group, Span, described

OWN_STAGE = 1
SAME = _("The target is the same as the start, so there is no way to go. Choose another one, or “Stay where it is”.")
BACKWARDS = _("The target lies behind the start. Choose another one, or the other direction.")
SHARE = _("A percentage lies between 0 and 100.")


def offered_metrics() -> list[Metric]:
    """Return the figures that a goal may follow, in the order of the stages; those about goals themselves are not."""
    return sorted((m for m in registry.of(Metric) if m.stage != OWN_STAGE), key=lambda m: (m.stage, m.order))


def metric_choices() -> list[tuple[Words, list[tuple[str, str]]]]:
    """Return the figures as choices under their stages, each with its last reading. Two queries."""
    metrics = offered_metrics()
    readings = MetricReading.objects.latest_of([(metric.key, "") for metric in metrics], current_school().today())
    read = {key: reading.value for (key, _scope), reading in readings.items()}
    titles = {stage.number: stage.title for stage in registry.of(Stage)}
    return [
        (titles.get(number, ""), [(metric.key, _choice(metric, read.get(metric.key))) for metric in of_stage])
        for number, of_stage in groupby(metrics, key=lambda metric: metric.stage)
    ]


def _choice(metric: Metric, value: Decimal | None) -> str:
    now = written(value, unit_of(metric))
    return _g("%(figure)s (%(unit)s, now %(now)s)") % {
        "figure": metric.label,
        "unit": Unit(unit_of(metric)).label.lower(),
        "now": now,
    }


def unit_of(metric: Metric) -> str:
    return metric.unit if metric.unit in Unit.values else Unit.COUNT


class MeasureFields(forms.Form):
    """Where a goal's figure comes from, where it starts and where it should go."""

    source = forms.ChoiceField(
        label=_("Where does the figure come from?"),
        choices=[
            (
                MeasureSource.LIVE,
                described(MeasureSource.LIVE.label, _("It is always up to date, and opens what counts.")),
            ),
            (MeasureSource.MANUAL, described(MeasureSource.MANUAL.label, _("For what Tandem does not know."))),
        ],
        widget=forms.RadioSelect,
        initial=MeasureSource.LIVE,
    )
    metric_key = forms.ChoiceField(label=_("Figure that Tandem counts"), required=False)
    label = forms.CharField(
        label=_("What is noted by hand"),
        max_length=120,
        required=False,
        help_text=_("Such as “Leavers in work after six months”."),
    )
    unit = forms.ChoiceField(label=_("Its unit"), choices=[("", _("Choose a unit")), *Unit.choices], required=False)
    direction = forms.ChoiceField(
        label=_("Which way?"), choices=Direction.choices, widget=forms.RadioSelect, initial=Direction.INCREASE
    )
    baseline = forms.DecimalField(
        label=_("Start"),
        max_digits=14,
        decimal_places=2,
        required=False,
        help_text=_("Left empty, a figure that Tandem counts starts from what it is now."),
    )
    target = forms.DecimalField(label=_("Target"), max_digits=14, decimal_places=2, required=False)
    tolerance = forms.DecimalField(
        label=_("May differ by"),
        max_digits=14,
        decimal_places=2,
        min_value=Decimal(0),
        required=False,
        help_text=_("Only for a figure that stays where it is."),
    )

    def offer_figures(self) -> None:
        """Offer the figures there are, as they were last read."""
        fields: dict[str, Any] = self.fields
        fields["metric_key"].choices = [("", _("Choose a figure")), *metric_choices()]

    @staticmethod
    def initial_of(measure: Measure) -> dict[str, Any]:
        """Return what the fields show of a measure."""
        plain = Decimal(1).scaleb(-decimals_of(measure.unit))
        names = ("source", "metric_key", "label", "unit", "direction")
        figures = {name: getattr(measure, name) for name in ("baseline", "target", "tolerance")}
        shown = {
            name: value.quantize(plain) if value == value.quantize(plain) else value for name, value in figures.items()
        }
        return {name: getattr(measure, name) for name in names} | shown

    def measured(self) -> list[Any]:
        return [
            Group(
                _("How it is measured"),
                Choices("source", "stack"),
                Span("metric_key", 6),
                Span("label", 4),
                Span("unit", 2),
                hint=_("One figure decides. Choose one that Tandem counts where there is one."),
            ),
            Group(
                _("From where to where"),
                Choices("direction", "inline"),
                Span("baseline", 2),
                Span("target", 2),
                Span("tolerance", 2),
                Span("starts_on", 3),
                Span("due_on", 3),
            ),
        ]

    def clean_measure(self, data: dict[str, Any]) -> None:
        if data.get("source") == MeasureSource.LIVE:
            self._clean_live(data)
        else:
            self._clean_by_hand(data)
        data["tolerance"] = data.get("tolerance") or Decimal(0)
        if not self.errors.keys() & {"baseline", "target", "direction", "metric_key"}:
            self._clean_way(data)
        if data.get("unit") == Unit.PERCENT:
            self._need_shares(data)

    def _clean_live(self, data: dict[str, Any]) -> None:
        metric = next((m for m in offered_metrics() if m.key == data.get("metric_key")), None)
        if metric is None:
            if "metric_key" not in self.errors:
                self.add_error("metric_key", _("Choose the figure."))
            return
        data["unit"], data["label"] = unit_of(metric), str(metric.label)
        if data.get("baseline") is None and "baseline" not in self.errors:
            data["baseline"] = current([metric.key])[metric.key].figure.value
            if data["baseline"] is None:
                self.add_error("baseline", _("This figure has no value yet. Write down where it starts."))

    def _clean_by_hand(self, data: dict[str, Any]) -> None:
        data["metric_key"] = ""
        needed = {
            "label": _("Say what is noted."),
            "unit": _("Choose the unit."),
            "baseline": _("Write down where the figure starts."),
        }
        for name, sentence in needed.items():
            if data.get(name) in {None, ""} and name not in self.errors:
                self.add_error(name, sentence)

    def _clean_way(self, data: dict[str, Any]) -> None:
        baseline, target = data.get("baseline"), data.get("target")
        if data["direction"] == Direction.MAINTAIN:
            if target is not None and target != baseline:
                self.add_error("target", _("A figure that stays where it is has the start as its target."))
            data["target"] = baseline
            return
        if target is None:
            self.add_error("target", _("Write down the target."))
        elif target == baseline:
            self.add_error("target", SAME)
        elif baseline is not None and (target > baseline) != (data["direction"] == Direction.INCREASE):
            self.add_error("target", BACKWARDS)

    def _need_shares(self, data: dict[str, Any]) -> None:
        for name in ("baseline", "target"):
            value = data.get(name)
            if value is not None and not 0 <= value <= 100 and name not in self.errors:  # noqa: PLR2004 - a share
                self.add_error(name, SHARE)

    def fields_for_measure(self) -> dict[str, Any]:
        names = ("source", "metric_key", "label", "unit", "direction", "baseline", "target", "tolerance")
        return {name: self.cleaned_data[name] for name in names}
