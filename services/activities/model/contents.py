"""An activity's content as the second version of its events tells it, and that of the first said the same way."""

from schemas.documents import Json, pick, pick_present, without
from services.kit.log import Event

OF_THE_SESSION = ("session", "starts_at", "ends_at", "cutoff", "capacity")
FIRST = (
    *OF_THE_SESSION,
    "place",
    "grid",
    "kept_offline",
    "kept_walk_in",
    "helpers",
    "helpers_cutoff",
)


def told(event: Event) -> Json:
    """What was drafted, revised, published or changed, as the second version tells it."""
    data = event.data
    if "sessions" in data:
        return data
    session = pick(data, *OF_THE_SESSION, "place")
    whole = without(data, *OF_THE_SESSION)
    return whole | {
        "cohosts": [],
        "terms": {},
        "sessions": [session],
    }


def grid_of(content: Json, plan: Json) -> Json:
    """`{grid: code}` of a session: its own, else that of the whole activity; nothing where neither is said."""
    grid = plan.get("grid", content.get("grid"))
    return {"grid": grid} if grid else {}


def headed(content: Json) -> Json:
    """The content without its sessions, but with the times and seats of the first."""
    whole = without(content, "activity", "sessions")
    return whole | first_of(content["sessions"])


def first_of(sessions: list[Json]) -> Json:
    """What is said of the first of them, as an activity shows it."""
    none_kept = {"kept_offline": 0, "kept_walk_in": 0}
    return none_kept | pick_present(sessions[0], *FIRST)
