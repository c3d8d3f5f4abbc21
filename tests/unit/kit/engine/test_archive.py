"""A line of a log that somebody has had their hand in: it is named, and nothing of it is believed."""

import json
from typing import Any

import pytest

from services.kit.engine.archive import events_in
from services.kit.errors import Refused

LINE: dict[str, Any] = {
    "specversion": "1.0", "id": "01M8", "source": "/services/branches", "type": "division_recorded.v1",
    "subject": "division/510108", "time": "2026-06-13T01:00:00.000Z", "datacontenttype": "application/json",
    "data": {"division": "510108"}, "sequence": "1", "traceparent": "00-1-1-01", "streamversion": 1,
    "key": "k", "digest": "d", "actor": "operator", "notes": "n1 n2", "answer": '{"id": "510108"}',
}  # fmt: skip

TOLD = sorted(LINE.keys() - {"specversion", "datacontenttype"})


def read(**changed: Any) -> Any:
    line = {name: said for name, said in {**LINE, **changed}.items() if said is not ...}
    (found,) = events_in("branches", [json.dumps(line).encode()])
    return found


def test_a_line_is_the_event_it_was_made_of() -> None:
    event, answer = read()
    assert (event.seq, event.version, event.notes) == (1, 1, ["n1", "n2"])
    assert answer == {"id": "510108"}
    assert read(answer=..., onbehalfof="unit/1")[0].on_behalf_of == "unit/1"


@pytest.mark.parametrize("name", TOLD)
@pytest.mark.parametrize("value", [None, 3.5, [], {"a": 1}, True], ids=str)
def test_what_is_of_another_kind_is_no_event(name: str, value: Any) -> None:
    if (name, value) == ("data", {"a": 1}):
        return
    with pytest.raises(Refused, match="第 1 行"):
        read(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", ""), ("type", ""), ("subject", ""), ("time", ""), ("time", "gestern"), ("time", "2026-06-13"),
        ("sequence", ""), ("sequence", "0"), ("sequence", "-1"), ("sequence", "x"), ("streamversion", 0),
        ("streamversion", "1"), ("streamversion", -1), ("answer", "3"), ("answer", "half a"), ("onbehalfof", 3),
        *((name, ...) for name in TOLD if name != "answer"),
    ],
)  # fmt: skip
def test_what_no_event_says_is_none(name: str, value: Any) -> None:
    with pytest.raises(Refused, match="第 1 行"):
        read(**{name: value})
