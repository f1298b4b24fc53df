"""The demo's proposals and places. All names and figures are made up; days count back from the anchor day."""

from __future__ import annotations

from dataclasses import dataclass, field

from opportunities.enums import DecisionReason, PlacementStatus, ProposalStatus


@dataclass(frozen=True)
class Point:
    """A point; days are counted from the anchor day, money and hours are in all."""

    line: int
    description: str
    detail: str = ""
    quantity: int | None = None
    starts: int | None = None
    ends: int | None = None
    hours: tuple[int, int] = (0, 0)
    money: tuple[int, int] = (0, 0)
    programme: str = ""
    need: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Round:
    """A round: how many days ago it was sent (None: still being written), its words and points."""

    sent: int | None
    points: tuple[Point, ...]
    intro: str = ""
    changes: str = ""


@dataclass(frozen=True)
class Asked:
    """Changes that a partner asked for, so many days ago."""

    days: int
    words: str


@dataclass(frozen=True)
class OpenProposal:
    partner: str
    title: str
    rounds: tuple[Round, ...]
    asked: tuple[Asked, ...] = ()
    status: ProposalStatus = ProposalStatus.SENT
    valid_for: int = 30
    opened: int | None = None
    number: int | None = None


def _places(title: str, places: int, starts: int, ends: int, programme: str, detail: str = "") -> Point:
    return Point(
        0,
        title,
        detail,
        places,
        starts,
        ends,
        hours=(4 * places, 12 * places),
        money=(120 * places, 0),
        programme=programme,
    )


_VISITS = Point(1, "A teacher visits twice", "In the second and in the last week", hours=(8, 2))
_SAFETY = Point(2, "Safety briefing before day one", "At the college, for all students", hours=(6, 0))

KESTREL = OpenProposal(
    "Kestrel Precision Ltd",
    "Evening CNC course for Kestrel’s operators",
    (
        Round(
            22,
            (
                Point(0, "8 operators", "From both shifts", 8, need="CAM for operators"),
                Point(1, "10 evenings of 3 hours", "Tuesdays, hall C", starts=32, ends=96, hours=(30, 0)),
                Point(2, "Course fee", "€400 each, after the first evening", money=(0, 3200)),
                Point(3, "Attendance certificate", money=(250, 0)),
                Point(4, "Workshop and material", "College workshop, hall C", money=(900, 0)),
                Point(5, "Trainer", "Pavel Horak", money=(1950, 0)),
            ),
            intro="Eight operators, ten Tuesdays, from mid-April.",
        ),
        Round(
            8,
            (
                Point(
                    0,
                    "10 people: 8 operators, 2 apprentices",
                    "From both shifts",
                    10,
                    need="CAM for operators",
                    reason="They asked",
                ),
                Point(
                    1,
                    "12 evenings of 2.5 hours",
                    "Mondays, 17:00 to 19:30, hall C",
                    starts=53,
                    ends=130,
                    hours=(30, 0),
                    reason="Shorter after a shift; still 30 hours",
                ),
                Point(2, "Course fee", "€360 each, after the first evening", money=(0, 3600), reason="Larger group"),
                Point(3, "CNC operator unit, level 3", "For everyone who passes", money=(350, 0), reason="We offered"),
                Point(4, "Workshop and material", "College workshop, hall C", money=(900, 0)),
                Point(5, "Trainer", "Pavel Horak", money=(1950, 0)),
                Point(
                    6,
                    "Two guest talks",
                    "By Kestrel’s team, at the college, by December",
                    2,
                    hours=(0, 6),
                    money=(0, 300),
                    reason="Balances the lower price",
                ),
                Point(
                    7,
                    "Training lathe on loan",
                    "For the course; the college insures it",
                    1,
                    reason="Balances the lower price",
                ),
            ),
            intro="Twelve shorter evenings from early May, ten places. In return we would like to borrow the training "
            "lathe.",
            changes="You asked for shorter evenings, two apprentices and a start after April. All three are in.",
        ),
    ),
    (
        Asked(
            15,
            "Three hours is long after a shift. Could we do more, shorter evenings, and could two apprentices join? "
            "April is our busiest month.",
        ),
    ),
    opened=7,
    number=31,
)
ASHGROVE = OpenProposal(
    "Ashgrove Homes",
    "Six students on the wards, and a medication course",
    (
        Round(
            22,
            (
                _places("6 students in two homes", 6, 53, 92, "HSC", "Day shifts, 07:00 to 15:00"),
                Point(
                    1,
                    "Medication rounds, second level",
                    "For 4 of your staff, at the college",
                    4,
                    67,
                    81,
                    hours=(12, 48),
                    money=(640, 480),
                    need="Medication rounds, second level",
                ),
                _SAFETY,
            ),
            intro="You are short of people and want four of your staff trained. This is what we can do by May.",
        ),
        Round(
            None,
            (
                _places("6 students in two homes", 6, 53, 92, "HSC", "Evening shifts, 13:00 to 21:00"),
                Point(
                    1,
                    "Medication rounds, second level",
                    "For 4 of your staff, at the college",
                    4,
                    67,
                    81,
                    hours=(12, 48),
                    money=(640, 480),
                    need="Medication rounds, second level",
                ),
                _SAFETY,
            ),
            intro="You are short of people in the evening and want four of your staff trained.",
            changes="You asked for evening shifts. They are in, for students of 18 and over.",
        ),
    ),
    (Asked(9, "Evening shifts would help us most. Could the students come from one to nine?"),),
    status=ProposalStatus.IN_NEGOTIATION,
)
BELLWEATHER = OpenProposal(
    "Bellweather Engineering",
    "Two welders in training, and a look at your robot cell",
    (
        Round(
            31,
            (_places("2 students in the weld shop", 2, 46, 74, "WEL"), _VISITS),
            intro="Two second-years who have passed their MIG test.",
        ),
        Round(
            3,
            (
                _places("2 students in the weld shop", 2, 60, 88, "WEL"),
                _VISITS,
                Point(3, "A morning at the robot cell", "For the whole class of 12", 12, 70, 70, hours=(6, 4)),
            ),
            intro="Two second-years who have passed their MIG test.",
            changes="You asked for a later start; it is now in May.",
        ),
    ),
    (Asked(19, "May suits us better than April."),),
)
OTHERS = [
    OpenProposal(
        "Tolland Motors",
        "A workshop place from May",
        (Round(3, (_places("1 student in the workshop", 1, 53, 81, "MEC"), _VISITS)),),
    ),
    OpenProposal(
        "Redgate Plumbing",
        "Two installers on your sites",
        (Round(11, (_places("2 students with your fitters", 2, 46, 74, "ELI"), _SAFETY)),),
        valid_for=35,
    ),
    OpenProposal(
        "Sable Print",
        "A web shop built by our class",
        (
            Round(
                20,
                (
                    Point(
                        0,
                        "A student project of 10 weeks",
                        "Four students, one afternoon a week",
                        4,
                        32,
                        100,
                        hours=(40, 10),
                        programme="SWD",
                    ),
                    _VISITS,
                ),
            ),
        ),
        valid_for=45,
    ),
    OpenProposal(
        "Harbour Street Dental",
        "A taster week at reception",
        (Round(24, (_places("1 student for a week", 1, 39, 43, "HSC"),)),),
        valid_for=45,
    ),
    OpenProposal(
        "Oakfield Court",
        "Four students on the care floors",
        (Round(17, (_places("4 students on two floors", 4, 53, 92, "HSC"), _VISITS, _SAFETY)),),
        valid_for=42,
    ),
]
OPEN = [KESTREL, ASHGROVE, BELLWEATHER, *OTHERS]
EXPIRED = OpenProposal(
    "Linnet Garden Design",
    "Two students for the spring beds",
    (Round(36, (Point(0, "2 students outdoors", "", 2, 18, 46, hours=(8, 24)), _VISITS)),),
    valid_for=30,
    status=ProposalStatus.EXPIRED,
)


@dataclass(frozen=True)
class Decided:
    """A proposal that was answered: how many days before the anchor day it was sent, and how long that took."""

    partner: str
    title: str
    sent: int
    took: int
    reason: DecisionReason | None = None
    words: str = ""


# Nineteen answers within the year; the one in the middle took 16 days.
WON = [
    Decided("Tidewell Care Group", "Care placements in five homes", 120, 12),
    Decided("Greyfriars Bakery", "Bakery placements and a visit", 110, 14),
    Decided("Marsh & Sons Joinery", "Joinery placements", 100, 19),
    Decided("Nordwell Electrical", "A pilot with two installers", 90, 16),
    Decided("Copperline Robotics", "Robot cell project", 75, 24),
    Decided("Juniper Software", "Testers for the spring release", 50, 9),
    Decided("Quayside Boatworks", "Boat welding pilot", 66, 17),
    Decided("Fernhill Farm Foods", "A day on the packing line", 40, 11),
    Decided("Brightwater Hotel", "Kitchen and front desk", 260, 18),
    Decided("Hawthorn Software", "Student projects", 340, 30),
    Decided("Ellery Nursing Home", "Care placements", 320, 21),
    Decided("Amberley Joiners", "Carpentry placements", 300, 15),
    Decided("Saltmarsh Electric", "Installer placements", 260, 28),
    Decided("Rivermouth Marine", "Welding placements", 230, 13),
    Decided("Brook Lane Nursery", "Childcare placements", 190, 16),
]
# It came to nothing, and they went back to talking.
LOST = [
    Decided(
        "Blue Anchor Inn",
        "Two students in the kitchen",
        118,
        12,
        DecisionReason.CAPACITY,
        "We have nobody who could look after a student this year.",
    ),
    Decided(
        "Otterburn Outdoor",
        "An evening course for your team",
        125,
        16,
        DecisionReason.PRICE,
        "Too dear for four people.",
    ),
    Decided(
        "Elmstead Roofing",
        "Two students on the roof",
        112,
        20,
        DecisionReason.TIMING,
        "June is the wrong month for us.",
    ),
    Decided(
        "Dovecote Nursery",
        "Placements with the small ones",
        121,
        22,
        DecisionReason.OTHER_SCHOOL,
        "We went with the college in Harrowfield.",
    ),
]


@dataclass(frozen=True)
class Places:
    """An opening and who has its places; days count from the anchor day."""

    partner: str
    programme: str
    title: str
    starts: int
    ends: int
    filled: dict[PlacementStatus, int] = field(default_factory=dict)
    free: int = 0
    min_age: int | None = 16
    note: str = ""
    days_on_offer: int = 60


_DONE, _SURE, _NOW = PlacementStatus.COMPLETED, PlacementStatus.CONFIRMED, PlacementStatus.ACTIVE
_EARLY, _PLANNED = PlacementStatus.ENDED_EARLY, PlacementStatus.PLANNED
_WINTER, _AUTUMN, _SPRING, _MAY = (-59, -20), (-150, -108), (46, 71), (53, 92)
# 61 places at 17 firms: 38 completed, 23 confirmed; two ended early and count no longer.
PLACES = [
    Places("Tidewell Care Group", "HSC", "Personal care in five homes", *_WINTER, {_DONE: 6}),
    Places("Meadowbank Care", "HSC", "Care and company", *_WINTER, {_DONE: 3, _EARLY: 1}),
    Places("Meadowbank Care", "HSC", "Care in the day centre", *_MAY, {}, 4, note="White shoes; bus 12"),
    Places("Kestrel Precision Ltd", "MEC", "Machining and quality checks", -52, -34, {_DONE: 6}),
    Places("Kestrel Precision Ltd", "MEC", "Setting up the new lathe", *_SPRING, {}, 3),
    Places("Calder Foods", "MEC", "Maintenance of the lines", *_WINTER, {_DONE: 2}),
    Places("Calder Foods", "MEC", "Maintenance in the summer stop", 60, 88, {}, 2),
    Places("Copperline Robotics", "MEC", "Robot cells", *_MAY, {_SURE: 3}),
    Places("Ferris & Lowe Motors", "MEC", "Workshop and diagnosis", *_AUTUMN, {_DONE: 3}),
    Places("Brightwater Hotel", "HOS", "Kitchen and front desk", *_AUTUMN, {_DONE: 6}),
    Places("Brightwater Hotel", "HOS", "In the kitchen", *_MAY, {}, 3, days_on_offer=3),
    Places("Weir Street Kitchen", "HOS", "Kitchen", *_WINTER, {_DONE: 3, _EARLY: 1}),
    Places("Greyfriars Bakery", "HOS", "Bakery and shop", *_MAY, {_SURE: 3}),
    Places("Saltmarsh Electric", "ELI", "House wiring", *_AUTUMN, {_DONE: 4}),
    Places("Saltmarsh Electric", "ELI", "Fuse boards", *_MAY, {_PLANNED: 1}, 2),
    Places("Nordwell Electrical", "ELI", "Installation on site", *_MAY, {_SURE: 3}),
    Places("Nordwell Electrical", "ELI", "Installers", *_SPRING, {}, 2, days_on_offer=1),
    Places("Rivermouth Marine", "WEL", "Hull repair", *_WINTER, {_DONE: 5}),
    Places("Rivermouth Marine", "WEL", "Hull repair, second group", *_MAY, {_PLANNED: 1}, 1),
    Places("Quayside Boatworks", "WEL", "Boat welding", *_SPRING, {_SURE: 3}),
    Places("Hawthorn Software", "SWD", "Student project", *_MAY, {_SURE: 3}, min_age=None),
    Places("Juniper Software", "SWD", "Web team", *_SPRING, {_SURE: 2}, min_age=None),
    Places("Juniper Software", "SWD", "Testers", 81, 106, {}, 2, days_on_offer=8),
    Places("Halden Logistics", "LOG", "Goods in", *_SPRING, {_SURE: 2}),
    Places("Halden Logistics", "LOG", "In the warehouse", *_SPRING, {}, 3, 18, "Late shift to 22:30", days_on_offer=12),
    Places("Amberley Joiners", "CAR", "Windows and doors", *_MAY, {_SURE: 4}),
    Places("Amberley Joiners", "CAR", "Stairs", 60, 88, {}, 2),
]
EARLY_REASONS = ["Moved house", "The night shifts did not suit"]
# Class and how many of its students are on file: as many as need a place.
CLASSES = [
    ("HSC", "C2", 30),
    ("MEC", "M2", 20),
    ("HOS", "G2", 18),
    ("ELI", "E2", 14),
    ("WEL", "W2", 12),
    ("SWD", "S2", 10),
    ("LOG", "L2", 8),
    ("CAR", "J2", 8),
]
