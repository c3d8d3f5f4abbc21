"""Who may ask, and what is shown to nobody."""

from services.district.authority import STREET

KEEPERS = ("community_worker", *STREET)
# Who writes people into rosters and papers of their own, and keeps no records of them.
HOSTS = ("branch_secretary", "unit_liaison", "partner_manager")
PLATFORM = ("system",)
NOTHING: tuple[str, ...] = ()
