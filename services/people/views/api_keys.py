"""Keys of machines, as who made them sees them; and what the gateway asks of who has one."""

from schemas.documents import Json, if_any, without
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.lists.paging import page
from services.kit.views import Find, Reads
from services.people.rules import api_keys
from services.people.rules.api_keys import API_KEYS, name_note
from services.people.rules.rank import roles_of


def get_api_key(views: Reads, question: Json, asked: Asked) -> Json:
    key = API_KEYS.found(views, question["api_key"], asked, sees=api_keys.is_own)
    return _shown(key, asked)


def list_api_keys(views: Reads, question: Json, asked: Asked) -> Json:
    """The actor's own, whatever became of them."""
    where = {"person": asked.actor.id}
    found = page(views, question, Find("api_keys", where, "id", newest_first=True))
    return found | {"items": [_shown(one, asked) for one in found["items"]]}


def find_api_key(views: Reads, question: Json, asked: Asked) -> Json:
    """`{api_key, person, roles, offices}`: the roles it is still worth, and all its maker holds.

    Raises `Unknown` for whatever is wrong.
    """
    key = views.get("api_keys", question["api_key"])
    if not api_keys.is_good(key, question["hash"], asked):
        raise Unknown("没有这把密钥，或已失效", code="no_such_key")
    assert key is not None
    offices = roles_of(views, key["person"])
    roles = api_keys.worth(views, key, offices, asked)
    about = {"api_key": key["id"], "person": key["person"]}
    return about | {"roles": roles, "offices": offices}


def _shown(key: Json, asked: Asked) -> Json:
    return without(key, "hash") | if_any(name=asked.note(name_note(key["id"])))
