"""What hosts, units and facts are called, as a reader knows them."""

from schemas.documents import pick_present
from services.kit.views import Reads

HOSTS = {
    "branch": "branches",
    "unit": "units",
    "partner": "partners",
    "community": "divisions",
}
TITLED = {
    "session": "sessions",
    "need": "needs",
    "round": "rounds",
    "finding": "findings",
    "mediation": "mediations",
}


def host_name(views: Reads, host: str) -> str:
    """Of `kind/id`; itself while it has no name."""
    kind, _, id = host.partition("/")
    doc = views.get(HOSTS[kind], id)
    return str(doc["name"]) if doc else host


def value_name(views: Reads, dimension: str, value: str) -> str:
    """What a value of a dimension is called."""
    if dimension == "host":
        return host_name(views, value)
    return host_name(views, f"unit/{value}") if dimension == "unit" else value


def title_of(views: Reads, fact: str) -> dict[str, str]:
    """`{"title"}` as a reader knows it: the title of a session, of a need or of what is done about it, of a round of
    visits; the kind of a finding or mediation; the name of a unit or community. Nothing while it has none."""
    kind, _, id = fact.partition("/")
    if kind in HOSTS:
        return {"title": host_name(views, fact)}
    if kind == "commitment":
        commitment = views.get("commitments", id) or {}
        kind = "need"
        id = commitment.get("need", "")
    if kind not in TITLED:
        return {}  # A grid's code is its name.
    doc = views.get(TITLED[kind], id) or {}
    return pick_present(doc, "title")
