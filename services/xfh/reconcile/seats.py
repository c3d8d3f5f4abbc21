"""How full each session is and how everybody in it stands, from the halls of the log of activities."""

from collections.abc import Iterable

from services.kit.log import Event
from services.xfh.reconcile.cells import Cells
from services.xfh.reconcile.halls import APART, STANDING, Hall, halls_after


def recompute(events: Iterable[Event]) -> Cells:
    """How full each session is, and how each sign-up and each of its people stands."""
    cells: Cells = {}
    for id, hall in halls_after(events).items():
        cells[f"seatings/{id}"] = _counts(hall)
        cells |= _standings(hall)
        session = id.removesuffix(APART)
        for party in hall.those(*STANDING):
            for person in party.people:
                cells[f"seats/{session}:{person}"] = {party.state: 1}
    return cells


def _counts(hall: Hall) -> dict[str, int]:
    return {
        "capacity": hall.plan["capacity"],
        "taken": hall.seats("confirmed"),
        "offered": hall.seats("offered"),
        "waiting": len(hall.queue()),
        "requested": len(hall.those("requested")),
        "late": hall.late,
        "tickets": len(hall.parties),
        "taken_offline": hall.held_by("offline"),
        "taken_walk_in": hall.held_by("walk_in"),
    }


def _standings(hall: Hall) -> Cells:
    """Each sign-up's state, its place in the order of acceptance, and who belongs to it."""
    cells: Cells = {}
    in_order = sorted(hall.parties, key=lambda id: hall.parties[id].accepted)
    for place, id in enumerate(in_order, start=1):
        party = hall.parties[id]
        standing = {party.state: 1, "ticket": place}
        cells[f"signups/{id}"] = standing | dict.fromkeys(party.people, 1)
    return cells
