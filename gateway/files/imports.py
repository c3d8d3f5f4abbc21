"""A filled-in table becomes commands, and every row is answered in words."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from flask import request

from gateway.edge import reading
from gateway.edge.errors import WrongMediaType
from gateway.files import programs
from gateway.files.formats import CSV, XLSX
from gateway.files.pages import Asker
from schemas import fields
from schemas.documents import Json
from schemas.exchange.columns import Kind
from schemas.exchange.rows import MOST_ROWS, Fault, Row, Where, plan, refused, row_fault
from schemas.exchange.tables import Line, Table
from services.kit.actor import ANONYMOUS
from services.kit.clock import give_way
from services.kit.engine.rows import asked_by
from services.kit.engine.together import Asking
from services.kit.errors import Invalid, Unauthenticated

READ_WITHIN_S = 15.0  # By the clock on the wall, on a busy machine.
NO_FILES = (
    "application/json",
    "multipart/form-data",
)  # What a file is otherwise is told by its first bytes.
READER = "gateway.files.table_reader"
PER_TURN = 50  # Others who command the service wait for a turn to end.
OTHERS_REFUSED = "这一行没有问题；其他行有问题，所以这次一行也没有导入"

OUTCOMES = ("imported", "already", "refused")

Groups = list[list[Asking]]


class Upload(fields.Schema):
    mode = fields.OneOf(
        ("all", "each"),
        load_default="all",
        metadata={
            "description": "all 有一行不行就一行也不导入；each 逐行导入，不行的行跳过"
        },
    )
    extra = fields.OneOf(
        ("refuse", "skip"),
        load_default="refuse",
        metadata={
            "description": "表里有不认识的列：refuse 不导入；skip 跳过这些列，在结果里列出"
        },
    )


def upload(kind: Kind, told: Sequence[str], asker: Asker) -> Json:
    """What came of each row. Raises a `Problem` when the file is no such table, or none of it may be asked.

    `told` are headings of a list of ours that are not for filling in.
    """
    if asker.actor is ANONYMOUS:
        raise Unauthenticated("请先登录再进行这项操作")
    schema = Upload()
    said = reading.load(schema, reading.query(request, schema))
    table = _table(kind, told, said["extra"] == "skip", asker)
    return _report(kind, table, MODES[said["mode"]](kind, _rows(kind, table), asker))


def _rows(kind: Kind, table: Table) -> list[Row]:
    rows = []
    for row in plan(kind, table.lines, Where(table.sheet, table.letters)):
        rows.append(row)
        give_way()
    return rows


def _table(kind: Kind, told: Sequence[str], skips: bool, asker: Asker) -> Table:
    """What was sent, read in a process of its own. Raises a `Problem`."""
    if request.mimetype in NO_FILES:
        raise WrongMediaType(
            f"请直接发送文件的内容，内容类型为 {XLSX} 或 {CSV}", path="Content-Type"
        )
    asked = json.dumps([MOST_ROWS, asdict(kind.wanted(told, skips=skips))])
    within_s = min(READ_WITHIN_S, asker.deadline.remaining_s())
    try:
        read = programs.run(READER, asker.sent, asked, within_s=within_s)
    except programs.NotDone as error:
        sentence = "文件没能读完：它太复杂，请只留下要导入的表格，另存后再试"
        raise Invalid(sentence, code="unreadable_file") from error
    first, *lines = map(json.loads, read.splitlines())
    if isinstance(first, dict):
        raise Invalid(first["message"], code=first["code"])
    sheet, letters, notes = first
    return Table(sheet, letters, [Line(*line) for line in lines], notes)


def _all(kind: Kind, rows: Sequence[Row], asker: Asker) -> list[Json]:
    """Every row or none. While one does not even load, nothing is asked."""
    if any(row.faults for row in rows):
        return [_refused(row, row.faults or [_others_refused(row)]) for row in rows]
    answers = iter(
        _asked(
            kind, [[one for row in rows for one in asked_by(row, asker.actor)]], asker
        )[0]
    )
    told = [_told(kind, row, [next(answers) for _ in row.steps]) for row in rows]
    if all(one["outcome"] != "refused" for one in told):
        return told
    return [
        one if one["outcome"] != "imported" else _refused(row, [_others_refused(row)])
        for row, one in zip(rows, told, strict=True)
    ]


def _each(kind: Kind, rows: Sequence[Row], asker: Asker) -> list[Json]:
    """Every row by itself: whole or not at all."""
    groups = [asked_by(row, asker.actor) for row in rows if row.steps]
    parts = (
        groups[first : first + PER_TURN] for first in range(0, len(groups), PER_TURN)
    )
    answers = (answer for part in parts for answer in _asked(kind, part, asker))
    return [
        _told(kind, row, next(answers)) if row.steps else _refused(row, row.faults)
        for row in rows
    ]


MODES: dict[str, Callable[[Kind, Sequence[Row], Asker], list[Json]]] = {
    "all": _all,
    "each": _each,
}


def _asked(kind: Kind, groups: Groups, asker: Asker) -> list[list[Json]]:
    asked = {"groups": [[one.as_dict() for one in group] for group in groups]}
    answers: list[list[Json]] = asker.answer(kind.service, "together", asked)
    return answers


def _told(kind: Kind, row: Row, answers: Sequence[Json]) -> Json:
    steps = zip((step for step, _ in row.steps), answers, strict=True)
    problems = [
        (step, answer["problem"]) for step, answer in steps if "problem" in answer
    ]
    if problems:
        return _refused(
            row,
            [
                each
                for step, problem in problems
                for each in refused(kind, row, step, problem)
            ],
        )
    outcome = "already" if all(answer["again"] for answer in answers) else "imported"
    return {
        "line": row.number,
        "outcome": outcome,
        "errors": [],
        "id": answers[0]["document"]["id"],
    }


def _others_refused(row: Row) -> Fault:
    return row_fault(row, "others_refused", OTHERS_REFUSED)


def _refused(row: Row, faults: Sequence[Fault]) -> Json:
    return {
        "line": row.number,
        "outcome": "refused",
        "errors": [each._asdict() for each in faults],
        "id": None,
    }


def _report(kind: Kind, table: Table, rows: Sequence[Json]) -> Json:
    counts = {
        outcome: sum(row["outcome"] == outcome for row in rows) for outcome in OUTCOMES
    }
    read = {"kind": kind.title, "sheet": table.sheet or None, "notes": table.notes}
    return {**read, "rows": list(rows), **counts}
