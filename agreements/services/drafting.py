"""Writing an agreement: from a template, field by field, until it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import School, User
from accounts.services import current_school, next_number
from agreements import basic_mou
from agreements.enums import Party
from agreements.figures import short_name
from agreements.models import (
    BASIC,
    Agreement,
    AgreementClause,
    AgreementTemplate,
    Obligation,
    Signatory,
    TemplateClause,
)
from agreements.rules import can_draft, can_edit_text
from agreements.services.locking import lock_agreement, tell_timeline
from partnerships.enums import ContactRole
from partnerships.models import Organisation
from ui.conflicts import rewrite

SERIES = "mou"
CLAUSE_FIELDS = ("number", "part", "title", "body", "is_locked", "is_binding")


class NotADraftError(Exception):
    """The agreement was sent meanwhile; its text is frozen."""


@dataclass(frozen=True)
class DraftText:
    """All that the draft's form holds; rows are in their order, clauses by their id."""

    fields: dict[str, Any]
    obligations: list[dict[str, Any]] = field(default_factory=list)
    contributions: list[dict[str, Any]] = field(default_factory=list)
    signatories: list[dict[str, Any]] = field(default_factory=list)
    clauses: dict[int, dict[str, str]] = field(default_factory=dict)


@transaction.atomic
def basic_template() -> AgreementTemplate:
    """Return the memorandum that comes with Tandem; the first call writes it down in the language then in force."""
    defaults = {"name": str(basic_mou.NAME), "intro": str(basic_mou.INTRO)}
    template, made = AgreementTemplate.objects.get_or_create(key=BASIC, defaults=defaults)
    if made:
        TemplateClause.objects.bulk_create(
            TemplateClause(
                template=template,
                number=number,
                part=str(clause.part),
                title=str(clause.title),
                body=str(clause.body),
                is_locked=clause.is_locked,
                is_binding=clause.is_binding,
            )
            for number, clause in enumerate(basic_mou.CLAUSES, start=1)
        )
    return template


@transaction.atomic
def draft_agreement(*, organisation: Organisation, by: User, title: str = "") -> Agreement:
    """Begin an agreement: number, clauses, usual duties, and who is likely to sign."""
    if not can_draft(by):
        raise PermissionDenied
    school = current_school()
    agreement = Agreement.objects.create(
        organisation=organisation,
        owner=by,
        created_by=by,
        updated_by=by,
        number=_number(school),
        template=basic_template(),
        title=title or _("Working together with %(partner)s") % {"partner": short_name(organisation)},
        expectations=str(basic_mou.EXPECTATIONS),
        notice_days=school.agreement_notice_days,
        currency=school.currency,
    )
    _copy_clauses(agreement)
    Obligation.objects.bulk_create(
        Obligation(
            agreement=agreement, order=at, topic=str(topic), school_text=str(ours), organisation_text=str(theirs)
        )
        for at, (topic, ours, theirs) in enumerate(basic_mou.DUTIES)
    )
    Signatory.objects.bulk_create(_likely_signatories(agreement))
    tell_timeline(agreement, "drafted", title=_("Agreement %(number)s begun") % {"number": agreement.number}, by=by)
    return agreement


def _number(school: School) -> str:
    prefix = "-".join(filter(None, [school.document_prefix, "MOU"]))
    return next_number(key=SERIES, year=school.today().year, prefix=prefix)


def _copy_clauses(agreement: Agreement) -> None:
    AgreementClause.objects.bulk_create(
        AgreementClause(agreement=agreement, **{name: getattr(clause, name) for name in CLAUSE_FIELDS})
        for clause in agreement.template.clauses.all()
    )


def _likely_signatories(agreement: Agreement) -> list[Signatory]:
    """Suggest the director and the contact who decides; the form may name others."""
    director = User.objects.filter(role=Role.DIRECTOR, is_active=True).order_by("id").first()
    contacts = agreement.organisation.contacts.filter(archived_at=None).exclude(email="")
    decider = contacts.filter(role__in=[ContactRole.DECISION_MAKER, ContactRole.OWNER]).order_by("id").first()
    found = []
    if director:
        capacity = director.job_title or _("Director")
        found.append((Party.SCHOOL, director.name, capacity, director.email))
    if decider:
        found.append((Party.ORGANISATION, decider.name, decider.job_title, decider.email))
    return [
        Signatory(agreement=agreement, order=at, party=party, name=name, capacity=capacity, email=email.lower())
        for at, (party, name, capacity, email) in enumerate(found)
    ]


@transaction.atomic
def save_draft(*, agreement: Agreement, text: DraftText, opened: int, by: User) -> Agreement:
    """Write the form down. Raises NotADraftError, StaleRecordError and PermissionDenied."""
    agreement = lock_agreement(agreement.pk)
    if not can_draft(by):
        raise PermissionDenied
    if not can_edit_text(by, agreement):
        raise NotADraftError
    agreement.save(update_fields=rewrite(agreement, text.fields, opened=opened, by=by))
    _write_rows(agreement.obligations, text.obligations)
    _write_rows(agreement.contributions, text.contributions)
    _write_signatories(agreement, text.signatories)
    _write_clauses(agreement, text.clauses)
    return agreement


def _write_rows(related: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Bring the agreement's rows in line with the form: change those with an id, add the others, drop the rest."""
    existing: dict[int, models.Model] = {row.pk: row for row in related.all()}
    for order, values in enumerate(rows):
        row = existing.pop(values.get("id") or 0, None) or related.model(agreement=related.instance)
        for name, value in {**values, "order": order}.items():
            if name != "id":
                setattr(row, name, value)
        row.save()
    related.filter(pk__in=existing).delete()


def _write_signatories(agreement: Agreement, rows: Iterable[dict[str, Any]]) -> None:
    """An address is a person: another address is another signatory, whose links are not those of the first."""
    known = {person.email: person.pk for person in agreement.signatories.all()}
    wanted = [{**row, "email": row["email"].lower()} for row in rows]
    agreement.signatories.exclude(email__in=[row["email"] for row in wanted]).delete()
    _write_rows(agreement.signatories, [{**row, "id": known.get(row["email"])} for row in wanted])


def _write_clauses(agreement: Agreement, words: dict[int, dict[str, str]]) -> None:
    for clause in agreement.clauses.filter(pk__in=words, is_locked=False):
        clause.title, clause.body = words[clause.pk]["title"], words[clause.pk]["body"]
        clause.save(update_fields=["title", "body"])
