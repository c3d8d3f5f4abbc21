"""The directory of the places somebody reads, as a file."""

from typing import Any

from gateway.edge.asker import Asker
from gateway.edge.errors import to_json
from gateway.files.formats import in_turns
from gateway.files.hsds.directory import directory
from gateway.files.lists import EXPORTS
from gateway.files.whole_lists import PAGING, documents, those_there
from schemas.documents import Json
from services.kit.actor import EVERYWHERE, Actor
from services.kit.errors import Forbidden

VERSION = "3.2"
READERS = ("district_analyst", "district_admin")
ACTIVE = ("approved", "reinstated")  # States of a partner that goes about its work.


def must_be_reader(asker: Asker) -> None:
    """Raises `Unauthenticated` or `Forbidden` unless the actor reads the district's data."""
    asker.must_be_known()
    if not asker.actor.has(*READERS):
        raise Forbidden("您的角色不能导出全区数据")


def exchanged(asker: Asker) -> Json:
    """The directory of the places the actor reads; not `complete` when a list was longer than is exported at once."""
    units = _all(asker, "units", "approved")
    partners = [one for state in ACTIVE for one in _all(asker, "partners", state)]
    offerings = _all(asker, "offerings", "published")
    complete = None not in (*units, *partners, *offerings)
    listed = map(those_there, (units, partners, offerings))
    return {"version": VERSION, "complete": complete} | directory(*listed)


def _all(asker: Asker, name: str, state: str) -> list[Json | None]:
    (one,) = (one for one in EXPORTS if one.name == name)
    schema = one.route.schema(exclude=PAGING)
    found: list[Json | None] = []
    for place in _places(asker.actor):
        filters = schema.load({"state": state} | place)
        found += documents(asker, one.service, one.question, filters)
    return found


def _places(actor: Actor) -> list[dict[str, str]]:
    """What narrows a list to each division the actor reads; of those that lie in one another the widest."""
    scopes = {held.scope for held in actor.roles if held.role in READERS}
    if EVERYWHERE in scopes:
        return [{}]
    divisions = sorted(scope for scope in scopes if scope.isdigit())
    return [{"division": one} for one in divisions if not _is_within(one, divisions)]


def _is_within(division: str, others: list[str]) -> bool:
    """The code of what lies in a division begins with that."""
    shorter = (division[:end] for end in range(len(division)))
    return any(code in others for code in shorter)


def written(directory: Json) -> bytes:
    """As JSON, which of all at once would take as long as all the rest."""
    parts = [_written(name, part) for name, part in directory.items()]
    return b"{" + b",".join(parts) + b"}"


def _written(name: str, part: Any) -> bytes:
    if not isinstance(part, list):
        return to_json(name) + b":" + to_json(part)
    rows = map(to_json, in_turns(part))
    return to_json(name) + b":[" + b",".join(rows) + b"]"
