"""Doors and the roster out of a clerk's workbook; and what a phone has queued, many visits in one request."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gateway.files.formats import CSV
from schemas.documents import Json
from schemas.exchange.doorstep import DOOR, MEMBER
from schemas.fields import instant
from schemas.grids.uploads import MOST_VISITS
from tests.integration.exchange.tables import outcomes, upload
from tests.integration.gateway_stage import COMMUNITY, Gateway, gateway
from tests.unit.exchange.books import book

GRID = "W-0201"
LABEL = "植栗路7幢1单元201"
HERE: Json = {"community": COMMUNITY, "grid": GRID}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("doors")


@pytest.fixture(scope="module")
def front(folder: Path) -> Iterator[Gateway]:
    """With a micro-grid of the community."""
    with gateway(folder) as front:
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


# What a phone sends when there is signal again


def queued(door: str, nonce: str, **more: Any) -> Json:
    """A minute ago."""
    at = instant(datetime.now(UTC) - timedelta(minutes=1))
    return {
        "door": door,
        "outcome": "not_in",
        "device": "phone-1",
        "nonce": nonce,
        "at": at,
    } | more


def send(front: Gateway, token: str, *visits: Any) -> Any:
    body = {"device_now": instant(datetime.now(UTC)), "visits": list(visits)}
    key = {"Idempotency-Key": instant(datetime.now(UTC))}
    answer = front.ask("POST", "/visits/queued", token, json=body, headers=key)
    return answer.get_json()


@pytest.fixture(scope="module")
def door(front: Gateway) -> str:
    """Nobody has been there."""
    row = {"walk": 50, "label": LABEL}
    return str(front.done("/doors", worker(front), **HERE, **row)["id"])


def test_each_visit_of_a_queue_is_recorded_once_or_says_why_not(
    front: Gateway, door: str, folder: Path
) -> None:
    answer = {"item": "gas", "value": "植下的血压168"}
    first = queued(door, "n-1")
    lines: list[Any] = [
        first,
        first,
        queued(door, "n-2", outcome="植下的结果"),
        queued("NOWHERE", "n-3"),
        queued(door, "n-4", outcome="met", answers=[answer]),
        ["植下的行"],
        queued(door, "n-5", outcome="met"),
    ]
    report = send(front, worker(front), *lines)
    assert outcomes(report) == [
        (1, "recorded", []),
        (2, "already", []),
        (3, "refused", ["not_allowed"]),
        (4, "refused", ["not_found"]),
        (5, "refused", ["unknown_item"]),
        (6, "refused", ["wrong_type"]),
        (7, "recorded", []),
    ]
    row = report["rows"][0]
    assert (row["device"], row["nonce"]) == ("phone-1", "n-1")
    assert (
        front.get(f"/visits/{row['visit']}", worker(front)).get_json()["way"] == "late"
    )
    again = send(front, worker(front), *reversed(lines))
    assert (again["recorded"], again["already"], again["refused"]) == (0, 3, 4)
    made = front.get(f"/doors/{door}/visits", worker(front)).get_json()["items"]
    assert len(made) == 2
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    for planted in (LABEL, "植下的"):
        spelt = planted.encode(), json.dumps(planted)[1:-1].encode()
        assert not [file for file in files if any(word in file for word in spelt)]


def test_a_queue_is_of_who_goes_there_and_has_an_end(front: Gateway, door: str) -> None:
    resident = front.token("R1", ("resident", "*"))
    assert send(front, resident, queued(door, "n-6"))["code"] == "forbidden"
    stranger = front.token("P9", ("grid_member", COMMUNITY))
    report = send(front, stranger, queued(door, "n-7"))
    assert outcomes(report) == [(1, "refused", ["not_on_roster"])]
    too_many: list[Json] = [{}] * (MOST_VISITS + 1)
    assert send(front, worker(front), *too_many)["errors"][0]["code"] == "list_length"


# As clerks type it


def test_numbers_are_read_however_a_clerk_has_typed_them(front: Gateway) -> None:
    content = doors(
        {"walk": "61", "label": f" {LABEL} "},
        {"walk": 62.0, "label": LABEL},
        {"walk": "６３", "label": "３栋２单元"},
    )
    report = upload(front, "doors", content, token=worker(front), mode="each")
    assert [row[1] for row in outcomes(report)] == ["imported"] * 3
    walks = {door["walk"]: door["label"] for door in listed(front)}
    assert walks[61] == walks[62] == LABEL


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"walk": 64.5}, "wrong_type"),
        ({"walk": "第64户"}, "wrong_type"),
        ({"walk": -1}, "out_of_range"),
        ({"walk": 10_000}, "out_of_range"),
        ({"community": "望平社区"}, "bad_division"),
        ({"grid": "第一微网格"}, "bad_grid"),
        ({"courtyard": "无"}, "bad_courtyard"),
        ({"label": "门" * 61}, "too_long"),
    ],
)
def test_a_row_nobody_can_read_is_refused_and_changes_nothing(
    front: Gateway, change: Json, code: str
) -> None:
    before = listed(front)
    content = doors({"walk": 65, "label": "好的一户"}, {"walk": 64} | change)
    report = upload(front, "doors", content, token=worker(front))
    assert outcomes(report) == [
        (2, "refused", ["others_refused"]),
        (3, "refused", [code]),
    ]
    assert listed(front) == before
