"""Forms of the interface itself."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from ui.layout import Choices, Group, SaveBar, Span, form_helper
from ui.models import SavedView


class AppearanceForm(forms.ModelForm):
    class Meta:
        model = User
        fields: ClassVar = ["theme", "keyboard_shortcuts"]
        widgets: ClassVar = {"theme": forms.RadioSelect}
        help_texts: ClassVar = {"keyboard_shortcuts": _("Such as / for the search. Press ? on any page for the list.")}

    @property
    def helper(self) -> FormHelper:
        return form_helper(
            Group(_("Light or dark"), Choices("theme", "stack")),
            Group(_("Keys"), "keyboard_shortcuts"),
            SaveBar(_("Save appearance")),
        )


class SavedViewForm(forms.ModelForm):
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    back = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)

    class Meta:
        model = SavedView
        fields: ClassVar = ["name", "is_shared", "is_pinned", "query"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Span("name", 6),
            "is_pinned",
            "is_shared",
            "query",
            "back",
            SaveBar(_("Save view")),
        )
