"""A school complete enough to sign, and agreements on each step of the way."""

from collections.abc import Callable

import pytest

from accounts.models import School, User
from agreements.models import Agreement, SigningLink
from agreements.services import make_document, send_for_signature, store_document
from mailing.models import Message
from mailing.sealing import unseal
from tests.agreements.factories import AgreementFactory, complete
from ui.pdf import Pdf


@pytest.fixture(autouse=True)
def school(school: School, settings, tmp_path) -> School:
    """Linden Vale with its address and its two leads; files go to a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    leads = [
        User.objects.create_user(f"{name}@lindenvale.example.org", name=name.title()) for name in ("ruth", "samir")
    ]
    school.address, school.document_prefix, school.phone = "2 Weir Road, Lindenvale", "LV", "000 555 0142"
    school.safeguarding_lead, school.data_protection_lead = leads
    school.save()
    return school


@pytest.fixture
def draft(coordinator: User) -> Agreement:
    """A draft from which nothing is missing."""
    agreement = AgreementFactory(owner=coordinator, organisation__name="Kestrel Precision Ltd")
    return complete(agreement)


@pytest.fixture
def sent(draft: Agreement, coordinator: User) -> Agreement:
    """Out for signature, with a link for each side; a few bytes stand for its PDF, which takes a moment to make."""
    agreement = send_for_signature(agreement=draft, by=coordinator)
    store_document(document=agreement.documents.get(), pdf=Pdf(b"%PDF-1.7 as it was sent", 8))
    agreement.refresh_from_db()
    return agreement


@pytest.fixture
def printed(draft: Agreement, coordinator: User) -> Agreement:
    """Out for signature, with its real PDF."""
    agreement = send_for_signature(agreement=draft, by=coordinator)
    make_document(pk=agreement.documents.get().pk)
    agreement.refresh_from_db()
    return agreement


@pytest.fixture
def link_of() -> Callable[[str], str]:
    """Return the path in the newest mail to an address that asks for a signature."""

    def path(email: str) -> str:
        mails = Message.objects.filter(to_email=email, kind__startswith="agreements.signing").order_by("-id")
        text = unseal(mails[0].body)["text"]
        return next(line for line in text.splitlines() if "/t/sign/" in line).partition("example.org")[2]

    return path


@pytest.fixture
def rosas_link(sent: Agreement) -> SigningLink:
    return SigningLink.objects.get(email="rosa@kestrel.example.org", revoked_at=None)
