"""Keys of machines, as who made them sees them; and what the gateway asks of who has one."""

from schemas.documents import Json, without
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.lists.paging import page
from services.kit.views import Find, Reads
from services.people.rules import api_keys
from services.people.rules.api_keys import API_KEYS
from services.people.views.roles import roles_of


def get_api_key(views: Reads, question: Json, asked: Asked) -> Json:
    key = API_KEYS.found(views, question["api_key"], asked, sees=api_keys.is_own)
    return without(key, "hash")


def list_api_keys(views: Reads, question: Json, asked: Asked) -> Json:
    """The actor's own, whatever became of them."""
    where = {"person": asked.actor.id}
    found = page(views, question, Find("api_keys", where, "id", newest_first=True))
    return found | {"items": [without(one, "hash") for one in found["items"]]}


def find_api_key(views: Reads, question: Json, asked: Asked) -> Json:
    """`{api_key, person, roles}`, of the roles those it is still worth. Raises `Unknown` for whatever is wrong."""
    key = views.get("api_keys", question["api_key"])
    if not api_keys.is_good(key, question["hash"], asked):
        raise Unknown("没有这把密钥，或已失效", code="no_such_key")
    assert key is not None
    roles = api_keys.worth(views, key, roles_of(views, key["person"]), asked)
    return {"api_key": key["id"], "person": key["person"], "roles": roles}
