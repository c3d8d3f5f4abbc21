"""Looking up who did what with people's data: for administrators in their scope, and for each person about themself."""

from datetime import timedelta

from schemas.documents import Json, if_any, pick_present, without
from schemas.fields import instant
from services.district import territory
from services.district.authority import STREET, held_within
from services.kit.entrypoints import Asked
from services.kit.lists.listing import listed
from services.kit.lists.paging import page
from services.kit.persons.aliases import merged_into
from services.kit.views import Find, Reads
from services.people.folds.audit import AUDIT, EVERYWHERE
from services.people.model import tries
from services.people.rules.person import PERSONS, disposes, sees
from services.people.views.persons import name_of

KEPT = timedelta(days=3 * 365)  # What is older is shown to nobody.

Where = dict[str, str | int]


def list_audit(views: Reads, question: Json, asked: Asked) -> Json:
    """What concerns the places the actor administers, the newest first."""
    places = held_within(asked.actor, STREET, question["division"])
    wanted = pick_present(question, "person", "by", "kind")
    finds = [_of(question, asked, _within(place) | wanted) for place in places]
    if finds:
        everywhere: Where = {"district": EVERYWHERE}
        finds.append(_of(question, asked, everywhere | wanted))
    return _named(views, listed(views, AUDIT, question, *finds), asked)


def list_looks(views: Reads, question: Json, asked: Asked) -> Json:
    """Who looked at somebody's data, and why: for that person, their guardian and who keeps the record."""
    person = question["person"]
    if person != asked.actor.id:
        PERSONS.admitted(views, person, asked, may=disposes, sees=sees)
    ids = (person, *merged_into(views, person))
    wheres: list[Where] = [{"person": id, "look": 1} for id in ids]
    finds = [_of(question, asked, where) for where in wheres]
    return _named(views, page(views, question, *finds), asked)


def _named(views: Reads, found: Json, asked: Asked) -> Json:
    items = [_with_names(views, entry, asked) for entry in found["items"]]
    return found | {"items": items}


def _with_names(views: Reads, entry: Json, asked: Asked) -> Json:
    """Of a machine it is told who made its key."""
    key = views.get("api_keys", entry.get("by", "")) or {"person": entry.get("by", "")}
    by, person = (name_of(id, asked) for id in (key["person"], entry.get("person", "")))
    seen = tries.read(asked.note(entry["note"])) if "note" in entry else {}
    return without(entry, "note") | seen | if_any(by_name=by, name=person)


def _within(place: str) -> Where:
    return {**territory.within({"division": place})}


def _of(question: Json, asked: Asked, where: Where) -> Find:
    first = instant(asked.now - KEPT)
    since = max(first, question.get("since", first))
    return Find(
        AUDIT.name,
        where,
        "at",
        since=since,
        until=question.get("until"),
        newest_first=True,
    )
