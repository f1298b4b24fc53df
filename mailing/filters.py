"""The outbox as a list: what it can be narrowed to and sorted by."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from mailing.enums import MessageStatus, Stream
from mailing.models import Message
from ui.lists import ListSpec, Sort


class MessageFilter(FilterSet):
    to = CharFilter(label=_("Address"), method="by_address")
    state = ChoiceFilter(label=_("State"), field_name="status", choices=MessageStatus)
    stream = ChoiceFilter(label=_("Purpose"), choices=Stream)

    class Meta:
        model = Message
        fields: list[str] = []

    def by_address(self, queryset: QuerySet[Message], name: str, value: str) -> QuerySet[Message]:
        return queryset.filter(to_email__iexact=value.strip())


MESSAGES = ListSpec(
    key="mailing.messages",
    filterset_class=MessageFilter,
    sorts={"written": Sort(_("Written"), "created_at", descending=True)},
    default_sort="written",
    search="to",
    quick_filters=("state",),
)
