"""One's own account: signing in, settings; and the school's logo."""

from http import HTTPStatus
from typing import Any

from allauth.account.utils import perform_login
from allauth.account.views import LoginView, password_change
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.demo import DEMO_SIGN_INS
from accounts.enums import Role
from accounts.forms import PreferencesForm
from accounts.http import Request
from accounts.models import User
from accounts.rules import can_administer, has_second_factor, needs_second_factor
from accounts.services import save_preferences

MOST_NAMED = 3  # administrators that the sign-in page names


class SignInView(LoginView):
    """allauth's sign-in, with who to ask for an account, the demo's people, and why one is here again."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "administrators": list(User.objects.administrators().order_by("name")[:MOST_NAMED]),
            "demo_roles": [(role, role.label) for role in DEMO_SIGN_INS] if settings.DEMO else [],
            "ended": "ended" in self.request.GET,
            "text_is_kept": _leads_to_kept_text(self.request.GET.get("next", "")),
        }


def _leads_to_kept_text(path: str) -> bool:
    try:
        return resolve(path).view_name == "ui:kept"
    except Resolver404:
        return False


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as one of the demo's people by one click; there is no such page on a school's own installation."""
    if not settings.DEMO or role not in DEMO_SIGN_INS:
        raise Http404
    user = get_object_or_404(User, email=DEMO_SIGN_INS[Role(role)], is_active=True)
    return perform_login(request, user)


def preferences(request: Request) -> HttpResponse:
    """Show everything one may set, each subject with its state; the form is about screen and reminders."""
    sent = request.POST if request.method == "POST" else None
    form = PreferencesForm(sent, instance=request.user)
    if request.method == "POST" and form.is_valid():
        save_preferences(user=request.user, **form.cleaned_data)
        messages.success(request, _("Your settings are saved."))
        return redirect("accounts:settings")
    context = {
        "form": form,
        "has_second_factor": has_second_factor(request.user),
        "second_factor_needed": needs_second_factor(request.user),
        "colleagues": _colleagues() if can_administer(request.user) else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "accounts/settings.html", context, status=status)


def _colleagues() -> dict[str, int]:
    """Count what an administrator should know at a glance."""
    people = list(User.objects.filter(is_active=True).only("invited_at", "password"))
    with_app = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__is_active=True).count()
    invited = sum(user.is_invited for user in people)
    return {"people": len(people), "invited": invited, "without_second_factor": len(people) - with_app - invited}


@require_http_methods(["GET", "POST"])
def password(request: Request) -> HttpResponse:
    """Change one's password; whoever signed in without one, as in a demo, has none to change."""
    if not request.user.has_usable_password():
        return redirect("accounts:settings")
    return password_change(request)


@login_not_required
@require_safe
def logo(request: Request) -> FileResponse:
    """Hand out the school's logo, which stands on public pages too."""
    if not request.school.logo:
        raise Http404
    response = FileResponse(request.school.logo.open("rb"), content_type="image/png")
    response["Cache-Control"] = "public, max-age=3600"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
