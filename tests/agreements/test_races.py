"""Two at once: both kept, done exactly once; one wins and the other is told."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from agreements.enums import AgreementStatus, DocumentKind, Party
from agreements.evidence import first_broken
from agreements.models import Agreement, SigningLink
from agreements.services import (
    AlreadySignedError,
    NotOpenForSigningError,
    Signature,
    draft_agreement,
    send_for_signature,
    sign_by_link,
    store_document,
    withdraw_agreement,
)
from mailing.models import Message
from mailing.services import LinkClosedError
from roadmap.lifecycle import TransitionRefusedError
from tests.agreements.factories import AgreementFactory, complete
from tests.partnerships.factories import OrganisationFactory
from ui.pdf import Pdf

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

# A few rounds each time, sixty where there is time.
ROUNDS = pytest.mark.parametrize("rounds", [6, pytest.param(60, marks=pytest.mark.slow)])
NAMES = {Party.SCHOOL: "Helena Voss", Party.ORGANISATION: "Rosa Lindqvist"}


def _sent(coordinator):
    agreement = send_for_signature(agreement=complete(AgreementFactory(owner=coordinator)), by=coordinator)
    store_document(document=agreement.documents.get(), pdf=Pdf(b"%PDF-1.7", 8))
    return agreement


def _at_once(*acts: Callable[[], object]) -> list[object]:
    """Run acts at the same moment; return what each returned or raised."""
    gate, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(at):
        gate.wait()
        try:
            outcomes[at] = acts[at]()
        except (AlreadySignedError, NotOpenForSigningError, TransitionRefusedError, LinkClosedError) as refusal:
            outcomes[at] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _signing(agreement, party):
    link = SigningLink.objects.get(signatory__agreement=agreement, signatory__party=party, revoked_at=None)
    sha256 = agreement.documents.get(kind=DocumentKind.TO_SIGN).sha256
    return lambda: sign_by_link(link=link, signature=Signature(NAMES[party], "Director", sha256))


@ROUNDS
def test_two_signers_at_once_complete_it_exactly_once(coordinator, rounds):
    for _round in range(rounds):
        agreement = _sent(coordinator)

        _at_once(*(_signing(agreement, party) for party in Party))

        agreement.refresh_from_db()
        assert agreement.status == AgreementStatus.ACTIVE
        assert set(agreement.signatories.values_list("signed_name", flat=True)) == set(NAMES.values())
        assert agreement.documents.filter(kind=DocumentKind.SIGNED).count() == 1
        assert agreement.evidence.filter(kind="completed").count() == 1
        assert Message.objects.filter(kind="agreements.all_signed", cause_id=agreement.pk).count() == 1
        assert first_broken(agreement) is None


@ROUNDS
def test_same_link_twice_at_once_signs_once(coordinator, rounds):
    for _round in range(rounds):
        agreement = _sent(coordinator)
        act = _signing(agreement, Party.ORGANISATION)

        outcomes = _at_once(act, act)

        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Agreement", "AlreadySignedError"]
        assert agreement.evidence.filter(kind="signed").count() == 1


@ROUNDS
def test_sign_against_withdraw_has_one_winner(coordinator, rounds):
    for _round in range(rounds):
        agreement = _sent(coordinator)
        _signing(agreement, Party.SCHOOL)()

        signing, withdrawing = _at_once(
            _signing(agreement, Party.ORGANISATION),
            lambda agreement=agreement: withdraw_agreement(agreement=agreement, by=coordinator),
        )

        agreement.refresh_from_db()
        signed = agreement.signatories.filter(signed_at=None).count() == 0
        assert signed == isinstance(signing, Agreement)
        assert signed != isinstance(withdrawing, Agreement)
        assert agreement.status == (AgreementStatus.ACTIVE if signed else AgreementStatus.WITHDRAWN)
        assert agreement.documents.filter(kind=DocumentKind.SIGNED).exists() == signed


@ROUNDS
def test_document_made_by_two_workers_at_once_is_stored_once(coordinator, rounds):
    for _round in range(rounds):
        agreement = send_for_signature(agreement=complete(AgreementFactory(owner=coordinator)), by=coordinator)
        order = agreement.documents.get()

        outcomes = _at_once(
            *(lambda n=n, order=order: store_document(document=order, pdf=Pdf(b"%%PDF-%d" % n, 8)) for n in (1, 2))
        )

        assert sorted(outcomes) == [False, True]
        assert SigningLink.objects.filter(signatory__agreement=agreement).count() == 2


def test_drafts_begun_at_once_have_numbers_of_their_own(coordinator):
    partners = [OrganisationFactory() for _n in range(8)]

    made = _at_once(
        *(lambda partner=partner: draft_agreement(organisation=partner, by=coordinator) for partner in partners)
    )

    assert len({agreement.number for agreement in made}) == 8
