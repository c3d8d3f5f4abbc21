"""The district's divisions and grids as `branches` records them, for every service that must know a place is real."""

from datetime import datetime

from schemas.documents import Json
from services.district.calendar import local_day
from services.kit.errors import Refused
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay, Reads

SOURCE = "branches"
DIVISIONS = Collection("divisions", (("parent", "id"), ("level", "id")))
# By community: `{code: {valid_from: valid_to}}`, null while it is open.
COURTYARD_ROLLS, GRID_ROLLS = (
    Collection("courtyard_rolls"),
    Collection("grid_rolls", (("id",),)),
)
LEVELS = {6: "district", 9: "street", 12: "community"}


def fold_division_recorded(docs: Overlay, event: Event) -> None:
    """Named anew while it is valid, or valid again; always, as long as nobody said from when."""
    said, code = event.without("valid_from"), event.data["division"]
    known = docs.get("divisions", code) or {"recorded_on": _day(event), "periods": []}
    before = known["periods"]
    begins = {name: event.data[name] for name in ("valid_from",) if name in event.data}
    periods = before if before and "valid_to" not in before[-1] else [*before, begins]
    docs.put(
        "divisions",
        {"id": code, **said, "recorded_on": known["recorded_on"], "periods": periods},
    )


def _day(event: Event) -> str:
    return local_day(datetime.fromisoformat(event.time))


def fold_division_ended(docs: Overlay, event: Event) -> None:
    division = docs.the("divisions", event.data["division"])
    *before, last = division["periods"]
    docs.put(
        "divisions",
        {
            **division,
            "periods": [*before, {**last, "valid_to": event.data["valid_to"]}],
        },
    )


def fold_division_withdrawn(docs: Overlay, event: Event) -> None:
    docs.put(
        "divisions", {**docs.the("divisions", event.data["division"]), "periods": []}
    )


def is_valid(division: Json, first: str, last: str) -> bool:
    """True when the division is valid on a day from `first` to `last`."""
    return any(
        one.get("valid_from", first) <= last and first <= one.get("valid_to", last)
        for one in division["periods"]
    )


def enrol(docs: Overlay, kind: str, event: Event) -> None:
    """A courtyard or grid recorded or ended, on the roll of its community. The same again changes nothing."""
    data, rolls = event.data, f"{kind}_rolls"
    roll = docs.get(rolls, data["community"]) or {"id": data["community"], "codes": {}}
    periods = {
        **roll["codes"].get(data[kind], {}),
        data["valid_from"]: data.get("valid_to"),
    }
    docs.put(rolls, {**roll, "codes": {**roll["codes"], data[kind]: periods}})


def fold_grid(docs: Overlay, event: Event) -> None:
    enrol(docs, "grid", event)


DIVISION_FOLDS: Folds = {
    "division_recorded.v1": fold_division_recorded,
    "division_ended.v1": fold_division_ended,
    "division_withdrawn.v1": fold_division_withdrawn,
}
GRID_FOLDS: Folds = {"grid_recorded.v1": fold_grid, "grid_ended.v1": fold_grid}
FOLDS: Folds = {**DIVISION_FOLDS, **GRID_FOLDS}
COLLECTIONS = (DIVISIONS, GRID_ROLLS)


def valid_codes(roll: Json | None, first: str, last: str) -> list[str]:
    """The codes on a roll that are valid on a day from `first` to `last`, sorted."""
    codes = roll["codes"] if roll else {}
    return sorted(
        code
        for code, periods in codes.items()
        if any(
            since <= last and (until is None or first <= until)
            for since, until in periods.items()
        )
    )


def contains(docs: Reads, community: str, grid: str, day: str) -> bool:
    """Whether the grid is one of the community's that day. One with no grids recorded takes any."""
    roll = docs.get(GRID_ROLLS.name, community)
    return roll is None or grid in valid_codes(roll, day, day)


def must_contain(docs: Reads, community: str, grid: str, day: str) -> None:
    """Raises `Refused` unless the community contains the grid that day."""
    if not contains(docs, community, grid, day):
        raise Refused(
            "grid_elsewhere",
            f"微网格 {grid} 在 {day} 不在{called(docs, community)}",
            path="grid",
            source=SOURCE,
        )


def known(docs: Reads, code: str, path: str, day: str | None = None) -> Json:
    """The division `code`. Raises `Refused`, naming `path`, when nobody has recorded it, or it was a mistake.

    With a `day` it is refused as well when it is not valid on it.
    """
    division = docs.get("divisions", code)
    if division is None or not division["periods"]:
        raise Refused(
            "unknown_division",
            f"没有区划代码为 {code} 的街道或社区",
            path=path,
            source=SOURCE,
        )
    if day is not None and not is_valid(division, day, day):
        says = f"“{division['name']}”（{code}）在 {day} 无效"
        raise Refused("division_not_valid", says, path=path, source=SOURCE)
    return division


def called(docs: Reads, code: str) -> str:
    """What a division is called, in quotes; its code where nobody has recorded it."""
    division = docs.get(DIVISIONS.name, code)
    return f"“{division['name']}”" if division else f"区划 {code} "


def street_of(code: str) -> str:
    return code[:9]


def district_of(code: str) -> str:
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
    return {
        level: code[:digits] for digits, level in LEVELS.items() if digits <= len(code)
    }


def scopes_of(community: str) -> tuple[str, str, str]:
    """The community itself, its street and its district."""
    return community, street_of(community), district_of(community)
