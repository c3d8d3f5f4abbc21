"""The district's divisions and grids as `branches` records them, for every service that must know a place is real."""

from datetime import date, timedelta

from schemas.documents import Json, pick, pick_present
from services.district.calendar import day_in_words, day_of
from services.kit.errors import Refused
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay, Reads

SOURCE = "branches"
DIVISIONS = Collection("divisions", (("parent", "id"), ("level", "id")))
# By community, its codes and when each is valid.
COURTYARD_ROLLS = Collection("courtyard_rolls")
GRID_ROLLS = Collection("grid_rolls", (("id",),))
LEVELS = {6: "district", 9: "street", 12: "community"}


def fold_division_recorded(docs: Overlay, event: Event) -> None:
    """Named anew while it is valid, or valid again; always, as long as nobody said from when."""
    code = event.data["division"]
    known = docs.get(DIVISIONS.name, code) or _unrecorded(event)
    periods = known["periods"]
    if not _is_open(periods):
        begins = pick_present(event.data, "valid_from")
        periods = [*periods, begins]
    division = event.without("valid_from") | {
        "id": code,
        "recorded_on": known["recorded_on"],
        "periods": periods,
    }
    docs.put(DIVISIONS.name, division)


def _unrecorded(event: Event) -> Json:
    """What is to be known of a division that is recorded for the first time."""
    return {"recorded_on": day_of(event.time), "periods": []}


def _is_open(periods: list[Json]) -> bool:
    return bool(periods) and "valid_to" not in periods[-1]


def fold_division_ended(docs: Overlay, event: Event) -> None:
    content = event.data
    division = docs.the(DIVISIONS.name, content["division"])
    *before, last = division["periods"]
    ended = last | pick(content, "valid_to")
    docs.change(DIVISIONS.name, division["id"], periods=[*before, ended])


def fold_division_withdrawn(docs: Overlay, event: Event) -> None:
    docs.change(DIVISIONS.name, event.data["division"], periods=[])


def is_valid(division: Json, first: str, last: str) -> bool:
    """True when the division is valid on a day from `first` to `last`."""
    for period in division["periods"]:
        has_begun = period.get("valid_from", first) <= last
        if has_begun and first <= period.get("valid_to", last):
            return True
    return False


def enrol(docs: Overlay, kind: str, event: Event) -> None:
    """A courtyard or grid recorded or ended, on the roll of its community. The same again changes nothing."""
    content = event.data
    community = content["community"]
    code = content[kind]
    rolls = f"{kind}_rolls"
    codes = _codes(docs.get(rolls, community))
    since = content["valid_from"]
    until = content.get("valid_to")
    periods = codes.get(code, {}) | {since: until}
    docs.put(rolls, {"id": community, "codes": codes | {code: periods}})


def fold_grid(docs: Overlay, event: Event) -> None:
    enrol(docs, "grid", event)


def fold_courtyard(docs: Overlay, event: Event) -> None:
    enrol(docs, "courtyard", event)


DIVISION_FOLDS: Folds = {
    "division_recorded.v1": fold_division_recorded,
    "division_ended.v1": fold_division_ended,
    "division_withdrawn.v1": fold_division_withdrawn,
}
COURTYARD_FOLDS: Folds = {
    "courtyard_recorded.v1": fold_courtyard,
    "courtyard_ended.v1": fold_courtyard,
}
GRID_FOLDS: Folds = {"grid_recorded.v1": fold_grid, "grid_ended.v1": fold_grid}
FOLDS: Folds = {**DIVISION_FOLDS, **GRID_FOLDS}
COLLECTIONS = (DIVISIONS, GRID_ROLLS)


def valid_codes(roll: Json | None, first: str, last: str) -> list[str]:
    """The codes on a roll that are valid on a day from `first` to `last`, sorted."""
    codes = _codes(roll)
    return [code for code in sorted(codes) if _overlaps(codes[code], first, last)]


def _codes(roll: Json | None) -> dict[str, dict[str, str | None]]:
    """`{code: {valid_from: valid_to}}`, null while it is open."""
    return roll["codes"] if roll else {}


def _overlaps(periods: dict[str, str | None], first: str, last: str) -> bool:
    begun = [until for since, until in periods.items() if since <= last]
    return any(until is None or first <= until for until in begun)


def lasts_until(roll: Json | None, code: str, day: str) -> str | None:
    """The last day of the code as it goes on from `day`, one period right after another; None where none is known."""
    last = None
    for since, until in sorted(_codes(roll).get(code, {}).items()):
        if last is not None and since > _day_after(last):
            break
        if until is None:
            return None
        last = until if until >= day else last
    return last


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def contains(docs: Reads, community: str, grid: str, day: str) -> bool:
    """Whether the grid is one of the community's that day. One with no grids recorded takes any."""
    roll = docs.get(GRID_ROLLS.name, community)
    return roll is None or grid in valid_codes(roll, day, day)


def must_contain(docs: Reads, community: str, grid: str, day: str) -> None:
    """Raises `Refused` unless the community contains the grid that day."""
    if not contains(docs, community, grid, day):
        says = f"微网格 {grid} 在 {day_in_words(day)} 不在{called(docs, community)}"
        raise Refused("grid_elsewhere", says, path="grid", source=SOURCE)


def must_hold(docs: Reads, community: str, courtyard: str, day: str) -> None:
    """Raises `Refused` unless the courtyard is one of the community's that day."""
    roll = docs.get(COURTYARD_ROLLS.name, community)
    if courtyard not in valid_codes(roll, day, day):
        says = f"院落 {courtyard} 在 {day_in_words(day)} 不在{called(docs, community)}"
        raise Refused("courtyard_elsewhere", says, path="courtyard", source=SOURCE)


def known(docs: Reads, code: str, path: str, day: str | None = None) -> Json:
    """The division `code`. Raises `Refused`, naming `path`, when nobody has recorded it, or it was a mistake.

    With a `day` it is refused as well when it is not valid on it.
    """
    division = docs.get(DIVISIONS.name, code)
    if division is None or not division["periods"]:
        says = f"没有区划代码为 {code} 的街道或社区"
        raise Refused("unknown_division", says, path=path, source=SOURCE)
    if day is not None and not is_valid(division, day, day):
        name = division["name"]
        says = f"“{name}”（{code}）在 {day_in_words(day)} 无效"
        raise Refused("division_not_valid", says, path=path, source=SOURCE)
    return division


def called(docs: Reads, code: str) -> str:
    """What a division is called, in quotes; its code where nobody has recorded it."""
    division = docs.get(DIVISIONS.name, code)
    return f"“{division['name']}”" if division else f"区划 {code} "


def street_of(code: str) -> str:
    """The street a place lies in; a street itself, and a district, as it is."""
    return code[:9]


def district_of(code: str) -> str:
    """The district a place lies in; a district itself as it is."""
    return code[:6]


def placed(community: str) -> Json:
    """The fields by which a document of the community is found in its street and district."""
    return {"street": street_of(community), "district": district_of(community)}


def within(question: Json) -> dict[str, str]:
    """What documents in the question's `division` have in common; nothing when it names none."""
    code = question.get("division")
    return {LEVELS[len(code)]: code} if code else {}


def lies_in(code: str) -> dict[str, str]:
    """The division itself and each it lies in, by level."""
    inside = [digits for digits in LEVELS if digits <= len(code)]
    return {LEVELS[digits]: code[:digits] for digits in inside}


def scopes_of(community: str) -> tuple[str, str, str]:
    """The community itself, its street and its district."""
    return community, street_of(community), district_of(community)
