"""The public contact form: four doors, no account, no JavaScript. A GET writes nothing; a message is kept once."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import Request
from mailing.limits import Limit
from mailing.links import masked, network_of
from outreach.forms.contact import BusinessForm, ContactForm, PracticeForm, ProblemForm, QuestionForm
from outreach.models import Enquiry, ProblemReport
from outreach.rules import safeguarding_lead
from outreach.services import NobodyToTellError, TooManyError, receive_enquiry, receive_report
from outreach.services.receiving import promised_day
from outreach.stamps import Pace, Stamp, new_stamp, read_stamp
from roadmap.slots import Words
from ui.services import act_once, landing_of

RECEIPT_SALT, RECEIPT_LASTS = "outreach.receipt", 24 * 3600
# Any message at all, good or bad, before the database is asked. What is kept is limited there.
TRIES = Limit("contact", tries=40, seconds=600)
AGAIN = {
    Pace.TOO_FAST: _(
        "That was very quick, so we cannot tell you from a program. Your text is here: send it once more."
    ),
    Pace.TOO_OLD: _("This page had been open for more than a day. Your text is still here: send it once more."),
}
TOO_MANY = _(
    "A great many messages came from you or your network within a short time. Your text is still here: "
    "send it again in an hour, or ring us."
)

NOBODY = _("At the moment nobody is named who may read this. Your text is still here, and nobody has seen it: ring us.")


@dataclass(frozen=True)
class Page:
    """A door: its address and what its page says."""

    key: str
    form: type[ContactForm]
    title: Words
    line: Words
    icon: str
    stage: int
    heading: Words

    @property
    def url(self) -> str:
        return reverse(f"contact:{self.key}")


PAGES = {
    page.key: page
    for page in (
        Page(
            "question",
            QuestionForm,
            _("I have a question"),
            _("About courses, placements or working with us"),
            "help-circle",
            2,
            _("Ask us"),
        ),
        Page(
            "practice",
            PracticeForm,
            _("I want to share a best practice"),
            _("Something that worked between a school and a business"),
            "bulb",
            3,
            _("Share what worked"),
        ),
        Page(
            "business",
            BusinessForm,
            _("We are a business and want to work together"),
            _("Students, training, a talk, a project"),
            "building-store",
            5,
            _("Work with us"),
        ),
        Page(
            "problem",
            ProblemForm,
            _("I want to report a problem"),
            _("Goes only to our safeguarding lead, not to the usual list"),
            "flag",
            7,
            _("Report a problem"),
        ),
    )
}


@login_not_required
@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    return render(request, "outreach/public/doors.html", {"pages": PAGES.values()})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, door: str) -> HttpResponse:
    page = PAGES[door]
    if request.method != "POST":
        return _form_page(request, page, page.form(), new_stamp(door))
    stamp = read_stamp(door, request.POST.get("stamp", ""))
    if stamp and (landing := landing_of(submission=stamp.key)):
        return redirect(landing)
    form = page.form(request.POST)
    status = _wrong(request, form, stamp)
    if status is None and stamp is not None:
        try:
            return redirect(act_once(submission=stamp.key, act=lambda: _keep(request, page, form)))
        except TooManyError:
            status = _refuse(form, TOO_MANY, HTTPStatus.TOO_MANY_REQUESTS)
        except NobodyToTellError:
            status = _refuse(form, NOBODY, HTTPStatus.SERVICE_UNAVAILABLE)
    fresh = stamp if stamp and stamp.pace != Pace.TOO_OLD else new_stamp(door)
    return _form_page(request, page, form, fresh, status or HTTPStatus.UNPROCESSABLE_ENTITY)


def _wrong(request: Request, form: ContactForm, stamp: Stamp | None) -> HTTPStatus | None:
    """Say on the form what keeps a message from being kept, if anything does."""
    is_valid = form.is_valid()
    if not TRIES.count(network_of(request)):
        return _refuse(form, TOO_MANY, HTTPStatus.TOO_MANY_REQUESTS)
    if not is_valid:
        return HTTPStatus.UNPROCESSABLE_ENTITY
    pace = stamp.pace if stamp else Pace.TOO_OLD
    return _refuse(form, AGAIN[pace], HTTPStatus.UNPROCESSABLE_ENTITY) if pace in AGAIN else None


def _refuse(form: ContactForm, why: Words, status: HTTPStatus) -> HTTPStatus:
    form.add_error(None, str(why))
    return status


def _keep(request: Request, page: Page, form: ContactForm) -> str:
    record = form.record()
    network = network_of(request)
    if isinstance(record, ProblemReport):
        receive_report(report=record, network=network)
    elif isinstance(record, Enquiry):
        receive_enquiry(enquiry=record, network=network, is_trapped=form.is_trapped)
    receipt = signing.dumps({"door": page.key, "pk": record.pk}, salt=RECEIPT_SALT)
    return reverse("contact:received", args=[receipt])


def _form_page(
    request: Request, page: Page, form: ContactForm, stamp: Stamp, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "stamp": stamp.text,
        "due_on": promised_day(request.school, timezone.now()),
        "has_lead": safeguarding_lead(request.school) is not None,
    }
    return render(request, "outreach/public/write.html", context, status=status)


@login_not_required
@never_cache
@require_safe
def received(request: Request, receipt: str) -> HttpResponse:
    """Show that it came. The address is signed and opens for a day; it shows nothing that was written."""
    try:
        what = signing.loads(receipt, salt=RECEIPT_SALT, max_age=RECEIPT_LASTS)
    except signing.BadSignature as error:
        raise Http404 from error
    page = PAGES[what["door"]]
    model = ProblemReport if page.form is ProblemForm else Enquiry
    record = model._default_manager.filter(pk=what["pk"]).first()
    if record is None:
        raise Http404
    has_receipt = isinstance(record, Enquiry) and record.email and not record.suspicion
    context = {"page": page, "record": record, "due_on": getattr(record, "due_on", None)}
    context["address"] = masked(record.email) if has_receipt else ""
    return render(request, "outreach/public/received.html", context)
