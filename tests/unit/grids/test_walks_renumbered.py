"""The walk of a grid numbered anew in one act: all of it or none, and never two doors with one number."""

from dataclasses import replace
from typing import Any

import pytest

from schemas.documents import Json
from services.grids.rules import walks
from services.grids.views.doors import list_doors
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Problem, Refused, Unknown
from services.kit.views import Overlay
from tests.examples import grids as examples
from tests.given import example_of, refused
from tests.unit.grids.stage import OTHER_WORKER, WORKER, member, stage, take

LABELS = {"D1": "3栋2单元501", "D2": "3栋2单元502", "D3": "3栋2单元601"}
KNOWING = replace(WORKER, note=lambda id: LABELS.get(id, ""))
THIRD = example_of(examples, "door_recorded.v1", door="D3", note="D3", walk=3)
ELSEWHERE = example_of(
    examples, "door_recorded.v1", door="D9", note="D9", grid="W-0102", walk=1
)


def numbered(said: dict[str, int]) -> Json:
    doors = [{"door": door, "walk": walk} for door, walk in said.items()]
    return examples.HERE | {"doors": doors}


def order(docs: Overlay) -> list[tuple[int, str]]:
    page = examples.HERE | {"after": None, "limit": 20}
    return [(one["walk"], one["id"]) for one in list_doors(docs, page, WORKER)["items"]]


def renumber(docs: Overlay, said: dict[str, int], who: Asked = KNOWING) -> None:
    take(docs, walks.renumber(docs, numbered(said), who))


def test_doors_change_places_in_one_act() -> None:
    docs = stage(THIRD)
    renumber(docs, {"D1": 2, "D2": 3, "D3": 1})
    assert order(docs) == [(1, "D3"), (2, "D1"), (3, "D2")]
    renumber(docs, {"D3": 3, "D2": 1})
    assert order(docs) == [(1, "D2"), (2, "D1"), (3, "D3")]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"D1": 5, "D2": 5}, "“3栋2单元501”和“3栋2单元502”都是第 5 户"),
        ({"D1": 3}, "“3栋2单元601”和“3栋2单元501”都是第 3 户"),
        ({"D1": 7, "D2": 7, "D3": 7}, "“3栋2单元501”和“3栋2单元601”都是第 7 户"),
    ],
)
def test_two_doors_with_one_number_are_named_and_nothing_is_changed(
    said: dict[str, int], says: str
) -> None:
    docs = stage(THIRD)
    with refused("walk_taken", says=says):
        renumber(docs, said)
    assert order(docs) == [(1, "D1"), (2, "D2"), (3, "D3")]


def test_where_no_label_is_known_the_grid_and_the_number_name_a_door() -> None:
    with refused("walk_taken", says="“灯塔苑一网格 第 5 户”"):
        renumber(stage(), {"D1": 5, "D2": 5}, WORKER)


@pytest.mark.parametrize(
    ("said", "who", "kind", "code"),
    [
        ({"D1": 4, "D9": 5}, KNOWING, Refused, "door_elsewhere"),
        ({"D1": 4, "D7": 5}, KNOWING, Unknown, "not_found"),
        ({"D1": 4}, OTHER_WORKER, Forbidden, "out_of_scope"),
        ({"D1": 4}, member(), Forbidden, "out_of_scope"),
    ],
)
def test_only_doors_of_the_grid_are_numbered_by_who_works_there(
    said: dict[str, int], who: Asked, kind: type[Problem], code: str
) -> None:
    with refused(code, kind):
        renumber(stage(ELSEWHERE), said, who)


def test_a_door_is_named_once_and_stands() -> None:
    twice: list[Any] = [{"door": "D1", "walk": 4}, {"door": "D1", "walk": 5}]
    with refused("door_twice", Invalid, says="3栋2单元501"):
        walks.renumber(stage(), examples.HERE | {"doors": twice}, KNOWING)
    closed = stage(example_of(examples, "door_closed.v1", door="D2"))
    with refused("cannot_renumber"):
        renumber(closed, {"D1": 2, "D2": 1})
    renumber(closed, {"D1": 2})
    assert order(closed) == [(2, "D1")]
