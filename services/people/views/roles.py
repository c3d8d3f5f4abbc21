"""Roles held, as whom they concern sees them; and what the gateway asks of who may do what."""

from schemas.documents import Json, if_any
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.views import Find, Reads
from services.people.model.granting import GRANTS as GRANTED_BY
from services.people.model.places import place_of
from services.people.rules import roles
from services.people.rules.person import PERSONS, disposes, sees
from services.people.rules.rank import roles_of
from services.people.views.persons import name_of

SOURCE = "people"
MOST_CHANGES = 1000


def get_grant(views: Reads, question: Json, asked: Asked) -> Json:
    grant = roles.GRANTS.found(views, question["grant"], asked, sees=roles.sees)
    return _shown(grant, asked)


def list_grants(views: Reads, question: Json, asked: Asked) -> Json:
    """All that somebody holds and held."""
    person = PERSONS.admitted(views, question["person"], asked, may=disposes, sees=sees)
    found = page(views, question, Find("grants", {"person": person["id"]}, "id"))
    return _named(found, asked)


def list_holders(views: Reads, question: Json, asked: Asked) -> Json:
    """Who holds a role for exactly this scope now: for who grants roles there, nothing for anybody else."""
    place = place_of(views, question["scope"])
    if not place or not asked.actor.covers_any(GRANTED_BY, place):
        return {"items": [], "next": None}
    where = {"scope": question["scope"], "state": "held"}
    return _named(page(views, question, Find("grants", where, "id")), asked)


def access(views: Reads, question: Json, asked: Asked) -> Json:
    """`{person, seq, roles: [{role, scope}]}`; `seq` is where in the log it changed last, 0 for never.

    Without an account that is open there are no roles at all.
    """
    id = question["person"]
    changed = views.get("access", id)
    seq = changed["changed"] if changed else 0
    return {"person": id, "seq": seq, "roles": roles_of(views, id)}


def changed_access(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items: [{person, seq}], head, more}`: whose access has changed after `since`, and how far that is known.

    Without `since` only how far it is known now. With `more` there are others after `head`.
    """
    head = views.cursor(SOURCE)
    if "since" not in question:
        return {"items": [], "head": head, "more": False}
    since = question["since"]
    find = Find("access", {}, "changed", since=since + 1, limit=MOST_CHANGES)
    items = [_change(each) for each in views.find(find)]
    more = len(items) == MOST_CHANGES
    last = items[-1]["seq"] if items else since
    return {"items": items, "head": last if more else max(head, last), "more": more}


def _change(access: Json) -> Json:
    return {"person": access["id"], "seq": access["changed"]}


def _named(found: Json, asked: Asked) -> Json:
    return found | {"items": [_shown(grant, asked) for grant in found["items"]]}


def _shown(grant: Json, asked: Asked) -> Json:
    return grant | if_any(name=name_of(grant["person"], asked))
