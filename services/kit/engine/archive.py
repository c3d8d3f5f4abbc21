"""A log as lines of JSON: what `xfh log export` and a backup write, and what can be brought into a log again.

A line is a CloudEvent. What stays inside the service stands in extensions of ours, the answer as JSON in a text.
Without them nothing would be known of keys used before, and reactions would happen a second time.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

import orjson
from marshmallow import ValidationError

from schemas.documents import Json
from services.kit.buses import cloudevents
from services.kit.errors import Refused
from services.kit.log import Event, Log

BATCH = 500

Line = tuple[Event, Json | None]


def lines(service: str, log: Log, after: int, upto: int) -> Iterator[bytes]:
    """The events after one `seq` up to another, a line each."""
    while after < upto:
        events = log.read(after, min(BATCH, upto - after))
        if not events:
            return
        answers = log.answers([event.seq for event in events])
        for event in events:
            yield _line(service, event, answers.get(event.seq))
        after = events[-1].seq


def events_in(service: str, file: Iterable[bytes]) -> Iterator[Line]:
    """The events of the lines with their answers. Raises `Refused` naming the line that is none, or of another log."""
    for number, line in enumerate(file, 1):
        try:
            message = orjson.loads(line)
            event, answer = _event(message), _answer(message)
        except (ValueError, KeyError, TypeError, ValidationError) as error:
            words = f"第 {number} 行不是完整的事件（{type(error).__name__}）"
            raise Refused("no_event", words) from error
        source = message["source"]
        if source != f"/services/{service}":
            words = f"第 {number} 行是 {source} 的事件，不是 {service} 的"
            raise Refused("another_log", words)
        yield event, answer


def bring_in(log: Log, lines: Iterable[Line]) -> Iterator[int]:
    """Appends what the log does not have yet, telling how many were looked at. What it has must be the beginning.

    Interrupted, it goes on where it was when called again. Raises `Refused` where log and lines part.
    """
    head = log.head()
    place = 0
    for some in _batches(in_order(lines)):
        place += len(some)
        _must_begin_alike(log, [event for event, _ in some if event.seq <= head])
        new = [(event, answer) for event, answer in some if event.seq > head]
        _append(log, new)
        yield len(some)
    if head > place:
        raise Refused("longer", f"日志里已有 {head} 个事件，文件里只有 {place} 个")


def in_order(lines: Iterable[Line]) -> Iterator[Line]:
    """The same, from the first event on. Raises `Refused` at one that does not follow the one before."""
    for place, line in enumerate(lines, start=1):
        seq = line[0].seq
        if seq != place:
            raise Refused("gap", f"第 {place} 行是第 {seq} 个事件，中间少了")
        yield line


def _must_begin_alike(log: Log, events: Sequence[Event]) -> None:
    there = log.ids([event.seq for event in events])
    for event in events:
        if there[event.seq] != event.id:
            raise Refused(
                "another_log",
                f"日志里已有另外的第 {event.seq} 个事件，只能导入空的日志或它的开头",
            )


def _append(log: Log, lines: Sequence[Line]) -> None:
    events = [event for event, _ in lines]
    answers = {event.seq: answer for event, answer in lines if answer is not None}
    if log.append(events, answers) != len(events):
        raise Refused(
            "in_use",
            f"从第 {events[0].seq} 个事件起写不进去：编号或事项有重复，或者服务正在运行",
        )


def _batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _line(service: str, event: Event, answer: Json | None) -> bytes:
    own: dict[str, Any] = {
        "streamversion": event.version,
        "key": event.key,
        "digest": event.digest,
        "actor": event.actor,
        "notes": " ".join(event.notes),
    }
    if event.on_behalf_of:
        own["onbehalfof"] = event.on_behalf_of
    if answer is not None:
        own["answer"] = orjson.dumps(answer).decode()
    return orjson.dumps({**cloudevents.to_message(service, event), **own}) + b"\n"


def _event(message: dict[str, Any]) -> Event:
    own: Json = {name: _text(message[name]) for name in ("key", "digest", "actor")}
    event = replace(
        cloudevents.from_message(message),
        version=message["streamversion"],
        notes=_text(message["notes"]).split(),
        on_behalf_of=_text(message.get("onbehalfof", "")),
        **own,
    )
    _must_have_a_place(event)
    return event


def _must_have_a_place(event: Event) -> None:
    """Raises `ValueError` for what no log gives an event."""
    is_counted = type(event.version) is int and min(event.seq, event.version) > 0
    if not (is_counted and event.id and event.type and event.stream):
        raise ValueError("no place in a log")
    if datetime.fromisoformat(event.time).tzinfo is None:
        raise ValueError("no moment")


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError("no text")
    return said


def _answer(message: dict[str, Any]) -> Json | None:
    if "answer" not in message:
        return None
    answer: Any = orjson.loads(_text(message["answer"]))
    if not isinstance(answer, dict):
        raise TypeError("no document")
    return answer
