"""The demo school's strengths, segments, value sheets and the words of its partners. Everything is made up."""

from __future__ import annotations

CARE, ELECTRICAL, MECHATRONICS = "Health & Social Care", "Electrical Installation", "Mechatronics"
HOSPITALITY, SOFTWARE, WELDING = "Hospitality", "Software Development", "Welding & Fabrication"
LOGISTICS, CARPENTRY = "Logistics", "Carpentry & Joinery"

# Title, kind, words, what proves it, days since somebody looked, programmes.
STRENGTHS: list[tuple[str, str, str, str, int, tuple[str, ...]]] = [
    (
        "Practice ward with 4 beds",
        "facility",
        "Hygiene, lifting and night routines under real conditions. Free on Friday afternoons.",
        "Inspection report, January",
        51,
        (CARE,),
    ),
    (
        "3 care teachers who are nurses",
        "expertise",
        "Together 34 years on wards and in homes.",
        "Registration numbers seen",
        120,
        (CARE,),
    ),
    (
        "CNC hall, 6 machines",
        "equipment",
        "Same control software as four local firms.",
        "Maintenance contract until next year",
        36,
        (MECHATRONICS,),
    ),
    (
        "CNC operator unit, level 3",
        "accreditation",
        "We may examine and certify firms’ own staff.",
        "Letter of the awarding body",
        36,
        (MECHATRONICS,),
    ),
    (
        "Evening course, Dementia basics",
        "course",
        "8 evenings, 16 seats, two free for partners.",
        "Last programme",
        425,
        (CARE,),
    ),
    ("63 leavers in local firms", "connection", "17 of them lead teams; 9 answer when we ring.", "Alumni list", 10, ()),
    (
        "21 second-years free for a first week",
        "connection",
        "Care students who look for a first week in a real team.",
        "Class lists of this term",
        10,
        (CARE,),
    ),
    (
        "Test bay with 12 wiring stations",
        "facility",
        "Faults are built in and found, under time.",
        "Plan of the workshop",
        64,
        (ELECTRICAL,),
    ),
    (
        "2 trainers with a master’s certificate",
        "expertise",
        "Both still work in a firm one day a week.",
        "Certificates seen",
        88,
        (ELECTRICAL,),
    ),
    (
        "Training kitchen for 16",
        "facility",
        "Service for 60 guests every Thursday.",
        "Hygiene inspection, autumn",
        140,
        (HOSPITALITY,),
    ),
    (
        "8 languages among our students",
        "connection",
        "Guests are greeted in their own.",
        "Survey of the first weeks",
        200,
        (HOSPITALITY,),
    ),
    (
        "Student team that ships every month",
        "service",
        "Small web projects, with tests and a handover.",
        "Repository and four references",
        30,
        (SOFTWARE,),
    ),
    (
        "Welding licences up to 10 mm",
        "accreditation",
        "We examine on our own premises.",
        "Licence of the testing body",
        400,
        (WELDING,),
    ),
    (
        "Robot cell on loan",
        "equipment",
        "Two days a week.",
        "Loan agreement",
        380,
        (WELDING,),
    ),
]

# Name, who decides, what worries them, filter of the list of partners.
SEGMENTS: list[tuple[str, str, str, str]] = [
    (
        "Care providers",
        "Usually decides: the home’s manager.",
        "“We have no time to supervise.”\n“Are they insured?”",
        "sector=R&within=25",
    ),
    ("Machine shops", "The owner or the head of production.", "“Beginners stop the machine.”", "sector=C25"),
    (
        "Electrical and building firms",
        "The owner; the office answers first.",
        "“They may not work alone on site.”",
        "sector=F",
    ),
    (
        "Hotels and restaurants",
        "The head of kitchen or of the house.",
        "“Our season does not wait for terms.”",
        "sector=I",
    ),
    ("Makers of food and goods", "The head of production.", "“Hygiene rules take a week to learn.”", "sector=C"),
]

# Benefit: statement, detail, kind, strengths, proof, source, days since.
Benefits = list[tuple[str, str, str, tuple[str, ...], str, str, int]]
CARE_BENEFITS: Benefits = [
    (
        "You meet future colleagues before you hire them",
        "21 second-year students are looking for a first week in a real team this spring.",
        "talent",
        ("21 second-years free for a first week",),
        "71% of our leavers work six months later",
        "Leavers’ survey, 118 answers",
        40,
    ),
    (
        "Students arrive trained in hygiene and safety, day or night shift",
        "Both are practised on our own four-bed ward before day one.",
        "cost",
        ("Practice ward with 4 beds",),
        "Partners rate learning on the job 4.5 of 5",
        "Feedback of 19 firms",
        10,
    ),
    (
        "One teacher you can ring, on site on day two",
        "All three care teachers are nurses.",
        "staff",
        ("3 care teachers who are nurses",),
        "",
        "Tidewell Care Group",
        0,
    ),
]
DEMENTIA: Benefits = [
    (
        "Your staff learn too: a free seat in our dementia evenings",
        "Two seats are kept for partners.",
        "training",
        ("Evening course, Dementia basics",),
        "",
        "",
        0,
    )
]

# Programme, segment, offer, headline, promise, days since it came into use, benefits.
SHEETS: list[tuple[str, str, str, str, str, int, Benefits]] = [
    (
        CARE,
        "Care providers",
        "first-week",
        "Meet your next care assistant before you need to hire one",
        "Host one student for a week. We prepare, insure and visit. You see whether you would like to work together.",
        62,
        CARE_BENEFITS,
    ),
    (
        MECHATRONICS,
        "Machine shops",
        "work-placement",
        "Six weeks with somebody who has set up a machine before",
        "They know your control software from our hall. We visit in week one and answer the phone in between.",
        90,
        [
            (
                "They have set up jobs before they stand at your machine",
                "Six machines, the same software as four firms nearby.",
                "talent",
                ("CNC hall, 6 machines",),
                "",
                "Kestrel Precision Ltd",
                0,
            ),
            (
                "Your own staff can be examined here",
                "Unit, level 3, without a journey to the awarding body.",
                "training",
                ("CNC operator unit, level 3",),
                "14 people of local firms passed last year",
                "Awarding body, 14 certificates",
                120,
            ),
        ],
    ),
    (
        ELECTRICAL,
        "Electrical and building firms",
        "work-placement",
        "An extra pair of hands that knows which wire is live",
        "Second-years who find faults under time. Safety is examined before they come.",
        120,
        [
            (
                "They find faults before they reach your site",
                "Twelve stations with faults built in.",
                "talent",
                ("Test bay with 12 wiring stations", "2 trainers with a master’s certificate"),
                "Firms rate their preparation 4.2 of 5",
                "Feedback of 19 firms",
                10,
            ),
        ],
    ),
    (
        HOSPITALITY,
        "Hotels and restaurants",
        "work-placement",
        "People for your season, trained in ours",
        "We plan with your calendar, not with our terms.",
        150,
        [
            (
                "They have served sixty guests before they serve yours",
                "Every Thursday in our own kitchen.",
                "talent",
                ("Training kitchen for 16", "8 languages among our students"),
                "",
                "Brightwater Hotel",
                0,
            ),
        ],
    ),
    (
        SOFTWARE,
        "Makers of food and goods",
        "student-project",
        "The small program that nobody has time to write",
        "A team of students solves one real task in a term, with tests and a handover.",
        75,
        [
            (
                "You get working software and meet those who wrote it",
                "A release every month, and a teacher who reads every line.",
                "research",
                ("Student team that ships every month",),
                "9 of 11 projects are still in use",
                "Calls to 11 firms",
                50,
            ),
        ],
    ),
    (
        WELDING,
        "Machine shops",
        "work-placement",
        "Welders who arrive with a licence",
        "We examine here, so that their first day is a day of work.",
        180,
        [
            (
                "Their licence is done before they come",
                "Up to ten millimetres, renewed every two years.",
                "cost",
                ("63 leavers in local firms",),
                "31 of 34 passed at the first try",
                "Testing body, last year",
                100,
            ),
        ],
    ),
]

# Firm, person, words, where, days since asked and since answered (none: still open), places, name, what became of it.
QUOTES: list[tuple[str, str, str, str, int, int | None, tuple[str, ...], str, str]] = [
    (
        "Kestrel Precision Ltd",
        "Dev Anand",
        "By week two they were setting up jobs on their own. We would take all six again.",
        "Feedback after the placement",
        46,
        43,
        ("website", "print", "proposals"),
        "full",
        "shown",
    ),
    (
        "Tidewell Care Group",
        "Joan Barrow",
        "From the first morning they knew how to talk with our residents.",
        "Visit in January",
        38,
        34,
        ("print", "proposals"),
        "role",
        "shown",
    ),
    (
        "Brightwater Hotel",
        "Amara Diallo",
        "Somebody from the college rang every Tuesday. We never had to chase.",
        "Feedback after the placement",
        70,
        66,
        ("website", "print"),
        "full",
        "shown",
    ),
    (
        "Halden Logistics",
        "Ivo Brandl",
        "Two of our drivers’ trainees came from here. Both stayed.",
        "Phone call with Jonas Berg",
        6,
        None,
        (),
        "nobody",
        "",
    ),
    (
        "Stonegate Builders",
        "Carla Mendes",
        "The paperwork was done before we had asked for it.",
        "Visit in autumn",
        130,
        126,
        (),
        "nobody",
        "declined",
    ),
]
