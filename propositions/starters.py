"""The offers that an empty installation begins with; a school changes the hours and adds its own.

Key, name, description, hours of the school and of the business for one of it, days of notice, price, and whether it
needs an agreement.
"""

FREE, COST, FEE = "free", "cost", "fee"
FIELDS = (
    "key",
    "name",
    "description",
    "hours_school",
    "hours_business",
    "lead_time_days",
    "price",
    "needs_agreement",
)
OFFERS: list[tuple[str, str, str, str, str, int, str, bool]] = [
    ("work-placement", "Placement, six weeks", "One student, one mentor.", "6", "30", 56, FREE, True),
    ("first-week", "First week", "Five days to get to know each other.", "3", "2", 14, FREE, True),
    ("internship", "Internship", "A longer stay with work of its own.", "10", "60", 56, FREE, True),
    ("apprenticeship", "Apprenticeship", "Two or three years, half of it at work.", "40", "200", 84, FREE, True),
    ("job-shadowing", "A day beside somebody", "One student watches one job for a day.", "1", "2", 14, FREE, False),
    ("company-visit", "Company visit", "One class sees your firm.", "4", "2", 14, FREE, False),
    ("guest-lesson", "Guest lesson", "Ninety minutes about your trade.", "1", "3", 14, FREE, False),
    ("training", "Training made to measure", "A course for your staff on your subject.", "24", "4", 70, FEE, True),
    ("evening-course", "Evening course", "Your staff, our workshop and trainer.", "16", "0", 70, FEE, True),
    ("student-project", "Student project", "A real task, solved in a term.", "20", "4", 42, COST, True),
    ("applied-research", "Trial or test", "We try out a material or a process for you.", "30", "8", 60, COST, True),
    (
        "equipment-access",
        "Use of our machines",
        "Hours on a machine, with a teacher.",
        "2",
        "2",
        21,
        COST,
        True,
    ),
    ("recruitment-evening", "Recruitment evening", "Meet our leavers in one room.", "8", "3", 28, FREE, False),
    ("board-seat", "Seat on a board", "Two evenings a year: say what we should teach.", "4", "5", 30, FREE, False),
    ("mentoring", "Mentoring", "One of your people meets one student once a month.", "2", "12", 30, FREE, True),
    ("curriculum", "Plan a unit together", "Your tasks become part of what we teach.", "20", "10", 84, FREE, False),
    ("scholarship", "Scholarship", "You pay for a student’s tools, travel or exam.", "3", "2", 60, FREE, True),
    (
        "teacher-placement",
        "Teacher in your firm",
        "A teacher works with you for some days.",
        "16",
        "6",
        42,
        FREE,
        True,
    ),
    ("open-house", "Open house", "Show your firm at ours, beside others.", "6", "5", 42, FREE, False),
    ("showcase", "Demonstration", "We show your people what students can do.", "6", "2", 28, FREE, False),
]
