"""Who appears in the demo. Every name, number and address is made up."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.text import slugify

from partnerships.enums import ContactRole, Kind, SizeBand, Status

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


SHARED_FIRST_WORDS = {"Eastmoor"}


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
        first, _space, rest = self.name.partition(" ")
        self.slug = slugify(first if first not in SHARED_FIRST_WORDS else f"{first} {rest.rpartition(' ')[2]}")
        self.postcode = f"{TOWNS[self.town][0]}{len(self.name) % 9}A"
        self.km = self.km or TOWNS[self.town][1]
        self.street = self.street or f"{len(self.name)} {STREETS[len(self.trade) % len(STREETS)]}"


STREETS = [
    "Mill Bank",
    "Station Road",
    "Weir Street",
    "Orchard Lane",
    "Old Quay",
    "Market Hill",
    "Brook Row",
    "Kiln Way",
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
