"""The rows of the list of needs, each written in one piece: fifty of them are most of the page's work."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships.enums import NeedStatus
from partnerships.models import Need
from ui.tables import url_of
from ui.templatetags.ui import NO_VALUE, pill, when

register = template.Library()

LOOKS = {
    NeedStatus.OPEN: ("", ""),
    NeedStatus.MATCHED: ("info", ""),
    NeedStatus.ADDRESSED: ("ok", "check"),
    NeedStatus.EXPIRED: ("warn", ""),
    NeedStatus.WITHDRAWN: ("warn", ""),
}


@register.simple_tag(takes_context=True)
def need_row(context: template.Context, need: Need) -> SafeString:
    page = url_of("partnerships:detail", need.organisation_id)
    return format_html(
        '<tr role="row" data-row><th scope="row" role="rowheader" class="full"><a class="td-name" href="{}#needs">'
        '<bdi>{}</bdi></a><span class="d-block sm sub">{}</span></th>'
        '<td role="cell" data-l="{}"><a class="td-inline-link" href="{}"><bdi>{}</bdi></a></td>'
        '<td role="cell" class="num strong" data-l="{}">{}</td><td role="cell" class="sm nowrap" data-l="{}">{}</td>'
        '<td role="cell" class="sm sub" data-l="{}">{}</td><td role="cell" class="sm">{}{}</td></tr>',
        page,
        need.title,
        need.get_kind_display(),
        _("Firm"),
        page,
        need.organisation.name,
        _("People"),
        NO_VALUE if need.headcount is None else need.headcount,
        _("When"),
        need.get_urgency_display(),
        _("Who said it"),
        _said(need),
        _state(need.status, get_language()),
        _still_holds(context, need) if need.status == NeedStatus.EXPIRED else "",
    )


def _said(need: Need) -> SafeString | str:
    on = when(need.stated_on, "near")
    return format_html("<bdi>{}</bdi>, {}", need.stated_by.name, on) if need.stated_by else on


@lru_cache(maxsize=32)
def _state(value: str, language: str | None) -> SafeString:
    """Draw a state once for all the rows that show it; `language` keeps the languages apart."""
    status = NeedStatus(value)
    return pill(str(status.label), *LOOKS[status])


def _still_holds(context: template.Context, need: Need) -> SafeString | str:
    """Offer to open again what was said a year ago."""
    if not context["can_edit"]:
        return ""
    return format_html(
        '<form class="mt-1" method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="next" value="{}"><button class="btn btn-sm" type="submit">{}'
        '<span class="visually-hidden">: {}</span></button></form>',
        url_of("partnerships:need_reopen", need.pk),
        context["csrf_token"],
        context["request"].get_full_path(),
        _("It still holds"),
        need.title,
    )
