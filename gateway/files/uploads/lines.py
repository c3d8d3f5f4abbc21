"""The lines of an upload: each becomes commands or a fault, and is answered by what came of it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.documents import Json
from schemas.uploads import OUTCOMES
from services.kit.actor import Actor
from services.kit.clock import give_way
from services.kit.engine.together import Asking, key_for

PER_TURN = 100  # Others who ask the service wait for a turn to end.
# What a service says of a mark that is there already.
KNOWN = ("scan_known", "visit_known")

Ask = Callable[[Sequence[Sequence[Asking]]], list[list[Json]]]
Marks = Callable[[Json, Json], Iterator[tuple[str, Json, Json]]]


@dataclass(slots=True)
class Line:
    """A line as it was sent and the commands it becomes, none when there are faults; then what came of each, by key."""

    sent: Any
    marks: list[Asking] = field(default_factory=list)
    faults: list[dict[str, str]] = field(default_factory=list)
    answers: dict[str, Json] = field(default_factory=dict)

    @property
    def left(self) -> list[Asking]:
        """What is still to be asked."""
        return [mark for mark in self.marks if mark.key not in self.answers]

    @property
    def is_good(self) -> bool:
        return bool(self.marks) and not self.faults

    @property
    def outcome(self) -> str:
        """`refused`, `recorded`, or `already` when nothing of it was new."""
        if self.faults:
            return "refused"
        is_new = any(not answer["again"] for answer in self.answers.values())
        return "recorded" if is_new else "already"

    @property
    def document(self) -> Json:
        """What it is about, after it; empty where that is not told."""
        if self.faults:
            return {}
        documents = [answer.get("document") for answer in self.answers.values()]
        shown: list[Json] = [document for document in documents if document]
        return shown[-1] if shown else {}


@dataclass(frozen=True, slots=True)
class Reader:
    """Of the lines of an `upload`, which `marks` makes of it and one of its lines.

    A mark is (command, payload, what of it tells the mark from others). The service knows a mark by what it says. Keys
    are new in each upload, by its `id`, so that one sent again costs no more than looking: for a key used before, the
    ledger finds what the document was then.
    """

    schema: fields.Schema
    upload: Json
    marks: Marks
    actor: Actor
    id: str

    def line(self, raw: Any) -> Line:
        """The line's commands, or its faults. Lets others have their turn first."""
        give_way()
        line = Line(raw)
        try:
            loaded: Json = self.schema.load(raw)
        except ma.ValidationError as error:
            line.faults = fields.complaints(error)
            return line
        for command, payload, known_by in self.marks(self.upload, loaded):
            key = f"{self.id}:{key_for(command, known_by, self.actor)}"
            line.marks.append(Asking(command, payload, self.actor, key))
        return line


def record(lines: Sequence[Line], ask: Ask) -> None:
    """Asks for every line once: what another line of the same upload says as well is asked with that one."""
    asked: dict[str, Line] = {}
    fresh = [line for line in lines if line.marks and not _is_repeated(line, asked)]
    for first in range(0, len(fresh), PER_TURN):
        part = fresh[first : first + PER_TURN]
        _ask_for(part, ask)
        left = [line for line in part if line.left and not line.faults]
        _ask_for(left, ask)  # Without what was there already.
    for line in lines:
        if line.is_good and line.left:
            _take_over(line, asked)


def report(lines: Sequence[Line], about: Callable[[Line], Json]) -> Json:
    """`{rows, recorded, already, refused}`: what came of each line, and how many of each there are."""
    rows = []
    for number, line in enumerate(lines, start=1):
        came = {"line": number, "outcome": line.outcome, "errors": line.faults}
        rows.append(came | about(line))
    counts = Counter(row["outcome"] for row in rows)
    return {"rows": rows} | {outcome: counts[outcome] for outcome in OUTCOMES}


def _is_repeated(line: Line, asked: dict[str, Line]) -> bool:
    """True when every mark of the line is one of an earlier line; remembers those that are not."""
    new = [mark.key for mark in line.marks if mark.key not in asked]
    asked.update(dict.fromkeys(new, line))
    return not new


def _take_over(line: Line, asked: dict[str, Line]) -> None:
    """A line that repeats others is answered as they were."""
    for mark in line.marks:
        first = asked[mark.key]
        answer = first.answers.get(mark.key, {})
        line.faults = line.faults or first.faults
        line.answers[mark.key] = answer | {"again": True}


def _ask_for(lines: Sequence[Line], ask: Ask) -> None:
    if not lines:
        return
    groups = [line.left for line in lines]
    for line, marks, answers in zip(lines, groups, ask(groups), strict=True):
        keys = [mark.key for mark in marks]
        _note(line, dict(zip(keys, answers, strict=True)))


def _note(line: Line, answers: dict[str, Json]) -> None:
    """A line is recorded whole or not at all; what is there already keeps the rest from nothing."""
    known: dict[str, Json] = {}
    for key, answer in answers.items():
        problem = answer.get("problem")
        if problem and problem["code"] in KNOWN:
            known[key] = {"again": True}
        elif problem:
            line.faults += _faults(problem)
    if not line.faults:
        line.answers |= known or answers


def _faults(problem: Json) -> list[dict[str, str]]:
    if problem["errors"]:
        return list(problem["errors"])
    return [{"path": "", "code": problem["code"], "message": problem["title"]}]
