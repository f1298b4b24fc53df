"""The questionnaires that an empty installation begins with: whom they are for, wording, kind and topic."""

from typing import Any

FIRMS, STUDENTS = "firms", "students"
SCALE, RECOMMEND, YES_NO, TEXT = "scale_1_5", "nps_0_10", "yes_no", "text"
POOR_TO_GOOD = ("Very poor", "Very good")
STARTERS = [
    (
        FIRMS,
        "Firm after a placement",
        "You had students of ours in the house. Tell us how it went.",
        [
            ("Overall, how satisfied are you?", SCALE, "overall", True, "Not at all", "Very"),
            ("How well prepared were the students on day one?", SCALE, "prepared", True, *POOR_TO_GOOD),
            ("How well did we keep in touch with you?", SCALE, "contact", True, *POOR_TO_GOOD),
            ("How much did the students learn on the job?", SCALE, "learned", True, "Nothing", "A great deal"),
            ("How well did our teacher support your mentor?", SCALE, "support", True, *POOR_TO_GOOD),
            (
                "Would you recommend working with us to another firm?",
                RECOMMEND,
                "recommend",
                True,
                "Never",
                "Certainly",
            ),
            ("Would you take students of ours again?", YES_NO, "again", True, "", ""),
            ("What went well?", TEXT, "other", False, "", ""),
            ("What should we change?", TEXT, "other", False, "", ""),
        ],
    ),
    (
        FIRMS,
        "Partner once a year",
        "A look back at the year: how we work together and what you need next.",
        [
            ("Overall, how satisfied are you with working with us?", SCALE, "overall", True, "Not at all", "Very"),
            ("How well do we keep in touch with you?", SCALE, "contact", True, *POOR_TO_GOOD),
            (
                "Would you recommend working with us to another firm?",
                RECOMMEND,
                "recommend",
                True,
                "Never",
                "Certainly",
            ),
            ("Did we keep what we promised?", YES_NO, "other", True, "", ""),
            ("Which skills will you need next year?", TEXT, "other", False, "", ""),
            ("What one thing should change?", TEXT, "other", False, "", ""),
        ],
    ),
    (
        STUDENTS,
        "How was your placement?",
        "Your weeks in a firm, as you saw them.",
        [
            ("Overall, how satisfied are you?", SCALE, "overall", False, "Not at all", "Very"),
            ("School got me ready for day one", SCALE, "prepared", False, "No", "Yes"),
            ("I could use what I had learned at school", SCALE, "skills", False, "Never", "Often"),
            ("I learned something new", SCALE, "learned", False, "Nothing", "A great deal"),
            ("My mentor had time for me", SCALE, "support", False, "Never", "Always"),
            (
                "Would you tell another student to come to this firm?",
                RECOMMEND,
                "recommend",
                False,
                "Never",
                "Certainly",
            ),
            ("I felt safe and was treated with respect", YES_NO, "safe", False, "", ""),
            ("I would like to work here one day", YES_NO, "again", False, "", ""),
            ("What should school teach earlier?", TEXT, "other", False, "", ""),
            ("What one thing should change?", TEXT, "other", False, "", ""),
        ],
    ),
]
FIELDS = ("text", "kind", "topic", "required", "low", "high")


def write(questionnaires: Any, questions: Any) -> None:
    """Write the starters by these two managers: a migration's own in a migration, today's elsewhere."""
    for audience, title, intro, asked in STARTERS:
        questionnaire = questionnaires.create(title=title, intro=intro, audience=audience)
        questions.bulk_create(
            questions.model(questionnaire=questionnaire, order=order, **dict(zip(FIELDS, question, strict=True)))
            for order, question in enumerate(asked, 1)
        )
