"""How much of an offering is booked: counted by period, never more than its capacity."""

from schemas.documents import Json
from services.cobuild.model.ids import usage_id
from services.kit.views import Reads


def used_in(docs: Reads, offering: str, period: str) -> int:
    """How often the offering is booked in the period."""
    usage = docs.get("usage", usage_id(offering, period))
    return int(usage["used"]) if usage else 0


def is_used_up(docs: Reads, offering: Json, period: str) -> bool:
    used = used_in(docs, offering["id"], period)
    return bool(used >= offering["capacity"])
