"""The Django admin: people and the school, nothing else. What an act may do is decided by the services."""

import datetime as dt
from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Field, ForeignKey, Model, OuterRef, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils import dateformat, timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import services
from accounts.forms import SchoolForm, UserForm
from accounts.models import School, User
from accounts.rules import can_administer, can_change_rights

# Signing in and out, passwords and the rest have pages of their own in the product.
KEPT_PAGES = frozenset({"index", "login", "jsi18n", "app_list"})


def _administrator(request: HttpRequest) -> User:
    return cast("User", request.user)


def _day(moment: dt.datetime) -> str:
    return dateformat.format(timezone.localtime(moment), "j F Y")


class TandemAdminSite(admin.AdminSite):
    site_header = _("Tandem administration")
    site_title = _("Tandem administration")
    index_title = _("People and school")
    site_url = "/"
    enable_nav_sidebar = False
    final_catch_all_view = False

    @method_decorator([login_not_required, secure_admin_login])
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign in where everybody does, with the second factor and the same limits."""
        return redirect("admin:index")

    def has_permission(self, request: HttpRequest) -> bool:
        if request.user.is_authenticated and not can_administer(request.user):
            raise PermissionDenied
        return request.user.is_authenticated

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Keep few pages; whoever is not signed in goes straight to the sign-in page, as from anywhere else."""
        kept = [url for url in super().get_urls() if isinstance(url, URLResolver) or url.name in KEPT_PAGES]
        for url in kept:
            vars(url.callback or url).pop("login_url", None)
        return kept


site = TandemAdminSite()


class RecordAdmin(admin.ModelAdmin):
    """Nothing is deleted here, and only the pages with a name exist."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def message_user(
        self,
        request: HttpRequest,
        message: Any,
        level: int | str = messages.INFO,
        extra_tags: str = "",
        fail_silently: bool = False,  # noqa: FBT001, FBT002 - Django's signature
    ) -> None:
        """Say in a word what Django would say in many."""
        words = _("Saved.") if level == messages.SUCCESS else message
        super().message_user(request, words, level, extra_tags, fail_silently)

    def get_urls(self) -> list[URLPattern]:
        return [url for url in super().get_urls() if url.name and not url.name.endswith("_delete")]


@admin.register(User, site=site)
class UserAdmin(RecordAdmin):
    """People are deactivated, not deleted: what they did keeps their name."""

    form = UserForm
    list_display = ["name", "email", "role", "state", "second_factor", "last_here"]
    list_filter = ["role", "is_active"]
    search_fields = ["name", "email"]
    ordering = ["name", "id"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["invite_again", "end_sessions", "reset_second_factor", "deactivate", "let_in"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        connected = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        return super().get_queryset(request).annotate(has_app=Exists(connected))

    @admin.display(description=_("state"))
    def state(self, user: User) -> str:
        if not user.is_active:
            return str(_("Deactivated"))
        if user.is_invited and user.invited_at:
            return str(_("Invited %(day)s") % {"day": _day(user.invited_at)})
        return str(_("Active"))

    @admin.display(description=_("second factor"))
    def second_factor(self, user: Any) -> str:
        return str(_("App")) if user.has_app else "–"  # from get_queryset

    @admin.display(description=_("last sign-in"), ordering="last_login")
    def last_here(self, user: User) -> str:
        return _day(user.last_login) if user.last_login else "–"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("People and roles"), **(extra_context or {})})

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().add_view(request, form_url, {"title": _("Invite a person"), **(extra_context or {})})

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        fields = ["name", "email", "role", "job_title", "phone"]
        return [*fields, "is_active"] if obj else fields

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        if obj and not can_change_rights(request.user, of=obj):
            return ["role", "is_active"]
        return []

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except services.AccountRefusedError as refused:
            messages.error(request, str(refused))
            return redirect(request.path)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001 - Django's signature
        fields = {name: form.cleaned_data[name] for name in form.fields}
        if change:
            rights: dict[str, Any] = {"role": obj.role, "is_active": obj.is_active}
            services.change_user(user=obj, by=_administrator(request), **rights | fields)
        else:
            obj.pk = services.invite_user(by=_administrator(request), **fields).pk
        obj.refresh_from_db()

    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> Any:
        words = _("%(name)s gets a link to set a password at %(email)s.")
        messages.info(request, words % {"name": obj.name, "email": obj.email})
        return super().log_addition(request, obj, message)

    @admin.action(description=_("Send the invitation again"), permissions=["change"])
    def invite_again(self, request: HttpRequest, people: QuerySet[User]) -> None:
        done = self._each(request, people, services.send_invitation)
        self._say(request, done, ngettext("%(n)s invitation sent.", "%(n)s invitations sent.", done))

    @admin.action(description=_("Sign out everywhere"), permissions=["change"])
    def end_sessions(self, request: HttpRequest, people: QuerySet[User]) -> None:
        done = self._each(request, people, services.end_sessions)
        self._say(request, done, ngettext("%(n)s person signed out.", "%(n)s people signed out.", done))

    @admin.action(description=_("Take off the second factor (phone lost)"), permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, people: QuerySet[User]) -> None:
        done = self._each(request, people, services.reset_second_factor)
        self._say(request, done, ngettext("%(n)s second factor taken off.", "%(n)s second factors taken off.", done))

    @admin.action(description=_("Deactivate"), permissions=["change"])
    def deactivate(self, request: HttpRequest, people: QuerySet[User]) -> None:
        done = self._each(request, people, services.set_active, is_active=False)
        self._say(request, done, ngettext("%(n)s person deactivated.", "%(n)s people deactivated.", done))

    @admin.action(description=_("Let sign in again"), permissions=["change"])
    def let_in(self, request: HttpRequest, people: QuerySet[User]) -> None:
        done = self._each(request, people, services.set_active, is_active=True)
        self._say(request, done, ngettext("%(n)s person may sign in.", "%(n)s people may sign in.", done))

    def _each(self, request: HttpRequest, people: QuerySet[User], act: Any, **how: Any) -> int:
        """Do something to each person, saying why not where it is refused; return how often it was done."""
        done = 0
        for user in people:
            try:
                act(user=user, by=request.user, **how)
            except services.AccountRefusedError as refused:
                messages.error(request, str(refused))
            else:
                done += 1
        return done

    def _say(self, request: HttpRequest, done: int, text: str) -> None:
        if done:
            messages.success(request, text % {"n": done})


@admin.register(School, site=site)
class SchoolAdmin(RecordAdmin):
    form = SchoolForm
    fieldsets = [
        (None, {"fields": ["name", "short_name", "address", "website", "phone", "logo"]}),
        (_("Time and money"), {"fields": ["time_zone", "currency", "document_prefix"]}),
        (_("E-mail"), {"fields": ["sender_name", "sender_email", "reply_to_email", "reminder_hour"]}),
        (_("Who answers for what"), {"fields": ["data_protection_lead", "safeguarding_lead"]}),
        (
            _("Thresholds"),
            {
                "fields": [
                    "min_group_size_students",
                    "min_group_size_organisations",
                    "agreement_notice_days",
                    "signing_link_days",
                ]
            },
        ),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one school; it is added once, on the first day."""
        return super().has_add_permission(request) and not School.objects.exists()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if School.objects.exists():
            return redirect(reverse("admin:accounts_school_change", args=[School.PK]))
        return redirect("admin:accounts_school_add")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        people = User.objects.filter(is_active=True)
        return super().formfield_for_foreignkey(db_field, request, queryset=people, **kwargs)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """Choose a person; adding and changing people happens on their own pages."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def save_model(self, request: HttpRequest, obj: School, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001 - Django's signature
        services.save_school(school=obj, by=_administrator(request))
