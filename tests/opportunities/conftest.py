"""Proposals on each step of the way, and the link in the newest mail."""

import pytest

from mailing.models import Message
from mailing.sealing import unseal
from opportunities.models import ProposalLink
from opportunities.services import send_proposal, start_round
from tests.opportunities.factories import day, drafted

ROSA = "rosa@kestrel.example.org"


@pytest.fixture
def draft(coordinator):
    return drafted(coordinator, organisation__name="Kestrel Precision Ltd")


@pytest.fixture
def sent(draft, coordinator):
    return send_proposal(proposal=draft, by=coordinator)


@pytest.fixture
def link(sent):
    return ProposalLink.objects.get(version__proposal=sent, revoked_at=None)


@pytest.fixture
def newest_path():
    """Return the path in the newest mail that brings a proposal."""

    def path(email=ROSA):
        mails = Message.objects.filter(to_email=email, kind="opportunities.proposal").order_by("-id")
        text = unseal(mails[0].body)["text"]
        line = next(line for line in text.splitlines() if "/t/proposal/" in line)
        return line[line.index("/t/proposal/") :]

    return path


@pytest.fixture
def next_round(coordinator):
    """Begin, complete and send the next round of a proposal."""

    def send(proposal):
        start_round(proposal=proposal, by=coordinator)
        proposal.versions.filter(sent_at=None).update(valid_until=day(30))
        return send_proposal(proposal=proposal, by=coordinator)

    return send
