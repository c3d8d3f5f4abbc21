"""Doors and the roster out of a clerk's workbook; what a door is called stays with the service that keeps it."""

from collections.abc import Iterator
from typing import Any

import pytest

from schemas.documents import Json
from schemas.exchange.doorstep import DOOR, MEMBER
from tests.integration.gateway_stage import COMMUNITY, Gateway, gateway
from tests.integration.test_exchange import CSV, outcomes, upload
from tests.unit.exchange.books import book

GRID = "W-0201"
LABEL = "植栗路7幢1单元201"
HERE: Json = {"community": COMMUNITY, "grid": GRID}


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """With a micro-grid of the community."""
    with gateway(tmp_path_factory.mktemp("doors")) as front:
        admin = front.token("A1", ("district_admin", COMMUNITY[:6]))
        named = {"name": "第一微网格", "valid_from": "2026-01-01"}
        front.done("/grids", admin, **HERE, **named)
        yield front


def worker(front: Gateway) -> str:
    return front.token("W1", ("community_worker", COMMUNITY))


def doors(*changes: Json) -> bytes:
    row = HERE | {"walk": 1, "courtyard": None, "label": LABEL}
    rows = [list((row | change).values()) for change in changes]
    return book([*DOOR.values()], *rows)


def listed(front: Gateway) -> list[Any]:
    where = f"community={COMMUNITY}&grid={GRID}"
    items: list[Any] = front.get(f"/doors?{where}", worker(front)).get_json()["items"]
    return items


def test_doors_are_recorded_from_a_workbook_whole_and_once(front: Gateway) -> None:
    content = doors({}, {"walk": 2, "label": f"{LABEL[:-1]}2"})
    for outcome in ("imported", "already"):
        report = upload(front, "doors", content, token=worker(front))
        assert [row[1] for row in outcomes(report)] == [outcome] * 2
    first, second = listed(front)
    assert (first["walk"], first["label"]) == (1, LABEL)
    assert second["label"] == f"{LABEL[:-1]}2"


def test_each_row_that_is_wrong_says_in_words_what_is(front: Gateway) -> None:
    content = doors(
        {"walk": 1, "label": "别的门"},
        {"walk": 30, "grid": "W-9999"},
        {"walk": 0},
        {"walk": 31, "label": None},
        {"walk": 32, "label": "又一户"},
        {"walk": 32, "label": "同一个顺序"},
    )
    report = upload(front, "doors", content, token=worker(front), mode="each")
    assert outcomes(report) == [
        (2, "refused", ["walk_taken"]),
        (3, "refused", ["grid_elsewhere"]),
        (4, "refused", ["out_of_range"]),
        (5, "refused", ["missing_field"]),
        (6, "imported", []),
        (7, "refused", ["walk_taken"]),
    ]
    taken = report["rows"][0]["errors"][0]
    assert (taken["cell"], taken["column"]) == ("C2", "走访顺序")
    assert "已经有第 1 户" in taken["message"]


def test_the_roster_comes_as_csv_and_nobody_from_elsewhere_sends_one(
    front: Gateway,
) -> None:
    rows = [",".join(MEMBER.values()), *(f"{COMMUNITY},{GRID},P{n}" for n in (3, 4))]
    content = "\r\n".join(rows).encode("gb18030")
    report = upload(front, "members", content, CSV, worker(front))
    assert [row[1] for row in outcomes(report)] == ["imported"] * 2
    found = front.get(f"/grid-members?community={COMMUNITY}", worker(front))
    assert [one["person"] for one in found.get_json()["items"]] == ["P3", "P4"]
    elsewhere = front.token("W2", ("community_worker", "510108015001"))
    report = upload(front, "members", content, CSV, elsewhere, mode="each")
    assert [row[2] for row in outcomes(report)] == [["out_of_scope"]] * 2
