"""What people fill in while they look for the goals of a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from goals.enums import Category, Direction, ItemKind
from goals.measuring import BACKWARDS, SAME, SHARE, unit_of
from goals.models import PlanningCycle, ProposedGoal
from goals.rules import can_note_for_college
from goals.suggesting import metric_of
from goals.wording import decimals_of
from ui.widgets import DateInput

WHOLE = Decimal(100)
OWN_NOTES = {
    ItemKind.WISH: _("A wish of mine"),
    ItemKind.STRATEGY: _("What our strategy says"),
    ItemKind.INSPECTION: _("What an inspection found"),
}


class WishForm(forms.Form):
    """A short statement; what the college itself wants is noted by those who run the year."""

    # It is a part of a page that one may leave empty.
    use_required_attribute = False

    kind = forms.ChoiceField(label=_("What is it?"), initial=ItemKind.WISH)
    text = forms.CharField(
        label=_("Something else"),
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": _("Such as “Two days in a firm for each teacher”")}),
        error_messages={"required": _("Write down in a few words what it is.")},
    )
    category = forms.ChoiceField(
        label=_("What is it about?"), choices=[("", _("Not sure")), *Category.choices], required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = list(OWN_NOTES) if can_note_for_college(user) else [ItemKind.WISH]
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [(kind.value, OWN_NOTES[kind]) for kind in kinds]


class ChoiceForm(forms.Form):
    """A suggestion: whether it is chosen, and what is changed in it. What is wrong in one left out does not matter."""

    use_required_attribute = False

    chosen = forms.BooleanField(required=False)
    title = forms.CharField(label=_("Goal"), max_length=120)
    owner = forms.TypedChoiceField(label=_("Owner"), coerce=int, empty_value=None, required=False)
    target = forms.DecimalField(label=_("Target"), max_digits=14, decimal_places=2)
    due_on = forms.DateField(label=_("By"), widget=DateInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        proposal: ProposedGoal,
        cycle: PlanningCycle,
        owners: Mapping[int, User],
        typed: Mapping[str, Any],
    ) -> None:
        self.proposal, self.cycle, self.owners = proposal, cycle, owners
        prefix = f"goal-{proposal.rule}"
        metric = metric_of(proposal)
        self.unit = unit_of(metric) if metric else "count"
        super().__init__(data, prefix=prefix, initial=self._initial(prefix, typed))
        fields: dict[str, Any] = self.fields
        fields["owner"].choices = [("", _("Nobody yet")), *((pk, user.name) for pk, user in owners.items())]
        fields["target"].widget.attrs["step"] = "any"

    def _initial(self, prefix: str, typed: Mapping[str, Any]) -> dict[str, Any]:
        """Return the suggestion, under what was typed into this form before and not sent."""
        proposal = self.proposal
        own = {
            "chosen": proposal.is_chosen,
            "title": proposal.title,
            "owner": proposal.owner_id,
            "target": proposal.target.quantize(Decimal(1).scaleb(-decimals_of(self.unit))),
            "due_on": proposal.due_on,
        }
        if typed:
            own["chosen"] = f"{prefix}-chosen" in typed
        return {name: typed.get(f"{prefix}-{name}", value) for name, value in own.items()}

    @property
    def is_shown_chosen(self) -> bool:
        return bool(self["chosen"].value())

    def clean_owner(self) -> User | None:
        return self.owners.get(self.cleaned_data["owner"])

    def clean_target(self) -> Decimal:
        target, start = self.cleaned_data["target"], self.proposal.baseline
        if self.unit == "percent" and not 0 <= target <= WHOLE:
            raise ValidationError(SHARE)
        if target == start:
            raise ValidationError(SAME)
        if (target > start) != (self.proposal.direction == Direction.INCREASE):
            raise ValidationError(BACKWARDS)
        return target

    def clean_due_on(self) -> dt.date:
        day = self.cleaned_data["due_on"]
        if not self.cycle.starts_on < day <= self.cycle.ends_on:
            said = {"first": self.cycle.starts_on, "last": self.cycle.ends_on}
            raise ValidationError(_("Choose a day within the year, %(first)s to %(last)s."), params=said)
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("chosen"):
            self.errors.clear()
        return data

    def left_at(self, name: str) -> Any:
        """Return what this form says of a field, or what it was where that makes no sense."""
        return self.cleaned_data.get(name, getattr(self.proposal, name, None))
