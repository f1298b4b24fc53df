"""Passwords that anybody would guess at this school."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import School, User

SHORTEST_WORD = 4


def _bare(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


class SchoolNameValidator:
    """Refuses the school's name with a little around it; a longer pass phrase may contain it."""

    def validate(self, password: str, user: User | None = None) -> None:
        bare = _bare(password)
        for name in self._names():
            if name in bare and len(bare) - len(name) < len(name):
                raise ValidationError(self.get_help_text(), code="password_school_name")

    def get_help_text(self) -> str:
        return _("The password must not be the school’s name with something added.")

    def _names(self) -> list[str]:
        names = School.objects.filter(pk=School.PK).values_list("name", "short_name").first() or ()
        return [bare for bare in map(_bare, names) if len(bare) >= SHORTEST_WORD]
