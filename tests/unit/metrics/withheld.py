"""Worlds with few people in them, and what is told of them."""

from functools import cache

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.metrics.views import figures
from tests.unit.metrics.worlds import Held, Lived

COMMUNITY, SIBLING, STREET = "510108001001", "510108001002", "510108001"
DAY = "2026-06-13"


@cache
def fair() -> Lived:
    """In June many come to every session in two communities; to one of May in the first, three."""
    june = [
        Held(place, day, "文体", crowd(12))
        for place in (COMMUNITY, SIBLING)
        for day in (DAY, "2026-06-20")
    ]
    may = [
        Held(COMMUNITY, "2026-05-30", "助老", crowd(3)),
        Held(SIBLING, "2026-05-30", "助老", crowd(20)),
    ]
    return Lived([*may, *june])


def crowd(people: int) -> list[str]:
    return [f"R{number}" for number in range(people)]


def told(who: Asked, scope: str, period: str) -> Json:
    return figures.figures(fair(), {"scope": scope, "period": period}, who)
