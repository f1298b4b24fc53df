"""Tables of a form whose lines may be added and taken away, without JavaScript."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class RowForm(forms.ModelForm):
    """A line of a table; `id` is empty in a new one."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)


class BaseRows(forms.BaseFormSet):
    """Rows that may be added and taken away; a new row left empty is no row."""

    def initial_form_count(self) -> int:
        """Count the rows there are, whatever the browser says: the ones behind them may stay empty."""
        return len(self.initial or [])

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove this line")

    def rows(self) -> list[dict[str, Any]]:
        """Return what is to be kept, in order."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE") and (form.has_changed() or form.initial)
        ]


def typed_rows(data: QueryDict, prefix: str, fields: tuple[str, ...], *, most: int) -> list[dict[str, Any]]:
    """Return the lines as they were typed, without those ticked for removal; one more where `add` asks for it."""
    told = data.get(f"{prefix}-TOTAL_FORMS", "")
    total = min(int(told), most) if told.isdecimal() else 0
    rows = [
        {field: data.get(f"{prefix}-{at}-{field}", "") for field in ("id", *fields)}
        for at in range(total)
        if not data.get(f"{prefix}-{at}-DELETE")
    ]
    return [*rows, {}] if data.get("add") == prefix and total < most else rows
