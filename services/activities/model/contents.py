"""An activity's content as the second version of its events tells it, and that of the first said the same way."""

from schemas.documents import Json
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
    session = {name: data[name] for name in (*OF_THE_SESSION, "place")}
    rest = {name: value for name, value in data.items() if name not in OF_THE_SESSION}
    return {**rest, "cohosts": [], "terms": {}, "sessions": [session]}


def grid_of(content: Json, plan: Json) -> Json:
    """`{grid: code}` of a session: its own, else that of the whole activity; nothing where neither is said."""
    grid = plan.get("grid", content.get("grid"))
    return {"grid": grid} if grid else {}


def headed(content: Json) -> Json:
    """The content without its sessions, but with the times and seats of the first."""
    rest = {
        name: value
        for name, value in content.items()
        if name not in ("activity", "sessions")
    }
    return {**rest, **first_of(content["sessions"])}


def first_of(sessions: list[Json]) -> Json:
    return {
        "kept_offline": 0,
        "kept_walk_in": 0,
        **{name: sessions[0][name] for name in FIRST if name in sessions[0]},
    }
