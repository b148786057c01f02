"""The vocabulary of the made-up company: names, features, industries, complaints."""

from typing import Final

FEATURES: Final = (
    ("dashboard.view", 5.0),
    ("search", 3.0),
    ("report.create", 2.5),
    ("report.export", 2.0),
    ("workflow.run", 4.0),
    ("integration.sync", 1.5),
    ("comment.add", 2.0),
)
KEY_FEATURES: Final = ("report.create", "report.export", "workflow.run", "integration.sync")
NORTH_STAR: Final = "workflow.run"
SHALLOW_FEATURES: Final = ("dashboard.view", "search")

FIRST: Final = (
    "Alder", "Amber", "Aspen", "Basalt", "Beacon", "Birch", "Bright", "Cedar", "Cobalt", "Copper", "Coral",
    "Crown", "Delta", "Ember", "Falcon", "Fern", "Flint", "Glacier", "Granite", "Harbour", "Hazel", "Indigo",
    "Juniper", "Kestrel", "Lark", "Linden", "Maple", "Marble", "Meridian", "North", "Oak", "Onyx", "Orchard",
    "Pearl", "Pine", "Quartz", "Raven", "River", "Rowan", "Saffron", "Sierra", "Slate", "Spruce", "Summit",
    "Thistle", "Timber", "Vale", "Willow",
)  # fmt: skip
SECOND: Final = (
    "Analytics", "Bank", "Clinics", "Energy", "Foods", "Freight", "Health", "Hotels", "Industries", "Insurance",
    "Labs", "Logistics", "Machines", "Media", "Motors", "Partners", "Payments", "Pharma", "Retail", "Robotics",
    "School", "Shipping", "Software", "Studios", "Systems", "Telecom", "Tools", "Travel", "Water", "Works",
)  # fmt: skip
PEOPLE: Final = (
    "Ada", "Amir", "Ana", "Anton", "Aya", "Ben", "Bo", "Carla", "Chen", "Dana", "David", "Elif", "Emil", "Eva",
    "Farid", "Finn", "Grace", "Hana", "Hugo", "Ines", "Ivan", "Jana", "Jonas", "Kai", "Kofi", "Lea", "Liam",
    "Lin", "Luca", "Mara", "Marie", "Milan", "Nadia", "Nils", "Noor", "Olga", "Omar", "Paul", "Priya", "Rosa",
    "Sami", "Sara", "Sven", "Tara", "Theo", "Uma", "Vera", "Wim", "Yara", "Zoe",
)  # fmt: skip
FAMILIES: Final = (
    "Adler", "Bauer", "Costa", "Diaz", "Eriksen", "Fischer", "Garcia", "Haddad", "Ito", "Jansen", "Kaya",
    "Larsen", "Meyer", "Novak", "Okoye", "Park", "Quinn", "Rossi", "Singh", "Tanaka", "Urban", "Varga", "Weber",
    "Yilmaz", "Zhang",
)  # fmt: skip
INDUSTRIES: Final = ("software", "finance", "health", "retail", "manufacturing", "logistics", "education")
REGIONS: Final = (("emea", 0), ("amer", 6), ("apac", -7))
BUSINESS_MODELS: Final = ("tool", "tool", "platform", "service", "hardware")
OWNERS: Final = (
    ("Mina Sato", "mina"), ("Jon Berg", "jon"), ("Leila Amrani", "leila"), ("Tom Reyes", "tom"),
    ("Ewa Nowak", "ewa"), ("Sam Osei", "sam"),
)  # fmt: skip
MODULES: Final = ("reports", "workflows", "integrations", "billing", "sign-in")
REASONS: Final = ("price", "moved to a competitor", "project ended", "missing feature", "sponsor left")
COMPETITORS: Final = ("Northwind Suite", "Contoso Flow", "Tailspin One")
PROMISES: Final = (
    "Single sign-on before go-live",
    "Export to the data warehouse",
    "A named support engineer",
)
COMMENTS: Final = {
    "happy": "Saves us hours every week.",
    "mixed": "Useful, but slow at month end.",
    "unhappy": "We had to fall back on spreadsheets again.",
}
