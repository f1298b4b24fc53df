"""Where a column of a file may go: fields of an organisation and of the person there."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from partnerships.importing.synonyms import SYNONYMS
from roadmap.slots import Words

ORGANISATION, PERSON = "organisation", "person"


@dataclass(frozen=True)
class Target:
    key: str
    label: Words
    belongs_to: str


TARGETS = (
    Target("name", _("Name"), ORGANISATION),
    Target("legal_name", _("Legal name"), ORGANISATION),
    Target("trade", _("Trade, in their words"), ORGANISATION),
    Target("nace", _("NACE code"), ORGANISATION),
    Target("kind", _("Kind"), ORGANISATION),
    Target("size", _("Staff"), ORGANISATION),
    Target("registration_number", _("Registration number"), ORGANISATION),
    Target("website", _("Website"), ORGANISATION),
    Target("email", _("General e-mail"), ORGANISATION),
    Target("phone", _("Phone"), ORGANISATION),
    Target("street", _("Street"), ORGANISATION),
    Target("postcode", _("Postcode"), ORGANISATION),
    Target("town", _("Town"), ORGANISATION),
    Target("distance_km", _("Distance in km"), ORGANISATION),
    Target("capacity", _("Students at the same time"), ORGANISATION),
    Target("source_detail", _("Found through"), ORGANISATION),
    Target("description", _("Notes"), ORGANISATION),
    Target("owner", _("Owner at the school"), ORGANISATION),
    Target("contact_name", _("Contact person"), PERSON),
    Target("contact_first_name", _("Contact’s first name"), PERSON),
    Target("contact_last_name", _("Contact’s last name"), PERSON),
    Target("contact_title", _("Contact’s job title"), PERSON),
    Target("contact_email", _("Contact’s e-mail"), PERSON),
    Target("contact_phone", _("Contact’s phone"), PERSON),
)
BY_KEY = {target.key: target for target in TARGETS}
BY_SYNONYM = {synonym.strip(): key for key, synonyms in SYNONYMS.items() for synonym in synonyms.split(",")}
# Several columns may feed the notes; every other field takes one.
SHARED = {"description"}
