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
    """Raises `Refused` when the actor has as many open, or has applied as often today, as one may."""
    if _works_in(community, asked):
        return
    if _count(docs, asked, MOST_OPEN, state="applied") >= MOST_OPEN:
        says = f"您已有 {MOST_OPEN} 份申请在等街道审核，有了结果再申请"
        raise Refused("too_many_open", says)
    today = local_day(asked.now)
    if _count(docs, asked, MOST_A_DAY, applied_on=today) >= MOST_A_DAY:
        says = f"您今天已申请 {MOST_A_DAY} 次，请明天再来"
        raise Refused("too_many_today", says)


def _works_in(community: str, asked: Asked) -> bool:
    actor = asked.actor
    return oversees(actor, community) or actor.covers("community_worker", community)


def _count(docs: Reads, asked: Asked, most: int, **where: str) -> int:
    """How many of the actor's applications there are, up to `most`."""
    mine = where | {"by": asked.actor.id}
    return docs.count(Find("partners", mine, "id", limit=most))
