"""Forms of the interface itself."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ui.layout import SaveBar, Span, form_helper
from ui.models import SavedView


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
