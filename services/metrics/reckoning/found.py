"""What a question is about, who may ask it, and how far the answer reflects the logs."""

from collections.abc import Iterator

from schemas.documents import Json
from services.district import territory
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.views import Find, Reads
from services.metrics.folds import FOLDS

READERS = ("district_admin", "district_analyst", "street_admin", "community_worker")
HOSTS = {
    "branch": "branches",
    "unit": "units",
    "partner": "partners",
    "community": "divisions",
}
TITLED = {"session": "sessions", "need": "needs"}
BATCH = 1000


def must_cover(asked: Asked, scope: str) -> None:
    if not asked.actor.covers_any(READERS, scope):
        raise Forbidden(
            "您的角色看不到这个范围的数据", code="out_of_scope", path="scope"
        )


def division(views: Reads, code: str) -> Json:
    """Raises `Unknown` when nobody has recorded it."""
    found = views.get(territory.DIVISIONS.name, code)
    if found is None:
        raise Unknown(f"没有区划代码为 {code} 的区划", path="scope")
    return found


def must_be_campaign(views: Reads, name: str) -> None:
    """Raises `Unknown` when nobody has declared it."""
    if views.get("campaigns", name) is None:
        raise Unknown(f"没有主题活动“{name}”", path="campaign")


def as_of(views: Reads) -> Json:
    """To be read before what is shown: that may be newer than this says, never older."""
    return {source: views.cursor(source) for source in sorted(FOLDS)}


def host_name(views: Reads, host: str) -> str:
    kind, _, id = host.partition("/")
    doc = views.get(HOSTS[kind], id)
    return str(doc["name"]) if doc else host


def value_name(views: Reads, dimension: str, value: str) -> str:
    """What a value of a dimension is called."""
    if dimension == "host":
        return host_name(views, value)
    return host_name(views, f"unit/{value}") if dimension == "unit" else value


def title_of(views: Reads, fact: str) -> dict[str, str]:
    """`{"title"}` as a reader knows it: the title of a session, of a need or of what is done about it; the name of a
    unit or community. Nothing while it has none."""
    kind, _, id = fact.partition("/")
    if kind in HOSTS:
        return {"title": host_name(views, fact)}
    if kind == "commitment":
        kind, id = "need", (views.get("commitments", id) or {}).get("need", "")
    doc = (
        views.get(TITLED[kind], id) if kind in TITLED else None
    ) or {}  # A grid's code is its name.
    return {"title": doc["title"]} if "title" in doc else {}


def starting(
    views: Reads,
    collection: str,
    prefix: str,
    last: str | None = None,
    after: str | None = None,
    batch: int = BATCH,
) -> Iterator[Json]:
    """The documents whose ids begin with `prefix`, or lie from it to those that begin with `last`; by id.

    A prefix ends with a colon. `after` is the id to begin after; `batch` are read at a time.
    """
    beyond = f"{(last or prefix)[:-1]};"  # The next character after the colon.
    while found := views.find(
        Find(
            collection,
            {},
            "id",
            since=prefix,
            until=beyond,
            after=(after, after) if after else None,
            limit=batch,
        )
    ):
        yield from found
        if len(found) < batch:
            return
        after = found[-1]["id"]
