"""How much one applicant may ask of a street.

Who works for the place enters applications for others, and is not bound.
"""

from schemas.partners.partners import MOST_A_DAY, MOST_OPEN
from services.district.authority import oversees
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.views import Find, Reads


def must_not_be_too_many(docs: Reads, community: str, asked: Asked) -> None:
    actor = asked.actor
    if oversees(actor, community) or actor.covers("community_worker", community):
        return
    waiting = docs.find(
        Find("partners", {"by": actor.id, "state": "applied"}, "id", limit=MOST_OPEN)
    )
    if len(waiting) >= MOST_OPEN:
        raise Refused(
            "too_many_open", f"您已有 {MOST_OPEN} 份申请在等街道审核，有了结果再申请"
        )
    today = docs.find(
        Find(
            "partners",
            {"by": actor.id, "applied_on": local_day(asked.now)},
            "id",
            limit=MOST_A_DAY,
        )
    )
    if len(today) >= MOST_A_DAY:
        raise Refused("too_many_today", f"您今天已申请 {MOST_A_DAY} 次，请明天再来")
