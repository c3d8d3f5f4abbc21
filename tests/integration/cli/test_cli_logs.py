"""`xfh log`: reading a service's events."""

import json
from pathlib import Path

import pytest

from services.kit.buses import cloudevents
from tests.integration.cli.conftest import Xfh


@pytest.fixture(autouse=True)
def _divisions(xfh: Xfh) -> None:
    xfh("divisions", "load")


def test_tail_shows_the_last_events_in_order(xfh: Xfh) -> None:
    lines = xfh("log", "tail", "branches", "-n", 3).out.splitlines()
    assert [line.split()[0] for line in lines] == ["93", "94", "95"]


def test_an_event_is_shown_by_its_place_or_by_the_beginning_of_its_id(xfh: Xfh) -> None:
    by_place = xfh("log", "show", "branches", 7)
    event = json.loads(by_place.out)
    assert event["seq"] == 7
    assert xfh("log", "show", "branches", event["id"].lower()) == by_place
    ambiguous = xfh("log", "show", "branches", event["id"][:4])
    assert (ambiguous.code, ambiguous.err) == (
        1,
        f"branches 的日志里不止一个事件叫 {event['id'][:4]}\n",
    )


@pytest.mark.parametrize("name", ["96", "0", "9" * 30, "", "01NOSUCHEVENT"])
def test_an_event_that_is_not_there_is_told(name: str, xfh: Xfh) -> None:
    assert xfh("log", "show", "branches", name).code == 1


def test_an_export_is_one_cloudevent_a_line(xfh: Xfh, tmp_path: Path) -> None:
    assert xfh("log", "export", "branches", "--to", tmp_path / "all.jsonl").code == 0
    written = (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()
    events = [cloudevents.from_message(json.loads(line)) for line in written]
    assert [event.seq for event in events] == list(range(1, 96))
    assert (
        xfh("log", "export", "branches", "--after", 93).out.splitlines() == written[93:]
    )
