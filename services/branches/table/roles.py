"""Who may ask, by what it is about."""

from services.district.authority import STREET

REPORTERS = ("branch_secretary", *STREET)
READERS = (
    *STREET,
    "resident",
    "community_worker",
    "grid_member",
    "unit_liaison",
    "partner_manager",
    "branch_secretary",
    "district_analyst",
)
