"""What was said in the demo, and what is planned. People, firms and words are made up."""

from dataclasses import dataclass

from outreach.enums import Channel, Direction, Outcome

CALL, EMAIL, MEETING, NOTE = Channel.CALL, Channel.EMAIL, Channel.MEETING, Channel.NOTE
OUT, IN = Direction.OUT, Direction.IN
REACHED = Outcome.REACHED


@dataclass(frozen=True)
class Talk:
    """One interaction: days before the anchor day, the hour, with whom, and what was said."""

    days_ago: int
    clock: str
    channel: Channel
    people: tuple[str, ...]
    text: str
    direction: Direction = OUT
    subject: str = ""
    minutes: int | None = None
    outcome: str = ""


# Firms with a story of their own; what other stages tell of them stands beside it on the timeline.
STORIES: dict[str, list[Talk]] = {
    "Kestrel Precision Ltd": [
        Talk(
            149,
            "11:05",
            EMAIL,
            ("Rosa Lindqvist",),
            "It was good to meet you at the chamber fair. You said that you cannot find CNC operators; "
            "nine of our second-years finish that course in June. May I show you the workshop?",
            subject="From the chamber fair",
        ),
        Talk(
            146,
            "08:40",
            EMAIL,
            ("Rosa Lindqvist",),
            "Gladly. Talk to Dev, he plans the shifts.",
            IN,
            "Re: From the fair",
        ),
        Talk(
            139,
            "09:30",
            CALL,
            ("Dev Anand",),
            "Two shifts, 64 people, three machines stand still.",
            OUT,
            "",
            20,
            REACHED,
        ),
        Talk(
            128,
            "14:00",
            MEETING,
            ("Rosa Lindqvist", "Dev Anand"),
            "Walked through the shop floor. They would take six students at once if somebody trains the mentors.",
            subject="Visit to Foundry Lane",
            minutes=75,
        ),
        Talk(94, "10:20", CALL, ("Rosa Lindqvist",), "Likes a trial before anything is signed.", OUT, "", 8, REACHED),
        Talk(
            86,
            "15:30",
            MEETING,
            ("Dev Anand",),
            "Plan for the pilot: three weeks from January, two students a shift, one mentor each.",
            subject="Planning the pilot",
            minutes=45,
        ),
        Talk(83, "16:10", NOTE, (), "Closed for stocktaking between the holidays; do not ring before the 8th."),
        Talk(
            41,
            "12:00",
            CALL,
            ("Dev Anand",),
            "All six are punctual. One wants to stay over summer.",
            IN,
            "",
            6,
            REACHED,
        ),
        Talk(31, "09:10", EMAIL, ("Ingrid Sole",), "Sent the insurance letter she asked for.", subject="Insurance"),
        Talk(
            14,
            "10:45",
            CALL,
            ("Dev Anand",),
            "Wants two apprentices on the evening course. Will ask Rosa about lending us the training lathe.",
            minutes=12,
            outcome=REACHED,
        ),
    ],
    "Larkfield Dairy": [
        Talk(
            12,
            "09:20",
            EMAIL,
            ("Simon Okafor",),
            "Our food technology students look for placements from May. Could you take one or two?",
            subject="Placements in food technology",
        ),
    ],
    "Pellmoor Dental": [
        Talk(
            6,
            "11:30",
            EMAIL,
            ("Dr Anil Rao",),
            "We train dental nurses from September. May I ring you about a placement?",
            subject="Dental nurses",
        ),
        Talk(4, "17:50", EMAIL, ("Dr Anil Rao",), "Yes, I want a trainee. Ring on Thursday.", IN, "Re: Dental nurses"),
    ],
    "Ashgrove Homes": [
        Talk(
            90,
            "10:00",
            EMAIL,
            ("Lena Fischer",),
            "Introduced the care course and asked for a call.",
            subject="Care course",
        ),
        Talk(84, "09:00", CALL, ("Lena Fischer",), "Short of staff at weekends above all.", OUT, "", 15, REACHED),
        Talk(41, "14:00", MEETING, ("Lena Fischer",), "Eight places, but mentors have no time by day.", OUT, "", 60),
        Talk(1, "16:20", EMAIL, ("Lena Fischer",), "Could the training be on evening shifts?", IN, "Your offer"),
    ],
    "Nordwell Electrical": [
        Talk(
            181, "09:15", EMAIL, ("Petra Wolde",), "Asked for a place on the spring pilot.", subject="A pilot in spring"
        ),
        Talk(176, "13:30", CALL, ("Petra Wolde",), "Interested if we bring the safety gear.", OUT, "", 18, REACHED),
        Talk(92, "10:00", MEETING, ("Petra Wolde",), "Agreed on four students and one site.", OUT, "Site visit", 50),
        Talk(20, "08:30", CALL, ("Petra Wolde",), "Goes well; one student needs boots.", IN, "", 5, REACHED),
    ],
    "Juniper Software": [
        Talk(
            131, "10:10", EMAIL, ("Vera Thorne",), "Asked whether the test team would take students.", subject="Testers"
        ),
        Talk(128, "15:20", EMAIL, ("Vera Thorne",), "Yes, three at a time. When could they start?", IN, "Re: Testers"),
        Talk(
            80, "09:30", CALL, ("Vera Thorne",), "Each student needs an account two weeks before.", OUT, "", 12, REACHED
        ),
        Talk(39, "13:00", MEETING, ("Vera Thorne",), "Chose three weeks and a mentor for each day.", OUT, "", 45),
        Talk(7, "08:50", CALL, ("Vera Thorne",), "They have found their first real bug.", IN, "", 6, REACHED),
    ],
    "Granary Bakehouse": [
        Talk(
            38, "10:10", EMAIL, ("Pavel Dorn",), "Asked whether a student could help on Saturdays.", subject="Saturdays"
        ),
        Talk(25, "09:30", CALL, ("Pavel Dorn",), "", OUT, "", None, Outcome.NO_ANSWER),
    ],
    "Greyfriars Bakery": [
        Talk(160, "10:40", EMAIL, ("Marit Holm",), "Three trainees from September?", subject="Bakery trainees"),
        Talk(
            150, "06:50", CALL, ("Marit Holm",), "Ring before seven or after two, never between.", OUT, "", 9, REACHED
        ),
        Talk(100, "14:30", MEETING, ("Marit Holm",), "Early shifts need a bus; she asks the council.", OUT, "", 40),
        Talk(9, "14:20", CALL, ("Marit Holm",), "Read the draft. Who insures the students?", IN, "", 11, REACHED),
    ],
    "Tidewell Care Group": [
        Talk(190, "09:00", EMAIL, ("Priya Nair",), "Asked who plans training at the four homes.", subject="Training"),
        Talk(
            183,
            "11:00",
            CALL,
            ("Joan Barrow",),
            "Joan does. Eight students at once are possible.",
            OUT,
            "",
            14,
            REACHED,
        ),
        Talk(
            122,
            "13:00",
            MEETING,
            ("Priya Nair", "Joan Barrow"),
            "Walked the proposal through line by line.",
            OUT,
            "",
            60,
        ),
        Talk(23, "10:15", CALL, ("Priya Nair",), "Board agrees. She signs herself.", OUT, "", 7, REACHED),
    ],
    "Brightwater Hotel": [
        Talk(330, "10:00", EMAIL, ("Amara Diallo",), "Asked for two kitchen places.", subject="Kitchen places"),
        Talk(322, "15:00", CALL, ("Amara Diallo",), "Yes for May, not in August.", OUT, "", 12, REACHED),
        Talk(
            212, "14:00", MEETING, ("Amara Diallo",), "Review of the first two students. Wants four.", OUT, "Review", 45
        ),
        Talk(30, "09:40", CALL, ("Amara Diallo",), "All four arrived. The rota works.", OUT, "", 6, REACHED),
    ],
}

# What Marta has planned: firm, days after the anchor day, what to do, with whom.
MARTAS: list[tuple[str, int, str, str]] = [
    ("Nordwell Electrical", -2, "Ask for feedback on the pilot", "Petra Wolde"),
    ("Larkfield Dairy", -1, "Call back: no reply since {wrote}", "Simon Okafor"),
    ("Ashgrove Homes", 0, "Send round 2: they asked for evening shifts", "Lena Fischer"),
    ("Greyfriars Bakery", 0, "Answer the reviewer’s question on insurance", ""),
    ("Pellmoor Dental", 0, "First call: wants a dental nurse trainee", "Dr Anil Rao"),
    ("Kestrel Precision Ltd", 1, "Ask whether the MOU can be signed this week", "Rosa Lindqvist"),
    ("Tidewell Care Group", 4, "Agree on the first four students", "Joan Barrow"),
    ("Bellweather Engineering", 4, "Talk the proposal through", ""),
    ("Brightwater Hotel", 5, "Ask for the photos from the kitchen", "Amara Diallo"),
    ("Calder Foods", 6, "Find a day for the maintenance visit", "Tom Reyes"),
    ("Meadowbank Care", 7, "Ask about places in autumn", ""),
    ("Oakfield Court", 8, "Ring the manager about the offer", ""),
    ("Willowmere Care Home", 11, "Write again with the spring dates", "Noor Haddad"),
    ("Haven Lodge", 12, "Call back after their inspection", ""),
    ("Ironbridge Castings", 14, "Send the list of courses", ""),
    ("Ellery Nursing Home", 19, "Plan the yearly review", "Dina Hall"),
    ("Goldcrest Hotels", 21, "Invite to the open day", ""),
]

# What happens with everybody else; each has its turn.
FIRST_MAILS = [
    ("Students who look for a workplace", "Asked whether they could take one or two students in spring."),
    ("Ten minutes about apprentices", "Introduced the college and asked for a short call."),
    ("Your trade at our college", "Sent the course outline and asked who plans training."),
]
ANSWERS = [
    "Interested, but not before summer. Ring again in May.",
    "Yes in principle. Wants to see the course outline first.",
    "Took two from another college last year; asks what is different with us.",
    "Passed it on to the head of training.",
    "Would rather start with a visit of a class.",
]
CALLS = [
    "Asks who pays for the bus on early shifts.",
    "Two of their people retire next year. Would train successors.",
    "Happy with the student. Wants the same one for another month.",
    "Needs a safety course before anybody enters the yard.",
    "Busy season until Easter; short talk, good mood.",
    "Wants to speak to the class in April.",
    "Asked for the dates of the next intake.",
]
MEETINGS = [
    "Saw the workshop. Room for two at a time, mentor is named.",
    "Went through what each side would bring. They think about tools.",
    "Met the mentors. They want a short training themselves.",
    "Looked back on the year: more hours in the second term.",
]
NOTES = [
    "New manager from next month.",
    "Moved to a larger yard; the old address is gone.",
    "A former student of ours works there.",
]
TITLES = [
    "Call back",
    "Send the course outline",
    "Ask about places in autumn",
    "Confirm the date of the visit",
    "Thank them for the tour",
    "Ask who signs",
    "Send the safety sheet",
]
