"""Who may ask, by what it is about."""

from services.district.authority import STREET

UNITS = ("unit_liaison", *STREET)
HANDLERS = ("community_worker", *STREET)
RAISERS = ("resident", *HANDLERS)
TALKERS = (*RAISERS, "unit_liaison")
MATCHMAKERS = (*UNITS, "community_worker")
READERS = (
    *UNITS,
    "resident",
    "community_worker",
    "partner_manager",
    "branch_secretary",
    "district_analyst",
)
