"""Who may ask, and what is shown to nobody."""

from services.district.authority import STREET

KEEPERS = ("community_worker", *STREET)
PLATFORM = ("system",)
NOTHING: tuple[str, ...] = ()
