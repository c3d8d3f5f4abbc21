"""What of commitments waits for somebody: to be begun and to be done, for their unit."""

from schemas.documents import Json
from services.district.waiting import Task, in_offices
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads


def _held(asked: Asked) -> list[Find]:
    return _in_state("held", "lease_until", asked)


def _underway(asked: Asked) -> list[Find]:
    return _in_state("underway", "due_at", asked)


def _in_state(state: str, by: str, asked: Asked) -> list[Find]:
    """Those in the state of the units the actor is the liaison of."""
    units = in_offices(asked.actor, "unit_liaison", "unit")
    return [Find("commitments", unit | {"state": state}, by) for unit in units]


def _commitment(views: Reads, commitment: Json, asked: Asked) -> Json:
    return {
        "title": commitment["title"],
        "place": commitment["community"],
        "names": {"commitment": commitment["id"]},
        "since": commitment["taken_at"],
    }


TASKS = (
    Task(
        "commitment_to_begin",
        _held,
        _commitment,
        "get_commitment",
        ("begin_commitment", "decline_commitment", "give_up_commitment"),
        is_dated=True,
    ),
    Task(
        "commitment_due",
        _underway,
        _commitment,
        "get_commitment",
        ("fulfil_commitment", "postpone_commitment", "give_up_commitment"),
        is_dated=True,
    ),
)
