"""The fictional school of the demo and its people. Nobody has a password: demo sign-ins need none."""

import datetime as dt
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.enums import Role
from accounts.models import School, User

DOMAIN = "lindenvale.example.org"
SCHOOL: dict[str, Any] = {
    "name": "Linden Vale Vocational College",
    "short_name": "Linden Vale College",
    "address": "2 Weir Road, Lindenvale",
    "website": f"https://{DOMAIN}/",
    "phone": "000 555 0100",
    "time_zone": "Europe/Vienna",
    "currency": "EUR",
    "document_prefix": "LV",
    "sender_name": "Linden Vale Vocational College",
    "sender_email": f"tandem@{DOMAIN}",
    "reply_to_email": f"partners@{DOMAIN}",
}
PEOPLE = [
    ("m.keller", "Marta Keller", Role.COORDINATOR, "Partnership coordinator", "000 555 0101"),
    ("j.brandt", "Jonas Brandt", Role.COORDINATOR, "Partnership coordinator", "000 555 0102"),
    ("a.noor", "Aisha Noor", Role.COORDINATOR, "Partnership coordinator", "000 555 0103"),
    ("h.voss", "Helena Voss", Role.DIRECTOR, "Director", "000 555 0104"),
    ("r.amadi", "Ruth Amadi", Role.VIEWER, "Safeguarding lead", "000 555 0199"),
    ("s.patel", "Samir Patel", Role.ADMINISTRATOR, "IT services", "000 555 0105"),
    ("e.kranz", "Eva Kranz", Role.VIEWER, "Head of mechanical engineering", ""),
]
# Who the one-click sign-ins of the demo stand for, by the role that their button names.
DEMO_SIGN_INS = {
    Role.COORDINATOR: f"m.keller@{DOMAIN}",
    Role.DIRECTOR: f"h.voss@{DOMAIN}",
    Role.ADMINISTRATOR: f"s.patel@{DOMAIN}",
}


def load(day: dt.date) -> None:
    """Make the school and its people, unless there is a school already."""
    if School.objects.exists():
        return
    School.objects.create(pk=School.PK, **SCHOOL)
    joined = dt.datetime.combine(day, dt.time(8), dt.UTC) - dt.timedelta(days=550)
    User.objects.bulk_create(
        User(
            email=f"{address}@{DOMAIN}",
            name=name,
            role=role,
            job_title=title,
            phone=phone,
            password=make_password(None),
            date_joined=joined,
        )
        for address, name, role, title, phone in PEOPLE
    )
    invited = dt.datetime.combine(day, dt.time(9), dt.UTC) - dt.timedelta(days=3)
    User.objects.filter(email=f"e.kranz@{DOMAIN}").update(invited_at=invited, date_joined=invited)
    School.objects.update(
        safeguarding_lead=User.objects.get(email=f"r.amadi@{DOMAIN}"),
        data_protection_lead=User.objects.get(email=f"s.patel@{DOMAIN}"),
    )
