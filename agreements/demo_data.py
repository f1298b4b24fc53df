"""The agreements of the demo. All names and figures are made up; days are those of the school year 2025/26."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

ANCHOR = dt.date(2026, 3, 12)
CURRENT, SIGNED, SENT, DRAFT, OVER = "active", "signed", "sent", "draft", "expired"


@dataclass(frozen=True)
class Deal:
    """One agreement: what each side gives a year, and how much of it in money."""

    partner: str
    title: str
    number: tuple[int, int]
    ends_on: dt.date
    partner_gives: tuple[int, int]
    school_gives: tuple[int, int]
    state: str = CURRENT
    starts_on: dt.date | None = None
    has_document: bool = False

    @property
    def first_day(self) -> dt.date:
        """Two years before the end unless said otherwise."""
        return self.starts_on or (self.ends_on + dt.timedelta(days=1)).replace(year=self.ends_on.year - 2)


def _day(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, day)


DEALS = [
    Deal(
        "Halden Logistics",
        "Placements and forklift days",
        (2024, 7),
        _day(2026, 4, 30),
        (9840, 1800),
        (3120, 480),
    ),
    Deal("Stonegate Builders", "Site placements", (2024, 9), _day(2026, 5, 8), (7460, 1400), (2880, 360)),
    Deal("Meadowbank Care", "Care placements", (2024, 14), _day(2026, 8, 31), (5220, 900), (2240, 300)),
    Deal("Ferris & Lowe Motors", "Workshop placements", (2024, 16), _day(2026, 12, 31), (6310, 1200), (1980, 240)),
    Deal("Calder Foods", "Maintenance trainees", (2025, 2), _day(2027, 1, 31), (8120, 1500), (2460, 360)),
    Deal("Weir Street Kitchen", "Kitchen placements", (2025, 4), _day(2027, 4, 30), (3980, 700), (1640, 240)),
    Deal("Hawthorn Software", "Student projects", (2025, 6), _day(2027, 6, 30), (4450, 800), (1720, 240)),
    Deal("Ellery Nursing Home", "Care placements", (2025, 8), _day(2027, 7, 31), (4860, 860), (2180, 300)),
    Deal("Amberley Joiners", "Carpentry placements", (2025, 9), _day(2027, 8, 31), (3240, 600), (1380, 180)),
    Deal(
        "Brightwater Hotel",
        "Hospitality framework",
        (2025, 11),
        _day(2027, 9, 30),
        (7160, 1500),
        (4968, 540),
    ),
    Deal("Saltmarsh Electric", "Installer placements", (2025, 13), _day(2027, 10, 31), (5540, 1000), (2060, 300)),
    Deal("Rivermouth Marine", "Welding placements", (2025, 15), _day(2027, 12, 31), (6720, 1100), (2340, 360)),
    Deal("Brook Lane Nursery", "Childcare placements", (2026, 3), _day(2028, 1, 31), (2680, 400), (1460, 240)),
    Deal(
        "Orwell Print",
        "Apprentices and projects",
        (2026, 6),
        _day(2028, 2, 29),
        (3150, 500),
        (1520, 240),
        starts_on=_day(2026, 3, 1),
    ),
    Deal(
        "Tidewell Care Group",
        "Care placements",
        (2026, 16),
        _day(2028, 3, 31),
        (6900, 1200),
        (2540, 360),
        SIGNED,
        has_document=True,
    ),
    Deal("Greyfriars Bakery", "Early-shift placements", (2026, 19), _day(2028, 4, 30), (3420, 500), (1560, 240), DRAFT),
    Deal("Marsh & Sons Joinery", "Carpentry placements", (2026, 21), _day(2028, 8, 31), (0, 0), (0, 0), DRAFT),
    Deal("Ferris & Lowe Motors", "Workshop placements", (2022, 11), _day(2024, 12, 31), (5400, 900), (1800, 240), OVER),
    Deal("Calder Foods", "Maintenance trainees", (2023, 1), _day(2025, 1, 31), (7300, 1300), (2240, 300), OVER),
    Deal("Hawthorn Software", "Student projects", (2023, 5), _day(2025, 6, 30), (3900, 600), (1500, 180), OVER),
    Deal("Ellery Nursing Home", "Care placements", (2023, 7), _day(2025, 7, 31), (4200, 700), (1900, 240), OVER),
    Deal("Brightwater Hotel", "Hospitality framework", (2023, 10), _day(2025, 9, 30), (6400, 1200), (4300, 480), OVER),
    Deal("Saltmarsh Electric", "Installer placements", (2023, 12), _day(2025, 10, 31), (4900, 800), (1840, 240), OVER),
]

KESTREL = Deal(
    "Kestrel Precision Ltd",
    "Work placements and machining skills 2026 to 2028",
    (2026, 18),
    _day(2028, 3, 31),
    (13_028, 3_380),
    (2_880, 360),
    SENT,
)
KESTREL_PURPOSE = (
    "The parties work together so that students learn machining in a real workplace and Kestrel meets future "
    "colleagues early."
)
KESTREL_DUTIES = [
    ("Students", "Chooses 12 students a year, in two groups of six", "Hosts each group for six weeks"),
    (
        "Safety",
        "Trains every student in workshop safety before day one",
        "Explains site rules on day one; provides a safe workplace",
    ),
    ("Guidance", "A teacher visits each group once a week", "Names two mentors, 4 hours a week for each"),
    ("Insurance", "Covers accident and liability for students", "Tells the college the same day if something happens"),
    ("Equipment", "Looks after and insures the borrowed lathe", "Lends one CNC training lathe"),
    ("Review", "Sends feedback forms and shares the results", "Answers within two weeks; meets every March"),
]
# party, kind, what, how many, of what, value of one, value a year, note
KESTREL_GIVES = [
    ("organisation", "in_kind", "Mentor time", 96, "hours", 38, 3648, ""),
    ("organisation", "in_kind", "CNC training lathe", None, "", None, 6000, "on loan"),
    ("organisation", "financial", "Travel allowance", 72, "student weeks", 40, 2880, ""),
    ("organisation", "financial", "Prize for the best apprentice", None, "", None, 500, "one a year"),
    ("school", "in_kind", "Safety training and gear", 12, "students", 120, 1440, ""),
    ("school", "in_kind", "Teacher visits", 24, "hours", 45, 1080, ""),
    ("school", "financial", "Student insurance", 12, "students", 30, 360, ""),
]
