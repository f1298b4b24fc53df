"""Pages about mail."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mailing.forms import NewLinkForm
from mailing.limits import NEW_LINKS
from mailing.links import public_page, wait_response
from mailing.services.links import find_link, send_link_again, send_links_again


@public_page
def new_link(request: HttpRequest) -> HttpResponse:
    """Mail a fresh link; the answer is the same whether there was anything to send."""
    form = NewLinkForm(request.POST or None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "mailing/new_link.html", {"form": form}, status=status)
    if not NEW_LINKS.count(request):
        return wait_response(request, NEW_LINKS)
    if form.cleaned_data["again"]:
        label, pk = form.cleaned_data["again"]
        link = find_link(label=label, pk=pk)
        if link is not None:
            send_link_again(link=link)
    else:
        send_links_again(email=form.cleaned_data["email"])
    return render(request, "mailing/new_link_sent.html")
