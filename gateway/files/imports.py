"""A filled-in table becomes commands, and every row is answered in words."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from itertools import chain

from flask import request

from gateway.edge import reading
from gateway.edge.asker import Asker
from gateway.edge.errors import WrongMediaType
from gateway.files import programs
from gateway.files.formats import CSV, XLSX
from gateway.files.people import found_for
from schemas import fields
from schemas.documents import Json
from schemas.exchange.columns import Kind
from schemas.exchange.rows import MOST_ROWS, Fault, Row, Where, plan, refused, row_fault
from schemas.exchange.tables import Line, Table
from services.kit.clock import give_way
from services.kit.engine.rows import asked_by
from services.kit.engine.together import Asking
from services.kit.errors import Invalid
from services.kit.persons.in_tables import People

READ_WITHIN_S = 15.0  # By the clock on the wall, on a busy machine.
# What a file is otherwise is told by its first bytes.
NO_FILES = ("application/json", "multipart/form-data")
READER = "gateway.files.table_reader"
PER_TURN = 50  # Others who command the service wait for a turn to end.
OTHERS_REFUSED = "这一行没有问题；其他行有问题，所以这次一行也没有导入"

OUTCOMES = ("imported", "already", "refused")

Groups = Sequence[list[Asking]]
Mode = Callable[[Kind, Sequence[Row], Asker], list[Json]]


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


WISHES = Upload()


def upload(kind: Kind, headings: Sequence[str], asker: Asker) -> Json:
    """What came of each row. Raises a `Problem` when the file is no such table, or none of it may be asked.

    `headings` are of a list of ours, also those that are not for filling in.
    """
    asker.must_be_known()
    if request.mimetype in NO_FILES:
        sentence = f"请直接发送文件的内容，内容类型为 {XLSX} 或 {CSV}"
        raise WrongMediaType(sentence, path="Content-Type")
    wishes = reading.load(WISHES, reading.query(request, WISHES))
    return imported(kind, reading.body(request), wishes, headings, asker)


def imported(
    kind: Kind, sent: bytes, wishes: Json, headings: Sequence[str], asker: Asker
) -> Json:
    """The same of a file that came in another way. `wishes` are those of an `Upload`."""
    table = read(kind, sent, wishes, headings, asker)
    import_rows = MODES[wishes["mode"]]
    rows = rows_of(kind, table, asker)
    return report_of(kind, table, import_rows(kind, rows, asker))


def read(
    kind: Kind,
    sent: bytes,
    wishes: Json,
    headings: Sequence[str],
    asker: Asker,
    most: int = MOST_ROWS,
) -> Table:
    """The table in a file, of so many rows at most. Raises a `Problem`."""
    wanted = kind.wanted(headings, skips=wishes["extra"] == "skip")
    return _table(sent, json.dumps([most, asdict(wanted)]), asker)


def rows_of(kind: Kind, table: Table, asker: Asker) -> list[Row]:
    """Each line as a row. People are looked up for the asker, as ids or by name and number."""
    people = People(kind, found_for(asker))
    where = Where(table.sheet, table.letters)
    planned = plan(kind, map(people.by_id, table.lines), where)
    rows = []
    for line, row in zip(table.lines, planned, strict=True):
        rows.append(people.as_written(line, row))
        give_way()
    return rows


def _table(sent: bytes, wanted: str, asker: Asker) -> Table:
    """What was sent, read in a process of its own. Raises a `Problem`."""
    read = _read(sent, wanted, asker).splitlines()
    first, *lines = map(json.loads, read)
    if isinstance(first, dict):
        raise Invalid(first["message"], code=first["code"])
    sheet, letters, notes = first
    return Table(sheet, letters, [Line(*line) for line in lines], notes)


def _read(sent: bytes, wanted: str, asker: Asker) -> bytes:
    within_s = min(READ_WITHIN_S, asker.remaining_s())
    try:
        return programs.run(READER, sent, wanted, within_s=within_s)
    except programs.NotDone as error:
        sentence = "文件没能读完：它太复杂，请只留下要导入的表格，另存后再试"
        raise Invalid(sentence, code="unreadable_file") from error


def _all(kind: Kind, rows: Sequence[Row], asker: Asker) -> list[Json]:
    """Every row or none. While one does not even load, nothing is asked."""
    if any(row.faults for row in rows):
        return list(map(_not_asked, rows))
    group = [one for row in rows for one in asked_by(row, asker.actor)]
    (answered,) = _ask(kind, [group], asker)
    answers = iter(answered)
    reports = []
    for row in rows:
        of_row = [next(answers) for _ in row.steps]
        reports.append(_answered(kind, row, of_row))
    if any(report["outcome"] == "refused" for report in reports):
        return list(map(_not_imported, rows, reports))
    return reports


def _not_asked(row: Row) -> Json:
    return _refused(row, row.faults or [_others_refused(row)])


def _not_imported(row: Row, report: Json) -> Json:
    """Of a row that would have been, had all others been good."""
    if report["outcome"] != "imported":
        return report
    return _refused(row, [_others_refused(row)])


def _each(kind: Kind, rows: Sequence[Row], asker: Asker) -> list[Json]:
    """Every row by itself: whole or not at all."""
    return list(chain.from_iterable(in_turns(kind, rows, asker)))


MODES: dict[str, Mode] = {"all": _all, "each": _each}


def in_turns(kind: Kind, rows: Sequence[Row], asker: Asker) -> Iterator[list[Json]]:
    """What came of each row, as many at a time as are asked together."""
    for first in range(0, max(len(rows), 1), PER_TURN):
        yield _turn(kind, rows[first : first + PER_TURN], asker)


def _turn(kind: Kind, rows: Sequence[Row], asker: Asker) -> list[Json]:
    groups = [asked_by(row, asker.actor) for row in rows if row.steps]
    answers = iter(_ask(kind, groups, asker) if groups else ())
    return [
        _answered(kind, row, next(answers)) if row.steps else _refused(row, row.faults)
        for row in rows
    ]


def _ask(kind: Kind, groups: Groups, asker: Asker) -> list[list[Json]]:
    asked = [[one.as_dict() for one in group] for group in groups]
    payload = {"groups": asked}
    answers: list[list[Json]] = asker.ask(kind.service, "together", payload)
    return answers


def _answered(kind: Kind, row: Row, answers: Sequence[Json]) -> Json:
    faults: list[Fault] = []
    for (step, _), answer in zip(row.steps, answers, strict=True):
        if "problem" in answer:
            faults += refused(kind, row, step, answer["problem"])
    if faults:
        return _refused(row, faults)
    is_known = all(answer["again"] for answer in answers)
    return {
        "line": row.number,
        "outcome": "already" if is_known else "imported",
        "errors": [],
        "id": answers[0]["document"]["id"],
    }


def _others_refused(row: Row) -> Fault:
    return row_fault(row, "others_refused", OTHERS_REFUSED)


def _refused(row: Row, faults: Sequence[Fault]) -> Json:
    return {
        "line": row.number,
        "outcome": "refused",
        "errors": [fault._asdict() for fault in faults],
        "id": None,
    }


def report_of(kind: Kind, table: Table, rows: list[Json]) -> Json:
    counts = Counter(row["outcome"] for row in rows)
    about = {"kind": kind.title, "sheet": table.sheet or None, "notes": table.notes}
    return about | {"rows": rows} | {outcome: counts[outcome] for outcome in OUTCOMES}
