"""The memorandum that every installation can start from: our own words, to be checked by the school's own lawyer.

`{{ name }}` stands for a figure of the agreement (see `agreements.placeholders`); a blank line begins a new paragraph.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from roadmap.slots import Words

NAME = _("Memorandum of understanding")
INTRO = _(
    "For work placements, visits, projects and training with one partner. It states what both sides intend; the "
    "clauses marked “Binding” bind by law. This is not legal advice: have the wording checked before you first use it."
)


@dataclass(frozen=True)
class Wording:
    """One clause of the memorandum."""

    part: Words
    title: Words
    body: Words
    is_locked: bool = False
    is_binding: bool = False


WE = _("Who we are and what we want")
DOES = _("What each side does")
SAFE = _("Keeping people safe")
INFORMATION = _("Information and names")
TOGETHER = _("Working together")
LAW = _("Term, change and law")

EXPECTATIONS = _(
    "Each side answers messages within two working days and names somebody else when its contact person is away. "
    "A change of dates is announced fourteen days ahead; a student who is ill reports before work begins."
)
# Usual duties, topic by topic: the college's, then the partner's.
DUTIES = (
    (_("Students"), _("Chooses and prepares the students"), _("Hosts them and gives them work from which they learn")),
    (
        _("Safety"),
        _("Trains every student in safety before the first day"),
        _("Explains its rules on the first day; provides a safe workplace"),
    ),
    (
        _("Guidance"),
        _("Sends a teacher to visit during each placement"),
        _("Names a mentor who has time for the students"),
    ),
    (
        _("Insurance"),
        _("Insures the students against accidents and liability"),
        _("Tells the college the same day if something happens"),
    ),
    (_("Review"), _("Sends feedback forms and shares the results"), _("Answers within two weeks; meets once a year")),
)

CLAUSES = (
    Wording(
        WE,
        _("Parties"),
        _(
            "{{ school }}, {{ school_address }} (“the college”), represented by {{ school_signatories }}.\n\n"
            "{{ partner }}, {{ partner_details }} (“{{ partner_short }}”), represented by {{ partner_signatories }}."
        ),
    ),
    Wording(WE, _("Purpose"), _("{{ purpose }}")),
    Wording(
        WE,
        _("What this memorandum covers"),
        _(
            "It covers what Schedule A lists, topic by topic, and what Schedule B lists as contributions. A student is "
            "anyone enrolled at the college; a placement is the time one student spends at {{ partner_short }} under "
            "this memorandum; a mentor is the person at {{ partner_short }} who guides the student. “In writing” "
            "includes e-mail.\n\n"
            "Anything further, such as a course for staff or a single project, is agreed in an annex of its own."
        ),
    ),
    Wording(
        DOES,
        _("What the college does"),
        _(
            "The college prepares its students for the workplace, names one person who is there for "
            "{{ partner_short }}, and judges what the students have learned. What else it does stands in Schedule A."
        ),
    ),
    Wording(
        DOES,
        _("What {{ partner_short }} does"),
        _(
            "{{ partner_short }} gives students work from which they learn, with a mentor who has time for them, and "
            "tells the college early when something goes wrong. What else it does stands in Schedule A.\n\n"
            "Students learn; they do not stand in for employees."
        ),
    ),
    Wording(DOES, _("What we may expect of each other"), _("{{ expectations }}")),
    Wording(
        DOES,
        _("Students: how many and who chooses"),
        _(
            "{{ partner_short }} offers {{ places_per_year }} student places a year. The dates are settled in writing "
            "before each school year begins.\n\n"
            "The college proposes students; {{ partner_short }} may meet them before it agrees. Nobody is chosen or "
            "refused because of sex, origin, belief, disability, age or anything else that has no bearing on the work."
        ),
    ),
    Wording(
        DOES,
        _("Money"),
        _(
            "Of what Schedule B lists, {{ school_money }} a year is money from the college and {{ partner_money }} a "
            "year money from {{ partner_short }}. Amounts are stated without value added tax and are paid within "
            "thirty days of an invoice. No other money passes between the two sides."
        ),
        is_binding=True,
    ),
    Wording(
        DOES,
        _("Contributions in kind"),
        _(
            "Schedule B also lists time, rooms, equipment and materials. All in all the college gives {{ school_value "
            "}} a year and {{ partner_short }} {{ partner_value }}. Values in kind serve for reporting; they are not a "
            "price and nobody can claim them in money.\n\n"
            "What is lent stays the property of its owner. Whoever borrows it looks after it, insures it and gives it "
            "back as it was, apart from ordinary wear."
        ),
    ),
    Wording(
        SAFE,
        _("Protecting young people"),
        _(
            "No student under 18 works alone, and no adult is alone with one out of sight of others. Whoever is "
            "worried about a young person tells {{ safeguarding_contact }} at the college on the same day; where there "
            "is danger, the emergency services first.\n\n"
            "Mentors of students under 18 show a certificate of good conduct where the law asks for one. Nothing in "
            "this memorandum, least of all the clause on confidential information, keeps anybody from speaking up."
        ),
        is_locked=True,
    ),
    Wording(
        SAFE,
        _("Health and safety"),
        _(
            "{{ partner_short }} assesses the risks of each workplace before the first student comes, shows the "
            "assessment to the college, and on the first day explains rules, machines and escape routes. Protective "
            "equipment is worn from the first minute; Schedule A says who provides it.\n\n"
            "Students do no work that the law forbids to young people. An accident or a near miss is reported to the "
            "college on the same day."
        ),
        is_locked=True,
        is_binding=True,
    ),
    Wording(
        SAFE,
        _("Insurance and liability"),
        _(
            "The college insures its students against accidents and liability on placements and on the way there and "
            "back. {{ partner_short }} keeps its own liability insurance in force. Each side shows the other its "
            "certificate when asked.\n\n"
            "Each side answers for damage that it causes on purpose or by gross carelessness; for the rest the "
            "insurers pay."
        ),
        is_binding=True,
    ),
    Wording(
        INFORMATION,
        _("Personal data"),
        _(
            "Each side is itself responsible for the personal data it handles. We share only names, contact details "
            "and the progress of the students concerned, only for the placement, and erase them twelve months after it "
            "ends unless the law asks for longer.\n\n"
            "If data that came from the other side is lost or seen by strangers, the other side is told within 24 "
            "hours. At the college this is {{ data_protection_contact }}."
        ),
        is_locked=True,
        is_binding=True,
    ),
    Wording(
        INFORMATION,
        _("Confidential information"),
        _(
            "The college, its teachers and its students keep to themselves what they learn of the business of "
            "{{ partner_short }} and its customers, during a placement and for three years after it. This does not "
            "hold for what is public, what the law requires to be told, or a worry about a young person."
        ),
        is_binding=True,
    ),
    Wording(
        INFORMATION,
        _("Names, logos and photographs"),
        _(
            "Each side may name the other as its partner and show its logo unaltered. Photographs, films and quotes "
            "are published only with the consent of everybody who can be recognised, and pictures from the premises of "
            "{{ partner_short }} only after it has seen them."
        ),
    ),
    Wording(
        TOGETHER,
        _("Keeping in touch"),
        _(
            "{{ school_contact }} for the college and {{ partner_contact }} for {{ partner_short }} settle daily "
            "matters. They speak at least once in each placement.\n\n"
            "Once a year both sides sit down together, look at what came of this memorandum and agree what to change. "
            "The college invites and writes the minutes."
        ),
    ),
    Wording(
        TOGETHER,
        _("How we check that it works"),
        _(
            "After each placement the college asks the student and the mentor for feedback and shares what it learns, "
            "never the answers of a single student. {{ partner_short }} answers within two weeks."
        ),
    ),
    Wording(
        LAW,
        _("Term and renewal"),
        _("This memorandum is in force {{ term }}.\n\n{{ renewal }}"),
    ),
    Wording(
        LAW,
        _("Changes"),
        _(
            "Changes are made in writing and signed by both sides. Each changed text gets the next version number; the "
            "earlier ones remain readable."
        ),
    ),
    Wording(
        LAW,
        _("Ending early and settling differences"),
        _(
            "Either side may end this memorandum in writing with {{ notice_days_termination }} days’ notice; at once, "
            "if the other side puts a student in danger or breaks confidence and does not put it right within fourteen "
            "days. Placements that have begun are completed unless a student’s safety speaks against it.\n\n"
            "Where we differ, we talk: first the persons named above, then those who signed, then a mediator whom both "
            "accept and pay in equal parts. The law of the place where the college has its seat applies."
        ),
    ),
    Wording(
        LAW,
        _("Legal nature"),
        _(
            "This memorandum says what both sides intend in good faith. {{ binding_sentence }} The other clauses "
            "create no legal duty; there is none to hire anybody, to be hired, or to work with nobody else, and "
            "neither side acts in the name of the other."
        ),
        is_locked=True,
    ),
)
