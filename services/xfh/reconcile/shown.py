"""What metrics and activities keep, brought into the form of the recomputation."""

from schemas.documents import Json, pick, pick_present, without
from services.xfh.reconcile.grids import number
from services.xfh.reconcile.halls import STANDING

COLLECTIONS = (
    "cells", "excess_cells", "need_cells", "responses", "fulfilling", "hosting",
    "closing", "attending", "closing_grids", "attending_grids", "grid_rolls",
    "visit_cells", "finding_days", "door_days", "active_grids", "cared_for",
)  # fmt: skip
OF_ACTIVITIES = ("seatings", "signups", "seats", "years")
SEATING = {
    "capacity", "taken", "taken_offline", "taken_walk_in", "offered", "waiting", "requested", "late", "tickets",
    "attended", "minutes", "attended_minutes",
}  # fmt: skip
YEAR = {"attendances", "minutes"}
NOT_FIGURES = ("id", "seq", "scope", "period", "dimension", "value")


def figures_of(collection: str, doc: Json) -> tuple[str, dict[str, int]]:
    """(the cell, its figures) of one document of metrics."""
    id = doc["id"]
    match collection:
        case "cells" | "need_cells" | "visit_cells":
            return id, without(doc, *NOT_FIGURES)
        case "excess_cells":
            return f"excess/{id}", without(doc, *NOT_FIGURES)
        case "responses":
            return id.rpartition(":")[0], _by_number("response_minutes", doc)
        case "finding_days":
            return id, _by_number(collection, doc)
        case "cared_for":
            return f"{collection}/{id}", pick(doc, "people")
        case "fulfilling" | "hosting" | "door_days" | "active_grids":
            return f"{collection}/{id}", doc["days"]
        case "grid_rolls":
            return f"grid_rolls/{id}", _of_roll(doc)
        case _:
            return f"{collection}/{id}", pick(doc, "deeds")


def _by_number(prefix: str, doc: Json) -> dict[str, int]:
    """How many took so many minutes or days."""
    counts = doc["counts"].items()
    return {f"{prefix}_{number}": how_many for number, how_many in counts}


def _of_roll(doc: Json) -> dict[str, int]:
    roll: dict[str, int] = {}
    for code, periods in doc["codes"].items():
        for since, until in periods.items():
            roll[f"{code}/{since}"] = number(until or "9999-12-31")
    return roll


def kept_of(collection: str, doc: Json) -> tuple[str, dict[str, int]]:
    """The same of one document of activities."""
    cell = f"{collection}/{doc['id']}"
    match collection:
        case "seatings":
            return cell, pick_present(doc, *SEATING)
        case "signups":
            return cell, _of_signup(doc)
        case "seats":
            return cell, _of_seat(doc)
        case _:
            return cell, _of_year(doc)


def _of_signup(doc: Json) -> dict[str, int]:
    people = [member["person"] for member in doc["party"]]
    standing = {doc["state"]: 1, "ticket": doc["ticket"]}
    return standing | dict.fromkeys(people, 1)


def _of_seat(doc: Json) -> dict[str, int]:
    """Nothing of one that is somebody else's now."""
    if "person" not in doc:
        return {}
    figures = {
        "attended": int(doc["attended"]),
        "score": doc["score"] or 0,
        "scans": len(doc["scans"]),
        f"minutes_{doc['hours']}": doc["minutes"],
    }
    stands = {doc["state"]: 1} if doc["state"] in STANDING else {}
    return figures | stands


def _of_year(doc: Json) -> dict[str, int]:
    return pick(doc, *(name for name in doc if name.partition("_")[0] in YEAR))
