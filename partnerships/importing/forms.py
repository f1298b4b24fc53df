"""The forms of an import: a file, what its columns mean, the letters it is written in."""

from collections import Counter
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from partnerships.enums import Rule
from partnerships.importing.letters import ENCODINGS
from partnerships.importing.mapping import look_in_words
from partnerships.importing.table import MOST_BYTES
from partnerships.importing.targets import BY_KEY, ORGANISATION, PERSON, SHARED, TARGETS
from partnerships.models import ImportBatch
from ui.layout import described

MEGABYTE = 1024 * 1024
NOT_IMPORTED = ("", _("Do not import"))
CHOICES = [
    NOT_IMPORTED,
    (_("The firm"), [(target.key, target.label) for target in TARGETS if target.belongs_to == ORGANISATION]),
    (_("The person there"), [(target.key, target.label) for target in TARGETS if target.belongs_to == PERSON]),
]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, at most 10 MB and 20,000 rows"),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s MB; at most %(most)s MB can be imported. Split it, or leave out columns."),
                params={"size": round((file.size or 0) / MEGABYTE), "most": MOST_BYTES // MEGABYTE},
            )
        return file


class MatchForm(forms.Form):
    """A choice of field for each column, and what happens to partners that are on file."""

    rule = forms.ChoiceField(
        label=_("For partners that are on file"),
        choices=[
            (Rule.FILL, described(Rule.FILL.label, _("Nothing you typed is overwritten"))),
            (Rule.SKIP, described(Rule.SKIP.label, _("Only new partners come in"))),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, batch: ImportBatch) -> None:
        super().__init__(data, initial={"rule": batch.rule})
        self.batch = batch
        for index, column in enumerate(batch.columns):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=_("%(column)s goes into") % {"column": column["heading"]},
                choices=CHOICES,
                required=False,
                initial=batch.mapping[index],
            )

    @property
    def mapping(self) -> list[str]:
        return [self.cleaned_data[f"column_{index}"] for index in range(len(self.batch.columns))]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The columns as the page shows them, each with its choice."""
        return [
            {**column, "looks_like": look_in_words(column["look"]), "field": self[f"column_{index}"]}
            for index, column in enumerate(self.batch.columns)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = Counter(value for name, value in cleaned.items() if name.startswith("column_") and value)
        if "name" not in chosen:
            self.add_error(None, _("Choose the column that holds the name of the firm."))
        for target, columns in chosen.items():
            if columns > 1 and target not in SHARED:
                self.add_error(
                    None,
                    _("%(count)s columns go into “%(field)s”; only one can.")
                    % {"count": columns, "field": BY_KEY[target].label},
                )
        return cleaned


class EncodingForm(forms.Form):
    encoding = forms.ChoiceField(label=_("Read the letters as"), choices=list(ENCODINGS.items()))
