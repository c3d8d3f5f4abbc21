"""What is remembered of households: which sign-ups that stand claim to be of one."""

from schemas.documents import Json
from services.activities.model.lifecycles import STANDING
from services.kit.views import Collection, Overlay

COLLECTIONS = (
    Collection(
        "households", (("claim", "id"), ("claim", "by", "id"), ("claim", "pool", "id"))
    ),
)
NOBODY: Json = {"party": ()}


def claim(docs: Overlay, before: Json | None, signup: Json) -> None:
    """What the sign-up claims now, and no more what it claimed before."""
    now = _households(signup)
    stands = signup["state"] in STANDING
    for household in sorted(_households(before or NOBODY) | now):
        is_claimed = stands and household in now
        claims = _claims(signup, household) if is_claimed else {}
        id = f"{signup['session']}:{household}:{signup['id']}"
        docs.put("households", claims | {"id": id})


def _claims(signup: Json, household: str) -> Json:
    return {
        "claim": f"{signup['seating']}:{household}",
        "by": signup["by"],
        "pool": signup["pool"],
    }


def _households(signup: Json) -> set[str]:
    return {member["household"] for member in signup["party"] if "household" in member}
