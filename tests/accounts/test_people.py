"""Inviting, changing and deactivating people: the services and their races."""

import threading

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts import services
from accounts.enums import Role
from accounts.models import User
from tests.accounts.factories import SchoolFactory, UserFactory


def rights(user):
    user.refresh_from_db()
    return user.role, user.is_active


def change(user, by, **fields):
    now = User.objects.get(pk=user.pk)
    return services.change_user(user=user, by=by, **{"role": now.role, "is_active": now.is_active, **fields})


@pytest.fixture
def samir(db):
    SchoolFactory()
    return UserFactory(administrator=True, name="Samir Patel")


def test_invitation_makes_an_account_without_password_and_mails_a_link(samir, mailoutbox):
    user = services.invite_user(email="E.Kranz@LindenVale.example.org", name="Eva Kranz", role=Role.VIEWER, by=samir)

    assert user.email == "e.kranz@lindenvale.example.org"
    assert user.is_invited
    assert [mail.to for mail in mailoutbox] == [["e.kranz@lindenvale.example.org"]]
    assert "Samir Patel has added you" in mailoutbox[0].body
    assert "/sign-in/password/" in mailoutbox[0].body


def test_inviting_again_sends_a_fresh_link(samir, mailoutbox):
    user = services.invite_user(email="e.kranz@example.org", name="Eva Kranz", role=Role.VIEWER, by=samir)

    services.send_invitation(user=user, by=samir)

    assert len({mail.body for mail in mailoutbox}) == 2


@pytest.mark.parametrize("trait", ["coordinator", "deactivated"])
def test_inviting_somebody_who_needs_none_is_refused(samir, mailoutbox, trait):
    user = UserFactory(**{trait: True}, **({"password": None} if trait == "deactivated" else {}))

    with pytest.raises(services.AccountRefusedError):
        services.send_invitation(user=user, by=samir)

    assert mailoutbox == []


@pytest.mark.parametrize("role", [Role.VIEWER, Role.COORDINATOR, Role.DIRECTOR])
def test_only_administrators_act_on_people(samir, role, mailoutbox):
    somebody, target = UserFactory(role=role), UserFactory()
    acts = [
        lambda: services.invite_user(email="x@example.org", name="X", role=Role.ADMINISTRATOR, by=somebody),
        lambda: services.send_invitation(user=target, by=somebody),
        lambda: change(target, somebody, role=Role.VIEWER),
        lambda: services.set_active(user=target, by=somebody, is_active=False),
        lambda: services.end_sessions(user=target, by=somebody),
        lambda: services.reset_second_factor(user=target, by=somebody),
        lambda: services.save_school(school=services.current_school(), by=somebody),
    ]

    for act in acts:
        with pytest.raises(PermissionDenied):
            act()

    assert rights(target) == (Role.COORDINATOR, True)
    assert not User.objects.filter(email="x@example.org").exists()
    assert mailoutbox == []


def test_rights_lost_a_moment_ago_count_as_lost(samir):
    target = UserFactory()
    User.objects.filter(pk=samir.pk).update(role=Role.VIEWER)

    with pytest.raises(PermissionDenied):
        change(target, samir, role=Role.ADMINISTRATOR)

    assert rights(target) == (Role.COORDINATOR, True)


@pytest.mark.parametrize("fields", [{"role": Role.VIEWER}, {"is_active": False}])
def test_nobody_changes_their_own_rights(samir, fields):
    UserFactory(administrator=True)

    with pytest.raises(services.OwnRightsError):
        change(samir, samir, **fields)

    assert rights(samir) == (Role.ADMINISTRATOR, True)


@pytest.mark.parametrize("fields", [{"role": Role.VIEWER}, {"is_active": False}])
def test_last_administrator_stays(samir, fields):
    UserFactory(administrator=True, deactivated=True)

    with pytest.raises(services.LastAdministratorError):
        change(samir, samir, **fields)

    assert rights(samir) == (Role.ADMINISTRATOR, True)


def test_own_name_and_address_can_be_changed(samir):
    change(samir, samir, name="Samir K. Patel", email="samir@lindenvale.example.org")

    assert User.objects.get(pk=samir.pk).name == "Samir K. Patel"


def test_change_of_role_is_logged(samir):
    user = UserFactory()

    change(user, samir, role=Role.DIRECTOR)

    entry = LogEntry.objects.get_for_object(user).first()
    assert entry.changes["role"] == ["coordinator", "director"]


def test_log_holds_no_password(samir):
    user = UserFactory()
    user.set_password("seven wooden boats 5")
    user.save()

    assert "password" not in str(list(LogEntry.objects.values_list("changes", flat=True)))


def test_two_spellings_of_an_address_are_one_account(db):
    UserFactory(email="m.keller@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="M.Keller@example.org", name="Twin")


def at_once(*acts):
    """Run each act in a thread of its own, as near to the same moment as can be; return what they raised."""
    barrier, raised = threading.Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        try:
            act()
        except (services.AccountRefusedError, PermissionDenied) as error:
            raised.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_administrators_demoting_each_other_leave_one():
    SchoolFactory()
    for _turn in range(10):
        User.objects.all().delete()
        first, second = UserFactory.create_batch(2, administrator=True)

        raised = at_once(
            lambda first=first, second=second: change(second, first, role=Role.VIEWER),
            lambda first=first, second=second: change(first, second, is_active=False),
        )

        assert User.objects.administrators().count() == 1
        assert raised == [PermissionDenied]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_are_all_different():
    numbers = []

    at_once(*[lambda: numbers.append(services.next_number(key="MOU", year=2026, prefix="LV-MOU"))] * 8)

    assert sorted(numbers) == [f"LV-MOU-2026-{number:03}" for number in range(1, 9)]
