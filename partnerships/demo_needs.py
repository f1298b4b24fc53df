"""What the firms of the demo need: 52 open needs of 38 firms, how the college knows, and what became of others."""

import datetime as dt

from partnerships.enums import NeedKind, NeedStatus, Urgency
from partnerships.models import Contact, Need, Organisation, TimelineEvent

_SHORT, _JOBS, _LEARN, _GROW = (
    NeedKind.SKILL_SHORTAGE,
    NeedKind.RECRUITMENT,
    NeedKind.TRAINING_REQUIREMENT,
    NeedKind.WORKFORCE_DEVELOPMENT,
)
_NEXT, _HOST, _DIGITAL, _GREEN = NeedKind.SUCCESSION, NeedKind.HOSTING, NeedKind.DIGITAL, NeedKind.GREEN
_TOOLS = NeedKind.EQUIPMENT
_NOW, _SOON, _YEAR, _LATER = Urgency.NOW, Urgency.THREE_MONTHS, Urgency.TWELVE_MONTHS, Urgency.LATER
AD, CHAMBER, THEM = "Seen in an advertisement.", "Heard from the Lindenvale Chamber.", ""

# Firm, kind, need, people, when, how many days ago; then how it is known: from them, unless something else is said.
NEEDS: list[tuple[str, NeedKind, str, int | None, Urgency, int, str]] = [
    ("Tidewell Care Group", _JOBS, "Care assistants, day and night", 12, _NOW, 38, THEM),
    ("Tidewell Care Group", _DIGITAL, "Digital care records", 8, _NOW, 38, THEM),
    ("Tidewell Care Group", _HOST, "Would host four students at once", 4, _SOON, 38, THEM),
    ("Kestrel Precision Ltd", _LEARN, "CAM for operators", 10, _SOON, 14, THEM),
    ("Kestrel Precision Ltd", _SHORT, "CNC operators", 2, _YEAR, 114, THEM),
    ("Kestrel Precision Ltd", _HOST, "Apprentices on the evening course", 2, _YEAR, 14, THEM),
    ("Greyfriars Bakery", _JOBS, "Bakers for the early shift", 2, _NOW, 20, THEM),
    ("Marsh & Sons Joinery", _NEXT, "Somebody to take over the workshop in five years", 1, _LATER, 30, THEM),
    ("Marsh & Sons Joinery", _HOST, "Takes apprentices each autumn", 2, _YEAR, 30, THEM),
    ("Brightwater Hotel", _JOBS, "Seasonal kitchen staff", 7, _SOON, 3, THEM),
    ("Brightwater Hotel", _LEARN, "Food hygiene refresher for all staff", 25, _YEAR, 3, THEM),
    ("Ashgrove Homes", _SHORT, "Night staff", 6, _NOW, 9, THEM),
    ("Ashgrove Homes", _LEARN, "Medication rounds, second level", 4, _SOON, 9, THEM),
    ("Halden Logistics", _JOBS, "Warehouse trainees", 5, _YEAR, 13, CHAMBER),
    ("Halden Logistics", _GREEN, "Drivers for electric vans", 3, _LATER, 13, THEM),
    ("Willowmere Care Home", _JOBS, "Care assistants", 4, _YEAR, 350, THEM),
    ("Larkfield Dairy", _SHORT, "Maintenance staff", 2, _NOW, 12, THEM),
    ("Larkfield Dairy", _DIGITAL, "Reading the new line’s fault codes", 6, _SOON, 12, THEM),
    ("Pellmoor Dental", _JOBS, "Dental nurse trainee", 1, _SOON, 4, THEM),
    ("Nordwell Electrical", _SHORT, "Installers", 3, _NOW, 45, THEM),
    ("Copperline Robotics", _GROW, "Mechatronics technicians who can teach others", 2, _YEAR, 60, THEM),
    ("Bellweather Engineering", _SHORT, "Welders with a current certificate", 3, _SOON, 51, THEM),
    ("Oakfield Court", _JOBS, "Care assistants for a new wing", 8, _YEAR, 31, THEM),
    ("Redgate Plumbing", _GREEN, "Heat pump installation for plumbers", 4, _SOON, 20, THEM),
    ("Redgate Plumbing", _HOST, "Would host one student a term", 1, _YEAR, 20, THEM),
    ("Saltmarsh Electric", _HOST, "Would host two students in summer", 2, _SOON, 28, THEM),
    ("Meadowbank Care", _LEARN, "First aid for night staff", 9, _SOON, 13, THEM),
    ("Stonegate Builders", _NEXT, "Two foremen retire next year", 2, _YEAR, 14, THEM),
    ("Juniper Software", _HOST, "Student project on accessibility", 3, _SOON, 34, THEM),
    ("Solveig Solar", _JOBS, "Installers for solar roofs", 2, _YEAR, 0, "From their own enquiry."),
    ("Aster Home Care", _JOBS, "Home carers with a driving licence", 6, _NOW, 22, AD),
    ("Aster Home Care", _LEARN, "Dementia care, basic course", 10, _YEAR, 22, AD),
    ("Cedar Lodge", _JOBS, "Weekend care staff", 3, _NOW, 17, AD),
    ("Nightingale Nursing", _SHORT, "Nursing assistants", 5, _NOW, 26, AD),
    ("Nightingale Nursing", _DIGITAL, "Tablets for the handover", 12, _YEAR, 26, CHAMBER),
    ("Brookside Physiotherapy", _JOBS, "Reception trainee", 1, _SOON, 33, AD),
    ("Dale Packaging", _SHORT, "Machine setters", 2, _SOON, 41, AD),
    ("Thistle Electronics", _JOBS, "Assembly trainees", 4, _YEAR, 19, CHAMBER),
    ("Thistle Electronics", _LEARN, "Soldering to the current standard", 8, _SOON, 19, CHAMBER),
    ("Moorland Wind", _GREEN, "Technicians who work at height", 3, _YEAR, 55, CHAMBER),
    ("Harrowfield Haulage", _JOBS, "Drivers", 4, _NOW, 29, AD),
    ("Heron Water Systems", _SHORT, "Electricians for pumping stations", 2, _YEAR, 62, CHAMBER),
    ("Oldbury Plant Hire", _SHORT, "Fitters for diggers", 2, _SOON, 47, AD),
    ("Coppice Timber", _NEXT, "Sawyer retires in two years", 1, _LATER, 70, CHAMBER),
    ("Hazelmere Catering", _JOBS, "Cooks for the summer fairs", 3, _SOON, 15, AD),
    ("Bramble Café", _JOBS, "Weekend baker", 1, _NOW, 11, AD),
    ("Pinfold Vets", _HOST, "Asked the chamber about students", 1, _YEAR, 36, CHAMBER),
    ("Lark Rise Childcare", _JOBS, "Nursery assistants", 2, _SOON, 27, AD),
    ("Rowan Tree Salon", _JOBS, "Apprentice", 1, _YEAR, 44, AD),
    ("Fenwick Accounts", _DIGITAL, "Bookkeepers who know the new software", 2, _YEAR, 58, AD),
    ("Vale Optical Instruments", _SHORT, "Precision mechanics", 2, _YEAR, 39, AD),
    ("Vale Optical Instruments", _LEARN, "Clean-room working", 5, _YEAR, 39, AD),
]
# Those that are not open any more: the same, and what became of them.
PAST: list[tuple[NeedStatus, tuple[str, NeedKind, str, int | None, Urgency, int, str]]] = [
    (NeedStatus.MATCHED, ("Nordwell Electrical", _HOST, "Two students in the workshop", 2, _NOW, 50, THEM)),
    (NeedStatus.MATCHED, ("Ashgrove Homes", _HOST, "Placements in the evening", 3, _SOON, 30, THEM)),
    (NeedStatus.ADDRESSED, ("Pellmoor Dental", _HOST, "One student at the desk", 1, _NOW, 120, THEM)),
    (
        NeedStatus.ADDRESSED,
        ("Marsh & Sons Joinery", _TOOLS, "Time at the big saw", None, _LATER, 200, THEM),
    ),
    (NeedStatus.WITHDRAWN, ("Orwell Print", _SHORT, "Bookbinder", 1, _YEAR, 160, THEM)),
    (NeedStatus.EXPIRED, ("Goldcrest Hotels", _JOBS, "Chambermaids for the season", 6, _SOON, 402, AD)),
    (NeedStatus.EXPIRED, ("Calder Foods", _LEARN, "Forklift licence", 5, _YEAR, 388, THEM)),
    (NeedStatus.EXPIRED, ("Millbrook Tiles", _SHORT, "Kiln operators", 2, _NOW, 420, CHAMBER)),
    (NeedStatus.EXPIRED, ("Quay Street Deli", _JOBS, "Weekend help", 1, _NOW, 391, AD)),
]


def load(day: dt.date) -> None:
    """Write the needs down as of `day`, each with its line on the firm’s timeline, unless there are some."""
    if Need.objects.exists():
        return
    firms = {organisation.name: organisation for organisation in Organisation.objects.select_related("owner")}
    main = {contact.organisation_id: contact for contact in Contact.objects.filter(is_primary=True, archived_at=None)}
    said = [(NeedStatus.OPEN, line) for line in NEEDS] + PAST
    needs = [_need(day, firms[line[0]], main, status, *line[1:]) for status, line in said if line[0] in firms]
    Need.objects.bulk_create(needs)
    TimelineEvent.objects.bulk_create(_event(need) for need in needs)


def _need(  # noqa: PLR0913, PLR0917 - a line of the table above
    day: dt.date,
    firm: Organisation,
    main: dict[int, Contact],
    status: NeedStatus,
    kind: NeedKind,
    title: str,
    headcount: int | None,
    urgency: Urgency,
    days_ago: int,
    known: str,
) -> Need:
    return Need(
        organisation=firm,
        kind=kind,
        title=title,
        detail=known,
        headcount=headcount,
        urgency=urgency,
        status=status,
        stated_by=None if known else main.get(firm.pk),
        stated_on=day - dt.timedelta(days=days_ago),
        created_by=firm.owner,
    )


def _event(need: Need) -> TimelineEvent:
    return TimelineEvent(
        organisation=need.organisation,
        contact=need.stated_by,
        kind="partnerships.need",
        actor=need.created_by,
        at=dt.datetime.combine(need.stated_on, dt.time(7, 45), dt.UTC),
        title=f"Need: “{need.title}”",
        body=need.detail,
    )
