"""A person at an organisation."""

from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Stamped
from partnerships.enums import ContactRole
from partnerships.models.organisation import Organisation
from partnerships.models.phones import Compact, validate_phone
from roadmap.search import Fold

HERE = models.Q(archived_at=None)


class ContactQuerySet(models.QuerySet["Contact"]):
    def here(self) -> Self:
        """Those who still work there: not archived."""
        return self.filter(HERE)

    def in_order(self) -> Self:
        """Whom to ring first, first."""
        return self.order_by("-is_primary", "name", "id")


class Contact(Stamped):
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="contacts", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=200)
    job_title = models.CharField(_("job title"), max_length=160, blank=True)
    role = models.CharField(_("role in the partnership"), max_length=16, choices=ContactRole, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[validate_phone])
    is_primary = models.BooleanField(_("main contact"), default=False)
    do_not_contact = models.BooleanField(_("does not want to be contacted"), default=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    search_text = models.GeneratedField(
        expression=Fold("name", "job_title", "email", "phone", Compact("phone")),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="partnerships_contact_named"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(is_primary=True, archived_at=None),
                name="partnerships_one_main_contact",
            ),
        ]
        indexes: ClassVar = [
            # The search page: the first few by name of those that match, however many do.
            models.Index(fields=["name", "id"], condition=HERE, name="partners_people_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('partnerships:detail', args=[self.organisation_id])}#people"

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None
