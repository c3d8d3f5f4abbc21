"""So many micro-grids, each with a member and the doors of a walk, and a round that goes to all of them."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from schemas.documents import Json
from services.district.calendar import local_day
from services.kit.actor import Actor, Role
from services.kit.config import Settings
from services.kit.engine.host import Host
from services.xfh.commands import divisions
from services.xfh.commands.network import catch_up, opened

DISTRICT = "510108"
DOORS = 22  # Of a walk.
AT_A_TIME = 1_000  # Rows of a table.
ADMIN = Actor("bench-admin", (Role("district_admin", DISTRICT),))


@dataclass(frozen=True)
class Phone:
    """Whose it is, where that is, and the doors of the walk."""

    member: str
    community: str
    doors: list[str]


def prepare(settings: Settings, count: int) -> tuple[list[Phone], str]:
    """The phones with their doors, and the round that goes to all of them."""
    divisions.load(settings)
    places = [one.code for one in divisions.packaged() if one.level == "community"]
    grids = [
        {"community": community, "grid": f"bench-{number}"}
        for number, community in zip(
            range(count), itertools.cycle(places), strict=False
        )
    ]
    with opened(settings) as bus:
        _all(bus.hosts["branches"], "record_grid", [grid | _named() for grid in grids])
        host = bus.hosts["grids"]
        catch_up(host)
        persons = [{"person": f"bench-{grid['grid']}"} for grid in grids]
        seats = [grid | person for grid, person in zip(grids, persons, strict=True)]
        _all(host, "appoint_member", seats)
        rows = itertools.product(grids, range(1, DOORS + 1))
        standing = [
            grid | {"walk": walk, "label": f"压测{walk}"} for grid, walk in rows
        ]
        doors = [fact["door"] for fact in _all(host, "record_door", standing)]
        (announced,) = _all(host, "announce_round", [_round()])
    walks = [doors[first : first + DOORS] for first in range(0, len(doors), DOORS)]
    phones = [
        Phone(seat["person"], seat["community"], walk)
        for seat, walk in zip(seats, walks, strict=True)
    ]
    return phones, announced["round"]


def _named() -> Json:
    return {"name": "压测微网格", "valid_from": "2026-01-01"}


def _round() -> Json:
    today = datetime.now(UTC)
    until = local_day(today + timedelta(days=1))
    item = {"item": "gas", "title": "是否使用燃气", "kind": "yes_no"}
    about = {"title": "压测走访", "division": DISTRICT, "items": [item]}
    return about | {"since": local_day(today), "until": until}


def _all(host: Host, name: str, payloads: Sequence[Json]) -> list[Json]:
    """What each of the commands has recorded. Raises what one of them is refused with."""
    mark, made = host.command(name), []
    for first in range(0, len(payloads), AT_A_TIME):
        requests = [
            host.request(
                mark, mark.schema().load(payload), ADMIN, f"bench-{name}-{number}"
            )
            for number, payload in enumerate(payloads[first : first + AT_A_TIME], first)
        ]
        for outcome in host.ledger.together(requests):
            if isinstance(outcome, Exception):
                raise outcome
            assert outcome.event is not None
            made.append(outcome.event.data)
    return made
