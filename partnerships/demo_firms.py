"""Who appears in the demo. Every name, number and address is made up."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.text import slugify

from partnerships.enums import ContactRole, Kind, SizeBand, Source, Status

MICRO, SMALL, MEDIUM, LARGE = SizeBand.MICRO, SizeBand.SMALL, SizeBand.MEDIUM, SizeBand.LARGE
SIGNS, DAILY, HR, MENTOR, OWNER = (
    ContactRole.DECISION_MAKER,
    ContactRole.DAY_TO_DAY,
    ContactRole.HR,
    ContactRole.MENTOR,
    ContactRole.OWNER,
)
# Towns of the vale: postcode and distance from the college.
TOWNS = {
    "Lindenvale": ("LV1 2", 3),
    "Millbrook": ("LV2 4", 9),
    "Eastmoor": ("LV3 1", 12),
    "Northgate": ("LV4 6", 14),
    "Quayside": ("LV5 3", 5),
    "Overton": ("LV6 8", 22),
    "Harrowfield": ("LV7 5", 17),
    "Stoneleigh": ("LV8 1", 26),
    "Westbrook": ("LV9 2", 8),
    "Upper Marsh": ("LV9 9", 31),
}


@dataclass
class Firm:
    """A firm of the demo. `nace` is a section's letter and a division's figures; `reached` counts days before today."""

    name: str
    status: Status
    owner: str
    nace: str
    trade: str
    town: str
    size: str = SMALL
    km: int = 0
    people: list[tuple[str, str, str, str]] = field(default_factory=list)
    main_person: int = 0
    capacity: int | None = None
    street: str = ""
    legal_name: str = ""
    kind: str = Kind.BUSINESS
    source: tuple[str, str] | None = None
    reached: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.slug = slugify(self.name.removesuffix(" Ltd").partition(" ")[0] + self.name.removesuffix(" Ltd").rpartition(" ")[2])
        self.postcode = f"{TOWNS[self.town][0]}{len(self.name) % 9}A"
        self.km = self.km or TOWNS[self.town][1]
        self.street = self.street or f"{len(self.name)} {STREETS[len(self.trade) % len(STREETS)]}"


STREETS = ["Mill Bank", "Station Road", "Weir Street", "Orchard Lane", "Old Quay", "Market Hill", "Brook Row", "Kiln Way"]

CAST = [
    # Agreement: on the way to an MOU.
    Firm(
        "Kestrel Precision Ltd",
        Status.AGREEMENT,
        "MK",
        "C25",
        "Precision machining",
        "Lindenvale",
        MEDIUM,
        6,
        [
            ("Rosa Lindqvist", "Managing director", SIGNS, "000 555 0185"),
            ("Dev Anand", "Production manager", DAILY, "000 555 0186"),
            ("Ingrid Sole", "HR and finance", "", "000 555 0187"),
        ],
        main_person=1,
        capacity=6,
        street="14 Foundry Lane",
        legal_name="Kestrel Precision Ltd",
        source=(Source.EVENT, "Chamber fair, Oct 2025"),
        reached=(152, 149, 114, 52, 24),
    ),
    Firm(
        "Tidewell Care Group",
        Status.AGREEMENT,
        "MK",
        "R87",
        "Care homes",
        "Lindenvale",
        LARGE,
        3,
        [
            ("Priya Nair", "Operations director", SIGNS, "000 555 0121"),
            ("Joan Barrow", "Training lead", DAILY, "000 555 0122"),
        ],
        capacity=8,
        reached=(210, 190, 120, 80, 21),
    ),
    Firm(
        "Greyfriars Bakery",
        Status.AGREEMENT,
        "MK",
        "C10",
        "Food production",
        "Lindenvale",
        SMALL,
        1,
        [("Marit Holm", "Owner", OWNER, "000 555 0131")],
        capacity=3,
        reached=(170, 160, 110, 70, 16),
    ),
    Firm(
        "Marsh & Sons Joinery",
        Status.AGREEMENT,
        "JB",
        "F43",
        "Carpentry",
        "Millbrook",
        SMALL,
        8,
        [("Daniel Marsh", "Partner", SIGNS, "000 555 0134")],
        capacity=4,
        reached=(190, 150, 100, 60, 13),
    ),
    # Pilot.
    Firm(
        "Nordwell Electrical",
        Status.PILOT,
        "MK",
        "F43",
        "Electrical contracting",
        "Lindenvale",
        MEDIUM,
        2,
        [("Petra Wolde", "Operations manager", DAILY, "000 555 0141")],
        capacity=4,
        reached=(200, 180, 90, 31),
    ),
    Firm(
        "Copperline Robotics",
        Status.PILOT,
        "JB",
        "C28",
        "Automation",
        "Eastmoor",
        MEDIUM,
        11,
        [("Hana Petersen", "Head of engineering", MENTOR, "000 555 0143")],
        capacity=5,
        reached=(230, 170, 75, 17),
    ),
    Firm("Juniper Software", Status.PILOT, "AN", "K62", "Software", "Westbrook", SMALL, reached=(180, 120, 50, 10)),
    Firm("Quayside Boatworks", Status.PILOT, "JB", "C30", "Boat building", "Quayside", SMALL, reached=(220, 140, 66, 30)),
    Firm("Fernhill Farm Foods", Status.PILOT, "AN", "C10", "Farm produce", "Overton", SMALL, reached=(190, 100, 40, 5)),
    # Proposal.
    Firm(
        "Ashgrove Homes",
        Status.PROPOSAL,
        "MK",
        "R87",
        "Care homes",
        "Millbrook",
        MEDIUM,
        9,
        [("Lena Fischer", "Registered manager", SIGNS, "000 555 0151")],
        reached=(140, 90, 22),
    ),
    Firm("Tolland Motors", Status.PROPOSAL, "JB", "T95", "Motor repair", "Northgate", SMALL, reached=(120, 60, 3)),
    Firm("Sable Print", Status.PROPOSAL, "AN", "C18", "Printing and design", "Westbrook", MICRO, reached=(160, 70, 20)),
    Firm("Harbour Street Dental", Status.PROPOSAL, "AN", "R86", "Dental practice", "Quayside", MICRO),
    Firm("Bellweather Engineering", Status.PROPOSAL, "MK", "C25", "Metal fabrication", "Harrowfield", MEDIUM),
    Firm("Redgate Plumbing", Status.PROPOSAL, "JB", "F43", "Heating and plumbing", "Millbrook", SMALL),
    Firm("Oakfield Court", Status.PROPOSAL, "MK", "R87", "Care homes", "Stoneleigh", MEDIUM),
    Firm("Linnet Garden Design", Status.PROPOSAL, "AN", "O81", "Landscaping", "Upper Marsh", MICRO),
    # Contacted.
    Firm(
        "Larkfield Dairy",
        Status.CONTACTED,
        "MK",
        "C10",
        "Food processing",
        "Overton",
        MEDIUM,
        22,
        [("Simon Okafor", "Plant manager", DAILY, "000 555 0161")],
        reached=(80, 12),
    ),
    Firm(
        "Pellmoor Dental",
        Status.CONTACTED,
        "MK",
        "R86",
        "Dental practice",
        "Lindenvale",
        MICRO,
        4,
        [("Dr Anil Rao", "Dentist and owner", OWNER, "000 555 0163")],
        reached=(30, 6),
    ),
    Firm(
        "Willowmere Care Home",
        Status.CONTACTED,
        "MK",
        "R87",
        "Care homes",
        "Lindenvale",
        MEDIUM,
        4,
        [("Noor Haddad", "Home manager", SIGNS, "000 555 0119")],
        reached=(350, 16),
    ),
    Firm("Orchard Lane Nursery", Status.CONTACTED, "AN", "R88", "Childcare", "Westbrook", SMALL, reached=(90, 25)),
    Firm("Haven Lodge", Status.CONTACTED, "MK", "R87", "Care homes", "Harrowfield", SMALL),
    Firm("Quay Street Deli", Status.CONTACTED, "JB", "I56", "Catering", "Quayside", MICRO),
    # Prospect; the first wrote this morning and is nobody's yet.
    Firm(
        "Solveig Solar",
        Status.PROSPECT,
        "",
        "F43",
        "Solar installation",
        "Eastmoor",
        SMALL,
        12,
        [("Solveig Aas", "Owner", OWNER, "000 555 0171")],
        source=(Source.INBOUND_FORM, "Wrote to us through the website"),
        reached=(0,),
    ),
    # Partner: with an agreement in force.
    Firm(
        "Halden Logistics",
        Status.PARTNER,
        "JB",
        "H52",
        "Logistics",
        "Northgate",
        LARGE,
        14,
        [("Ivo Brandl", "Site manager", DAILY, "000 555 0201")],
        capacity=5,
        reached=(760, 740, 720, 700, 690, 680),
    ),
    Firm(
        "Brightwater Hotel",
        Status.PARTNER,
        "MK",
        "I55",
        "Hospitality",
        "Quayside",
        MEDIUM,
        5,
        [("Amara Diallo", "Head of kitchen", MENTOR, "000 555 0203")],
        capacity=6,
        reached=(400, 330, 260, 210, 180, 163),
    ),
    Firm(
        "Stonegate Builders",
        Status.PARTNER,
        "JB",
        "F41",
        "Building",
        "Stoneleigh",
        MEDIUM,
        people=[("Carla Mendes", "Office manager", HR, "000 555 0205")],
        reached=(780, 760, 730, 710, 690, 674),
    ),
    Firm(
        "Meadowbank Care", Status.PARTNER, "MK", "R87", "Care homes", "Westbrook", MEDIUM, reached=(650, 620, 600, 585, 570, 558)
    ),
    Firm(
        "Ferris & Lowe Motors",
        Status.PARTNER,
        "AN",
        "T95",
        "Motor repair",
        "Eastmoor",
        SMALL,
        people=[("Sam Ferris", "Partner", SIGNS, "000 555 0207")],
        reached=(600, 560, 520, 480, 460, 436),
    ),
    Firm(
        "Calder Foods",
        Status.PARTNER,
        "MK",
        "C10",
        "Food production",
        "Harrowfield",
        LARGE,
        people=[("Tom Reyes", "Maintenance lead", MENTOR, "000 555 0209")],
        capacity=2,
        reached=(560, 520, 480, 450, 420, 405),
    ),
    Firm("Weir Street Kitchen", Status.PARTNER, "AN", "I56", "Catering", "Lindenvale", MICRO, reached=(470, 430, 400, 370, 340, 316)),
    Firm("Hawthorn Software", Status.PARTNER, "AN", "K62", "Software", "Lindenvale", SMALL, reached=(420, 380, 340, 310, 280, 255)),
    Firm(
        "Ellery Nursing Home",
        Status.PARTNER,
        "MK",
        "R87",
        "Care homes",
        "Millbrook",
        SMALL,
        people=[("Dina Hall", "Matron", SIGNS, "000 555 0211")],
        reached=(400, 360, 320, 290, 250, 224),
    ),
    Firm("Amberley Joiners", Status.PARTNER, "JB", "F43", "Carpentry", "Upper Marsh", MICRO, reached=(390, 340, 300, 260, 220, 193)),
    Firm(
        "Saltmarsh Electric",
        Status.PARTNER,
        "JB",
        "F43",
        "Electrical contracting",
        "Quayside",
        SMALL,
        people=[("Ole Vik", "Owner", OWNER, "000 555 0213")],
        reached=(360, 300, 260, 220, 170, 132),
    ),
    Firm("Rivermouth Marine", Status.PARTNER, "JB", "C33", "Welding and repair", "Quayside", MEDIUM, reached=(340, 280, 230, 180, 110, 71)),
    Firm("Brook Lane Nursery", Status.PARTNER, "AN", "R88", "Childcare", "Lindenvale", SMALL, reached=(320, 240, 190, 140, 80, 40)),
    Firm("Orwell Print", Status.PARTNER, "AN", "C18", "Printing", "Northgate", SMALL, reached=(300, 220, 160, 90, 40, 12)),
]

_C, _P = Status.CONTACTED, Status.PROSPECT
# The rest, whom the college wrote to or means to: name, status, owner, NACE, trade, town, staff.
PROSPECTS_AND_CONTACTED = [
    Firm(*row)
    for row in [
        ("Alder & Finch Opticians", _C, "AN", "G47", "Opticians", "Lindenvale", MICRO),
        ("Barley Mow Brewery", _C, "JB", "C11", "Brewing", "Overton", SMALL),
        ("Beacon Hill Care", _C, "MK", "R87", "Care homes", "Stoneleigh", MEDIUM),
        ("Birchwood Veterinary", _C, "AN", "N75", "Veterinary practice", "Millbrook", SMALL),
        ("Blue Anchor Inn", _C, "MK", "I55", "Hospitality", "Quayside", SMALL),
        ("Cartwright Tooling", _C, "MK", "C25", "Tool making", "Eastmoor", SMALL),
        ("Castle Row Hairdressing", _C, "AN", "T96", "Hairdressing", "Lindenvale", MICRO),
        ("Cloverdale Creamery", _C, "MK", "C10", "Food processing", "Upper Marsh", SMALL),
        ("Dovecote Nursery", _C, "AN", "R88", "Childcare", "Northgate", SMALL),
        ("Eastmoor Garage", _C, "JB", "T95", "Motor repair", "Eastmoor", MICRO),
        ("Elmstead Roofing", _C, "JB", "F43", "Roofing", "Harrowfield", SMALL),
        ("Fairlea Pharmacy", _C, "AN", "G47", "Pharmacy", "Westbrook", MICRO),
        ("Foxglove Florists", _C, "AN", "G47", "Florist", "Lindenvale", MICRO),
        ("Goldcrest Hotels", _C, "MK", "I55", "Hospitality", "Northgate", LARGE),
        ("Granary Bakehouse", _C, "MK", "C10", "Bakery", "Harrowfield", MICRO),
        ("Hollin Freight", _C, "JB", "H49", "Haulage", "Northgate", MEDIUM),
        ("Ironbridge Castings", _C, "MK", "C24", "Foundry", "Stoneleigh", MEDIUM),
        ("Ivy House Residential", _C, "MK", "R87", "Care homes", "Overton", SMALL),
        ("Kingfisher Leisure", _C, "AN", "S93", "Leisure centre", "Westbrook", MEDIUM),
        ("Lantern Digital", _C, "AN", "K62", "Web design", "Lindenvale", MICRO),
        ("Linden Fabrications", _C, "MK", "C25", "Metal fabrication", "Lindenvale", SMALL),
        ("Maple Row Dental", _C, "MK", "R86", "Dental practice", "Millbrook", MICRO),
        ("Merrow Shopfitters", _C, "JB", "F43", "Shopfitting", "Eastmoor", SMALL),
        ("Millbrook Tiles", _C, "JB", "C23", "Ceramics", "Millbrook", SMALL),
        ("Northgate Windows", _C, "JB", "F43", "Glazing", "Northgate", SMALL),
        ("Otterburn Outdoor", _C, "AN", "G47", "Sports shop", "Quayside", MICRO),
        ("Pennant Signs", _C, "JB", "C18", "Sign making", "Westbrook", MICRO),
        ("Quarry Road Steel", _C, "MK", "C25", "Steelwork", "Stoneleigh", MEDIUM),
        ("Abbey Road Upholstery", _P, "JB", "C31", "Upholstery", "Lindenvale", MICRO),
        ("Applegarth Cider", _P, "MK", "C11", "Cider making", "Overton", MICRO),
        ("Aster Home Care", _P, "MK", "R88", "Home care", "Westbrook", MEDIUM),
        ("Bramble Café", _P, "MK", "I56", "Catering", "Harrowfield", MICRO),
        ("Brookside Physiotherapy", _P, "MK", "R86", "Physiotherapy", "Millbrook", MICRO),
        ("Cedar Lodge", _P, "MK", "R87", "Care homes", "Northgate", SMALL),
        ("Chalk Stream Fisheries", _P, "JB", "A03", "Fish farming", "Upper Marsh", MICRO),
        ("Coppice Timber", _P, "JB", "C16", "Sawmill", "Upper Marsh", SMALL),
        ("Dale Packaging", _P, "MK", "C17", "Packaging", "Eastmoor", MEDIUM),
        ("Drover’s Rest", _P, "AN", "I55", "Hospitality", "Overton", MICRO),
        ("Eastmoor Enterprise Agency", _P, "MK", "O82", "Business support", "Eastmoor", SMALL),
        ("Fenwick Accounts", _P, "AN", "N69", "Accountancy", "Lindenvale", SMALL),
        ("Flint & Tinder Stoves", _P, "JB", "G47", "Stove shop", "Stoneleigh", MICRO),
        ("Garnet Jewellers", _P, "AN", "G47", "Jewellery", "Lindenvale", MICRO),
        ("Harrowfield Haulage", _P, "JB", "H49", "Haulage", "Harrowfield", SMALL),
        ("Hazelmere Catering", _P, "MK", "I56", "Catering", "Westbrook", SMALL),
        ("Heron Water Systems", _P, "JB", "E36", "Water treatment", "Quayside", SMALL),
        ("Kiln Lane Pottery", _P, "AN", "C23", "Pottery", "Millbrook", MICRO),
        ("Lark Rise Childcare", _P, "AN", "R88", "Childcare", "Stoneleigh", MICRO),
        ("Lindenvale Chamber", _P, "MK", "T94", "Chamber of commerce", "Lindenvale", SMALL),
        ("Makers Cluster Quayside", _P, "JB", "T94", "Makers’ cluster", "Quayside", MICRO),
        ("Moorland Wind", _P, "JB", "D35", "Wind power", "Eastmoor", SMALL),
        ("Nightingale Nursing", _P, "MK", "R87", "Care homes", "Harrowfield", MEDIUM),
        ("Oldbury Plant Hire", _P, "JB", "O77", "Plant hire", "Northgate", SMALL),
        ("Pinfold Vets", _P, "MK", "N75", "Veterinary practice", "Overton", MICRO),
        ("Rowan Tree Salon", _P, "AN", "T96", "Hairdressing", "Westbrook", MICRO),
        ("Saffron Street Spa", _P, "AN", "T96", "Beauty and massage", "Lindenvale", MICRO),
        ("Thistle Electronics", _P, "MK", "C26", "Electronics", "Eastmoor", MEDIUM),
        ("Upland Organics", _P, "", "A01", "Vegetable growing", "Upper Marsh", SMALL),
        ("Vale Optical Instruments", _P, "", "C26", "Instruments", "Lindenvale", SMALL),
    ]
]
OF_ANOTHER_KIND = {
    "Eastmoor Enterprise Agency": Kind.PUBLIC_BODY,
    "Lindenvale Chamber": Kind.INTERMEDIARY,
    "Makers Cluster Quayside": Kind.INTERMEDIARY,
}
for _firm in PROSPECTS_AND_CONTACTED:
    _firm.kind = OF_ANOTHER_KIND.get(_firm.name, _firm.kind)
