"""The record: a chain nobody can change unseen."""

import pytest
from django.db import DatabaseError, connection, transaction

from agreements.enums import DocumentState, EvidenceKind
from agreements.evidence import Visitor, first_broken, note
from agreements.models import EvidenceEntry, IssuedDocument
from tests.agreements.factories import AgreementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return AgreementFactory()


@pytest.fixture
def chain(agreement):
    note(agreement, EvidenceKind.FROZEN, who="Marta Keller")
    note(agreement, EvidenceKind.SENT, who="Marta Keller", detail="Rosa")
    note(
        agreement,
        EvidenceKind.SIGNED,
        who="Rosa",
        visitor=Visitor("203.0.113.9", "Firefox\x00"[:7]),
        document_sha256="a" * 64,
    )
    return agreement


def test_chain_links_each_line_to_the_one_before(chain):
    first, second, third = chain.evidence.all()

    assert (first.previous_hash, second.previous_hash, third.previous_hash) == ("", first.hash, second.hash)
    assert [entry.position for entry in (first, second, third)] == [1, 2, 3]
    assert first_broken(chain) is None


def test_chain_of_another_agreement_is_its_own(chain):
    other = AgreementFactory()

    entry = note(other, EvidenceKind.FROZEN, who="Marta Keller")

    assert (entry.position, entry.previous_hash) == (1, "")


def test_update_is_refused_by_the_database(chain):
    with pytest.raises(DatabaseError), transaction.atomic():
        EvidenceEntry.objects.filter(position=2).update(who="Somebody else")

    assert first_broken(chain) is None


@pytest.mark.postgresql
def test_delete_is_refused_by_the_database(chain):
    with pytest.raises(DatabaseError), transaction.atomic():
        EvidenceEntry.objects.filter(position=3)._raw_delete("default")

    assert chain.evidence.count() == 3


def _behind_the_guard(sql):
    """Do what a database administrator could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE agreements_evidenceentry DISABLE TRIGGER agreements_evidence_guard")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE agreements_evidenceentry ENABLE TRIGGER agreements_evidence_guard")


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "change",
    ["who = 'Rosa Lindqvisu'", "at = at + interval '1 second'", "hash = repeat('0', 64)", "ip = '203.0.113.8'"],
)
def test_change_behind_the_guard_is_found_in_its_line(chain, change):
    _behind_the_guard(f"UPDATE agreements_evidenceentry SET {change} WHERE position = 3")  # noqa: S608 - the test's own words

    assert first_broken(chain).position == 3


@pytest.mark.postgresql
def test_line_taken_out_of_the_middle_is_found(chain):
    _behind_the_guard("DELETE FROM agreements_evidenceentry WHERE position = 2")

    assert first_broken(chain).position == 3


def test_ready_document_is_guarded_by_the_database(agreement):
    ready = IssuedDocument.objects.create(
        agreement=agreement, kind="to_sign", edition=1, contents={}, state=DocumentState.READY, sha256="b" * 64
    )

    with pytest.raises(DatabaseError), transaction.atomic():
        IssuedDocument.objects.filter(pk=ready.pk).update(contents={"title": "Another"})

    ready.refresh_from_db()
    assert ready.contents == {}
