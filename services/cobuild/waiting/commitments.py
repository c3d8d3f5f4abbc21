"""What of commitments waits for somebody: to be begun and to be done, for their unit."""

from datetime import datetime

from schemas.documents import Json
from services.cobuild.model.lifecycles import COMMITMENT
from services.district.authority import STREET
from services.district.calendar import LOCAL, local_minute
from services.district.waiting import Task, Where, in_offices, in_places
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads

HANDLERS = ("community_worker", *STREET)


def _held(asked: Asked) -> list[Find]:
    return _in_state("held", "lease_until", asked)


def _underway(asked: Asked) -> list[Find]:
    return _in_state("underway", "due_at", asked)


def _asked_for_a_time(asked: Asked) -> list[Find]:
    """Of the unit, of the beneficiary, and where there is none of who serves the place."""
    units = in_offices(asked.actor, "unit_liaison", "unit")
    places = in_places(asked.actor, *HANDLERS)
    own: list[Where] = [{"asks_person": id} for id in asked.ids]
    wheres: list[Where] = [
        *own,
        *(unit | {"asks": "unit"} for unit in units),
        *(place | {"asks": "place"} for place in places),
    ]
    return [Find("commitments", where, "proposed_on") for where in wheres]


def _is_to_arrange(views: Reads, commitment: Json, asked: Asked) -> bool:
    """While a time can still be agreed on."""
    return commitment["state"] in COMMITMENT.steps["arrange"].before


def _proposed(views: Reads, commitment: Json, asked: Asked) -> Json:
    when = local_minute(
        datetime.fromisoformat(commitment["proposed_at"]).astimezone(LOCAL)
    )
    shown = _commitment(views, commitment, asked)
    title = f"{commitment['title']}：{when}"
    return shown | {"title": title, "since": commitment["proposed_on"]}


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
    Task(
        "time_to_agree",
        _asked_for_a_time,
        _proposed,
        "get_commitment",
        ("agree_time", "propose_time"),
        waits=_is_to_arrange,
    ),
)
