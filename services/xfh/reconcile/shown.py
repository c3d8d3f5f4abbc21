"""What metrics and activities keep, brought into the form of the recomputation."""

from schemas.documents import Json
from services.xfh.reconcile.grids import number
from services.xfh.reconcile.halls import STANDING

COLLECTIONS = (
    "cells",
    "excess_cells",
    "need_cells",
    "responses",
    "fulfilling",
    "hosting",
    "closing",
    "attending",
    "closing_grids",
    "attending_grids",
    "grid_rolls",
)
OF_ACTIVITIES = ("seatings", "signups", "seats", "years")
SEATING = {
    "capacity", "taken", "taken_offline", "taken_walk_in", "offered", "waiting", "requested", "late", "tickets",
    "attended", "minutes", "attended_minutes",
}  # fmt: skip
YEAR = {"attendances", "minutes"}
NOT_FIGURES = {"id", "seq", "scope", "period", "dimension", "value"}


def figures_of(collection: str, doc: Json) -> tuple[str, dict[str, int]]:
    """(the cell, its figures) of one document of metrics."""
    match collection:
        case "cells" | "need_cells":
            return doc["id"], {
                name: value for name, value in doc.items() if name not in NOT_FIGURES
            }
        case "excess_cells":
            return f"excess/{doc['id']}", {
                name: value for name, value in doc.items() if name not in NOT_FIGURES
            }
        case "responses":
            cell = doc["id"].rpartition(":")[0]
            return cell, {
                f"response_minutes_{minute}": number
                for minute, number in doc["counts"].items()
            }
        case "fulfilling" | "hosting":
            return f"{collection}/{doc['id']}", doc["days"]
        case "grid_rolls":
            return f"grid_rolls/{doc['id']}", {
                f"{code}/{since}": number(until or "9999-12-31")
                for code, periods in doc["codes"].items()
                for since, until in periods.items()
            }
        case _:
            return f"{collection}/{doc['id']}", {"deeds": doc["deeds"]}


def kept_of(collection: str, doc: Json) -> tuple[str, dict[str, int]]:
    """The same of one document of activities."""
    match collection:
        case "seatings":
            figures = {name: value for name, value in doc.items() if name in SEATING}
        case "signups":
            people = [member["person"] for member in doc["party"]]
            figures = {
                doc["state"]: 1,
                "ticket": doc["ticket"],
                **dict.fromkeys(people, 1),
            }
        case "seats":
            told = {
                "attended": int(doc["attended"]),
                "score": doc["score"] or 0,
                "scans": len(doc["scans"]),
            }
            stands = {doc["state"]: 1} if doc["state"] in STANDING else {}
            figures = {**told, **stands, f"minutes_{doc['hours']}": doc["minutes"]}
        case _:
            figures = {
                name: value
                for name, value in doc.items()
                if name.partition("_")[0] in YEAR
            }
    return f"{collection}/{doc['id']}", figures
