"""Records that are one person's: found, held side by side, and what was decided about them. Always masked."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, combinations

from schemas.documents import Json, if_any
from schemas.people.merges import CLUES, MOST_FOUND
from services.district.authority import held_within
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.lists.paging import every, page
from services.kit.views import Find, Reads
from services.people.model import records
from services.people.rules import merges
from services.people.rules.person import KEEPERS, PERSONS, disposes, kept, sees
from services.people.views.persons import MOST_LOOKED_THROUGH, name_of, recorded_in

SAME_NUMBER, SAME_PERSON = CLUES
FIELDS = {
    "name": "姓名",
    "born": "出生",
    "contacts": "联系电话",
    "login": "登录手机号",
    "community": "社区",
    "consent": "同意",
}
HIDDEN = "已登记，不显示"


def get_merge(views: Reads, question: Json, asked: Asked) -> Json:
    merge = merges.MERGES.found(views, question["merge"], asked, sees=merges.sees)
    return _named(merge, asked)


def list_merges(views: Reads, question: Json, asked: Asked) -> Json:
    """Those of somebody, whichever of the two they are: for that person and who keeps the record."""
    person = PERSONS.admitted(views, question["person"], asked, may=disposes, sees=sees)
    finds = (Find("merges", {field: person["id"]}, "id") for field in merges.OF_BOTH)
    found = page(views, question, *finds)
    return found | {"items": [_named(merge, asked) for merge in found["items"]]}


def compare_persons(views: Reads, question: Json, asked: Asked) -> Json:
    """Field by field what the two records say, masked; what differs comes first."""
    gone, survivor = (
        kept(views, question[name], asked, path=name) for name in merges.OF_BOTH
    )
    lines = [_beside(field, gone, survivor, asked) for field in FIELDS]
    said = [line for line in lines if "person" in line or "into" in line]
    items = sorted(said, key=lambda line: bool(line["same"]))
    return {"items": items, "next": None}


def find_duplicates(views: Reads, question: Json, asked: Asked) -> Json:
    """Pairs recorded where the actor keeps records that share a number, or name, birth and community. Blocks.

    Raises `Refused` where there are more people than can be looked through.
    """
    pairs: dict[tuple[str, str], Json] = {}
    for clue, alike in _alike(views, question["division"], asked):
        for two in combinations(sorted(alike, key=_stays, reverse=True), 2):
            survivor, gone = two
            about = {"person": gone["id"], "into": survivor["id"]}
            key = (gone["id"], survivor["id"])
            pairs.setdefault(key, about | {"id": "-".join(key), "clue": clue})
            if len(pairs) == MOST_FOUND:
                break
    items = [_named(pair, asked) for pair in list(pairs.values())[:MOST_FOUND]]
    return {"items": items, "next": None}


def _stays(person: Json) -> tuple[bool, str]:
    """Whose record is to be kept: one with an account, else the later."""
    return "account" in person, person["id"]


def _alike(
    views: Reads, division: str, asked: Asked
) -> Iterator[tuple[str, list[Json]]]:
    by_clue: dict[tuple[str, ...], list[Json]] = defaultdict(list)
    places = held_within(asked.actor, KEEPERS, division)
    recorded = chain(*(every(views, recorded_in(place)) for place in places))
    for number, person in enumerate(recorded, 1):
        if number > MOST_LOOKED_THROUGH:
            raise Refused("too_many_people", "这里的人太多，请按社区查找")
        for clue in set(_clues(person, asked)):
            by_clue[clue].append(person)
    for clue, alike in by_clue.items():
        if len(alike) > 1:
            yield clue[0], alike


def _clues(person: Json, asked: Asked) -> Iterator[tuple[str, ...]]:
    record = records.read(asked.note, person["id"])
    for number in (*record.get("contacts", ()), record.get("login", "")):
        if number:
            yield SAME_NUMBER, number
    if "born" in record:
        yield SAME_PERSON, record["name"], record["born"], person["community"]


def _beside(field: str, gone: Json, survivor: Json, asked: Asked) -> Json:
    """Whether they are the same is told of what is written, what is shown is masked."""
    said = [_written(field, person, asked) for person in (gone, survivor)]
    shown = [_shown(field, person, asked) for person in (gone, survivor)]
    two = dict(zip(merges.OF_BOTH, shown, strict=True))
    return {"id": field, "field": FIELDS[field], "same": said[0] == said[1]} | if_any(
        **two
    )


def _written(field: str, person: Json, asked: Asked) -> object:
    record = records.read(asked.note, person["id"])
    return record.get(field) or person.get(field)


def _shown(field: str, person: Json, asked: Asked) -> str:
    """Nothing of what a masked record does not show but that it is there."""
    value = _written(field, person, asked)
    if not value:
        return ""
    if field == "consent":
        return f"{person['consent']['on']} {person['consent']['how']}"
    if field == "community":
        return str(value)
    record = records.masked(records.read(asked.note, person["id"]))
    shown = record.get(field, HIDDEN)
    return "、".join(shown) if isinstance(shown, list) else str(shown)


def _named(pair: Json, asked: Asked) -> Json:
    names = {f"{field}_name": name_of(pair[field], asked) for field in merges.OF_BOTH}
    return pair | if_any(**names)
