"""The pilots of the demo. All names and figures are made up; days count from the anchor day."""

from __future__ import annotations

from dataclasses import dataclass

from pilots.enums import Kind, PilotStatus

# Text, how one knows, shows, direction, target, unit, must-have, result, note.
Criterion = tuple[str, str, str, str, float, str, bool, float | None, str]
LEAST, MOST = "at_least", "at_most"
STAYS: Criterion = ("Everyone stays to the end", "Attendance list", "behaviour", LEAST, 100, "%", True, 100, "")
AGAIN: Criterion = ("They would do it again", "Their own words, 1 to 5", "result", LEAST, 4, "", False, 5, "")


@dataclass(frozen=True)
class Trial:
    """One pilot: `first` and `last` day, `decided` and `approved` as days from the anchor day."""

    partner: str
    title: str
    programme: str
    students: int
    first: int
    last: int
    status: PilotStatus
    because: tuple[str, str, str]
    criteria: tuple[Criterion, ...]
    kind: Kind = Kind.TRIAL_PLACEMENT
    place: str = ""
    hours: tuple[int, int] = (18, 40)
    hours_spent: tuple[int, int] | None = None
    money: int = 0
    money_spent: int | None = None
    decided: int | None = None
    reason: str = ""
    lesson: str = ""


def _asked(criterion: Criterion) -> Criterion:
    """The same criterion before anybody knows its result."""
    return (*criterion[:7], None, "")


NORDWELL = Trial(
    "Nordwell Electrical",
    "Trial placement: four electricians at Nordwell",
    "Electrical Installation",
    4,
    -31,
    -6,
    PilotStatus.DELIVERED,
    (
        "four second-years work four weeks with Nordwell’s installers",
        "Nordwell takes them on for the summer",
        "its people will have seen them wire a board unaided",
    ),
    (
        ("Students felt ready on day one", "Average of their answers", "reaction", LEAST, 4, "", True, None, ""),
        (
            "Wires a test board alone by the end of week 3",
            "Mentor’s checklist",
            "learning",
            LEAST,
            2,
            "students",
            True,
            2,
            "",
        ),
        (
            "Everyone stays to the end",
            "Attendance list",
            "behaviour",
            LEAST,
            4,
            "students",
            True,
            4,
            "1 day missed in all",
        ),
        ("Nordwell would do it again", "Petra Wolde, 1 to 5", "result", LEAST, 4, "", False, None, ""),
        ("At least one summer job is offered", "In writing", "result", LEAST, 1, "", False, 1, ""),
    ),
    place="Nordwell yard and the site at Weir Road",
    hours=(22, 48),
    hours_spent=(19, 52),
    money=640,
    money_spent=588,
)
RUNNING = [
    Trial(
        "Copperline Robotics",
        "Robot cell: five students for six weeks",
        "Mechatronics",
        5,
        -17,
        22,
        PilotStatus.RUNNING,
        (
            "five second-years run one robot cell for six weeks",
            "Copperline plans two places a term with us",
            "its engineers will know what our students can do",
        ),
        (
            ("Sets up the cell without help", "Engineer’s checklist", "learning", LEAST, 3, "students", True, None, ""),
            _asked(STAYS),
            _asked(AGAIN),
        ),
        place="Copperline, hall 2",
        money=300,
    ),
    Trial(
        "Juniper Software",
        "Bug hunt: three students in the test team",
        "Software Development",
        3,
        -10,
        15,
        PilotStatus.RUNNING,
        (
            "three students test one release with Juniper’s team",
            "they find faults worth mending",
            "fresh eyes read the manual",
        ),
        (
            ("Faults found and confirmed", "Juniper’s own list", "result", LEAST, 10, "faults", True, None, ""),
            _asked(STAYS),
        ),
        kind=Kind.STUDENT_PROJECT,
    ),
    Trial(
        "Quayside Boatworks",
        "Welding on the slip: four students",
        "Welding & Fabrication",
        4,
        -31,
        8,
        PilotStatus.RUNNING,
        (
            "four students weld for six weeks on the slip",
            "two of them pass the yard’s own test",
            "they practise on real seams every day",
        ),
        (
            ("Passes the yard’s weld test", "Yard foreman", "learning", LEAST, 2, "students", True, None, ""),
            ("Accidents", "Accident book", "behaviour", MOST, 0, "", True, None, ""),
            _asked(AGAIN),
        ),
        place="Old Quay, slip 3",
    ),
    Trial(
        "Fernhill Farm Foods",
        "Farm shop weeks: seven students",
        "Hospitality",
        7,
        -3,
        15,
        PilotStatus.RUNNING,
        (
            "seven students run the farm shop’s kitchen for three weeks",
            "Fernhill takes three for the season",
            "they learn its dishes before the visitors come",
        ),
        (
            ("Season jobs offered", "In writing", "result", LEAST, 3, "jobs", True, None, ""),
            _asked(STAYS),
        ),
        place="Fernhill, the farm shop",
    ),
]
DECIDED = [
    Trial(
        "Kestrel Precision Ltd",
        "CNC placement, 6 students",
        "Mechatronics",
        6,
        -52,
        -34,
        PilotStatus.SCALED,
        (
            "six students spend three weeks on the shop floor",
            "Kestrel hosts twelve a year",
            "two shifts have room to teach",
        ),
        (
            ("Sets up a job alone by week two", "Mentors’ list", "learning", LEAST, 4, "students", True, 6, ""),
            ("Absences", "Attendance list", "behaviour", MOST, 2, "days", False, 0, ""),
            AGAIN,
        ),
        place="14 Foundry Lane",
        hours=(24, 90),
        hours_spent=(26, 96),
        decided=-26,
        reason="They would take all six again and ask for two groups a year.",
        lesson="Two students a mentor is the limit.",
    ),
    Trial(
        "Tidewell Care Group",
        "Care taster: four students, two weeks",
        "Health & Social Care",
        4,
        -75,
        -62,
        PilotStatus.SCALED,
        (
            "four students spend two weeks in one home",
            "Tidewell plans six places",
            "staff see how they speak with residents",
        ),
        (STAYS, AGAIN),
        decided=-45,
        reason="Residents and staff asked for more.",
    ),
    Trial(
        "Greyfriars Bakery",
        "Early shift: two students, two weeks",
        "Hospitality",
        2,
        -66,
        -53,
        PilotStatus.SCALED,
        ("two students bake from four in the morning", "they come every day", "the bus now runs at half past three"),
        (("Shifts missed", "Roster", "behaviour", MOST, 1, "shifts", True, 1, ""), AGAIN),
        decided=-40,
        reason="One missed shift in twenty; the bakery wants three places.",
        lesson="Settle the way to work before the first day.",
    ),
    Trial(
        "Marsh & Sons Joinery",
        "Bench weeks: two apprentices on trial",
        "Carpentry & Joinery",
        2,
        -56,
        -36,
        PilotStatus.SCALED,
        ("two students make one staircase", "the firm takes an apprentice", "it can see their hands at work"),
        (("Apprenticeships offered", "In writing", "result", LEAST, 1, "", True, 1, ""), STAYS),
        decided=-24,
        reason="One offer is signed, a second is likely.",
    ),
    Trial(
        "Orwell Print",
        "Poster project: design class",
        "Software Development",
        8,
        -160,
        -130,
        PilotStatus.SCALED,
        ("a class designs one campaign", "Orwell prints it", "customers ask for younger work"),
        (("Designs that were printed", "Delivery notes", "result", LEAST, 2, "", True, 3, ""), AGAIN),
        kind=Kind.STUDENT_PROJECT,
        decided=-115,
        reason="Three designs were printed, one for a new customer.",
    ),
    Trial(
        "Brook Lane Nursery",
        "Shadow days in the nursery",
        "Health & Social Care",
        5,
        -185,
        -176,
        PilotStatus.SCALED,
        ("five students shadow for two days each", "three want to stay", "they see a whole day"),
        (("Want a placement there", "Their answers", "reaction", LEAST, 3, "students", True, 4, ""), AGAIN),
        kind=Kind.JOB_SHADOW_DAY,
        decided=-160,
        reason="Four of five want to come back.",
    ),
    Trial(
        "Brightwater Hotel",
        "Kitchen taster week",
        "Hospitality",
        4,
        -270,
        -264,
        PilotStatus.EXTENDED,
        ("four students cook for one week", "the hotel plans a season", "the chef sees them under pressure"),
        (("Dishes served without help", "Chef’s list", "learning", LEAST, 3, "dishes", True, 3, ""), AGAIN),
        decided=-250,
        reason="A week was too short to tell.",
        lesson="Two weeks at least in a kitchen.",
    ),
    Trial(
        "Halden Logistics",
        "Forklift show in the yard",
        "Logistics",
        12,
        -300,
        -300,
        PilotStatus.STOPPED,
        ("twelve students see the yard for a day", "four sign up for forklift training", "they have driven one"),
        (("Sign up within two weeks", "List at the desk", "result", LEAST, 4, "", True, 1, ""),),
        kind=Kind.DEMONSTRATION,
        decided=-280,
        reason="One of twelve signed up.",
        lesson="A show without own driving wins nobody; book the training ground next time.",
    ),
]
CALLED_OFF = Trial(
    "Stonegate Builders",
    "Open house on the site",
    "Carpentry & Joinery",
    0,
    -120,
    -120,
    PilotStatus.CANCELLED,
    ("families visit the site for an afternoon", "ten ask about the trade", "they see a house grow"),
    (("Families who ask", "Counted at the gate", "reaction", LEAST, 10, "", True, None, ""),),
    kind=Kind.OPEN_HOUSE,
    reason="The site was closed after the storm.",
)
TRIALS = [NORDWELL, *RUNNING, *DECIDED, CALLED_OFF]
