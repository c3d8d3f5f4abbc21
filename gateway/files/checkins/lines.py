"""The lines of an upload: each becomes commands or a fault, and is answered by what came of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.activities.uploads import OUTCOMES
from schemas.documents import Json
from services.kit.actor import Actor
from services.kit.clock import give_way
from services.kit.engine.together import Asking, key_for

LONGEST_PERSON = 129  # A guest's id; what is longer is nobody's.
PER_TURN = 100  # Others who ask the service wait for a turn to end.
KNOWN = "scan_known"  # What the service says of a mark that is there already.

Ask = Callable[[Sequence[Sequence[Asking]]], list[list[Json]]]
Marks = Callable[[Json, Json], Iterator[tuple[str, Json, Json]]]


@dataclass(slots=True)
class Line:
    """A line and the commands it becomes, none when there are faults; then what came of each, by its key."""

    person: str | None
    marks: list[Asking] = field(default_factory=list)
    faults: list[dict[str, str]] = field(default_factory=list)
    answers: dict[str, Json] = field(default_factory=dict)

    @property
    def left(self) -> list[Asking]:
        """What is still to be asked."""
        return [mark for mark in self.marks if mark.key not in self.answers]

    @property
    def outcome(self) -> str:
        if self.faults:
            return "refused"
        return (
            "already"
            if all(answer["again"] for answer in self.answers.values())
            else "recorded"
        )


def read(
    raw: Any, schema: fields.Schema, said: Json, marks: Marks, actor: Actor, upload: str
) -> Line:
    """`marks` makes of the upload and one of its lines (command, payload, what of it tells the mark from others).

    The service knows a mark by what it says. Keys are new in each `upload`, so that one sent again costs no more than
    looking: for a key used before, the ledger finds what the document was then.
    """
    give_way()
    person = raw.get("person") if isinstance(raw, dict) else None
    line = Line(
        person if isinstance(person, str) and len(person) <= LONGEST_PERSON else None
    )
    try:
        loaded: Json = schema.load(raw)
    except ma.ValidationError as error:
        line.faults = fields.complaints(error)
        return line
    line.marks = [
        Asking(command, payload, actor, f"{upload}:{key_for(command, known_by, actor)}")
        for command, payload, known_by in marks(said, loaded)
    ]
    return line


def record(lines: Sequence[Line], ask: Ask) -> None:
    """Asks for every line once: what another line of the same upload says as well is asked with that one."""
    asked: dict[str, Line] = {}
    fresh = [line for line in lines if line.marks and not _is_repeated(line, asked)]
    for first in range(0, len(fresh), PER_TURN):
        part = fresh[first : first + PER_TURN]
        _hear(part, ask)
        _hear(
            [line for line in part if line.left and not line.faults], ask
        )  # Without what was there already.
    for line in lines:
        if line.marks and line.left and not line.faults:
            _take_over(line, asked)


def report(lines: Sequence[Line]) -> Json:
    rows = [
        {
            "line": number,
            "person": line.person,
            "outcome": line.outcome,
            "minutes": _minutes(line),
            "errors": line.faults,
        }
        for number, line in enumerate(lines, start=1)
    ]
    return {
        "rows": rows,
        **{
            outcome: sum(row["outcome"] == outcome for row in rows)
            for outcome in OUTCOMES
        },
    }


def _is_repeated(line: Line, asked: dict[str, Line]) -> bool:
    """True when every mark of the line is one of an earlier line; remembers those that are not."""
    new = [mark.key for mark in line.marks if mark.key not in asked]
    asked.update(dict.fromkeys(new, line))
    return not new


def _take_over(line: Line, asked: dict[str, Line]) -> None:
    """A line that repeats others is answered as they were."""
    for mark in line.marks:
        first = asked[mark.key]
        line.faults = line.faults or first.faults
        line.answers[mark.key] = {**first.answers.get(mark.key, {}), "again": True}


def _hear(lines: Sequence[Line], ask: Ask) -> None:
    if not lines:
        return
    for line, answers in zip(lines, ask([line.left for line in lines]), strict=True):
        _note(line, dict(zip((mark.key for mark in line.left), answers, strict=True)))


def _note(line: Line, answers: dict[str, Json]) -> None:
    """A line is recorded whole or not at all; what is there already keeps the rest from nothing."""
    problems = {
        key: answer["problem"] for key, answer in answers.items() if "problem" in answer
    }
    known = {
        key: {"again": True}
        for key, problem in problems.items()
        if problem["code"] == KNOWN
    }
    others = [problem for key, problem in problems.items() if key not in known]
    if others:
        line.faults = [fault for problem in others for fault in _faults(problem)]
    else:
        line.answers |= known or answers


def _faults(problem: Json) -> list[dict[str, str]]:
    return problem["errors"] or [
        {"path": "", "code": problem["code"], "message": problem["title"]}
    ]


def _minutes(line: Line) -> int | None:
    """What the person has in the session after the line; None where that is not told."""
    documents = [
        answer["document"] for answer in line.answers.values() if answer.get("document")
    ]
    return documents[-1]["minutes"] if documents and not line.faults else None
