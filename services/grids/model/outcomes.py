"""What several visits of one round to one door come to: a door counts once, whatever the order they were heard in."""

from collections.abc import Collection

from schemas.documents import Json
from schemas.grids.outcomes import BEST_FIRST

FIGURES = (*BEST_FIRST, "tried")
# Somebody was there to be told something, if not to answer.
SPOKEN_TO = ("met", "refused")


def best(visits: Collection[Json]) -> str:
    """The outcome that counts, "" where nobody went."""
    outcomes = {visit["outcome"] for visit in visits}
    return next((outcome for outcome in BEST_FIRST if outcome in outcomes), "")


def figures(outcome: str) -> dict[str, int]:
    """What a door whose outcome is this adds to the figures of its round."""
    return {outcome: 1, "tried": 1} if outcome else {}
