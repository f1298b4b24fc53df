"""What recipients of mails open without an account: a new link, the end of a kind of mail."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mailing.enums import LinkState, Stream
from mailing.forms import NewLinkForm
from mailing.limits import NEW_LINKS
from mailing.links import network_of, public_page, wait_response
from mailing.sealing import unseal_subscription
from mailing.services import LinkClosedError, lift_suppression, suppress
from mailing.services.links import find_link, send_link_again, send_links_again
from mailing.services.suppression import suppression_of

# What RFC 8058 has mail programs send; the button on the page sends the same.
ONE_CLICK = {"List-Unsubscribe": ["One-Click"]}


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: HttpRequest) -> HttpResponse:
    """Mail a fresh link; the answer is the same whether there was anything to send."""
    form = NewLinkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "mailing/new_link.html", {"form": form}, status=status)
    if not NEW_LINKS.count(network_of(request)):
        return wait_response(request, NEW_LINKS)
    if form.cleaned_data["again"]:
        label, pk = form.cleaned_data["again"]
        link = find_link(label=label, pk=pk)
        if link is not None:
            send_link_again(link=link)
    else:
        send_links_again(email=form.cleaned_data["email"])
    return render(request, "mailing/new_link_sent.html")


@csrf_exempt  # mail programs send the POST by themselves; the token says for whom it counts
@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Show what would end; end it on exactly the POST of RFC 8058."""
    email, stream = _subscription(token)
    if request.method == "POST":
        if dict(request.POST.lists()) != ONE_CLICK:
            return HttpResponse(status=HTTPStatus.BAD_REQUEST)
        suppress(email=email, stream=stream, reason="unsubscribed")
    context = {
        "email": email,
        "stream": Stream(stream).label,
        "token": token,
        "ended": suppression_of(email, stream),
    }
    return render(request, "mailing/unsubscribe.html", context)


@public_page
@require_http_methods(["POST"])
def subscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Take the end of a kind of mail back."""
    email, stream = _subscription(token)
    lift_suppression(email=email, stream=stream)
    return redirect("mail:unsubscribe", token)


def _subscription(token: str) -> tuple[str, str]:
    found = unseal_subscription(token)
    if found is None:
        raise LinkClosedError(LinkState.UNKNOWN)
    return found
