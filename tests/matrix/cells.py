"""Each answer in a word, by address, caller and state; and what no answer may ever be."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from tests.matrix.asks import Ask
from tests.matrix.callers import Caller, callers
from tests.matrix.said import PERSON, STRANGER
from tests.matrix.stage import Answer, Stage

DONE, NOTHING = "可", "空"
FULL = 507


@dataclass(frozen=True)
class Cell:
    ask: Ask
    caller: Caller
    state: str
    word: str
    answer: Answer
    tried: bool
    of_a_stranger: Answer | None = None


def all_cells(stage: Stage, asks: Iterable[Ask]) -> Iterator[Cell]:
    """Every address × every caller × every state of what it is about; scene by scene."""
    asked = list(asks)
    for subject in {ask.subject.name: ask.subject for ask in asked}.values():
        whoever = callers(subject)
        for state, scene in subject.scenes.items():
            docs = stage.enter(subject.service, scene)
            if subject.life:
                assert docs.the(subject.collection, subject.id)["state"] == state, (
                    f"{subject.name} is not {state}"
                )
            for ask in asked:
                if ask.subject is subject and not (
                    ask.rule.endswith(".xlsx") and state != _typical(ask)
                ):
                    yield from (_cell(stage, ask, caller, state) for caller in whoever)


def _typical(ask: Ask) -> str:
    """The state in which a workbook is asked for: it is the same list as the CSV, and dear."""
    return "verified" if ask.subject.name == "need" else next(iter(ask.subject.scenes))


def of_nothing(stage: Stage, asks: Iterable[Ask]) -> dict[tuple[str, Caller], Answer]:
    """The answer of each address about something that does not exist."""
    answers = {}
    for ask in asks:
        other = ask.of_another()
        if other.request != ask.request:
            scene = next(iter(ask.subject.scenes.values()))
            stage.enter(ask.subject.service, scene)
            for caller in callers(ask.subject):
                answers[ask.name, caller] = stage.ask(
                    other.request, caller, (ask.another, PERSON)
                )
    return answers


def _cell(stage: Stage, ask: Ask, caller: Caller, state: str) -> Cell:
    tried = stage.tried
    answer = stage.ask(ask.request, caller, (ask.subject.id, PERSON))
    stranger = ask.of_a_stranger()
    asked = caller.is_outsider and stranger.request != ask.request
    of_a_stranger = (
        stage.ask(stranger.request, caller, (ask.subject.id, STRANGER))
        if asked
        else None
    )
    return Cell(
        ask,
        caller,
        state,
        _word(ask, answer),
        answer,
        stage.tried > tried,
        of_a_stranger,
    )


def _word(ask: Ask, answer: Answer) -> str:
    if answer.status == FULL and ask.method == "POST":
        return DONE
    if answer.status // 100 != 2:
        return str(answer.status)
    is_form = ask.rule.endswith("/template.xlsx")  # To be filled in.
    return NOTHING if not is_form and _is_empty(answer) else DONE


def _is_empty(answer: Answer) -> bool:
    """Whether a list, table or calendar has nothing in it, or every row of an upload was refused."""
    match answer.media_type:
        case "application/json":
            said = json.loads(answer.body)
            rows = said.get("rows", said.get("lines"))
            refused = rows is not None and all(
                row.get("outcome") == "refused" for row in rows
            )
            return refused or [] in (said.get("items"), said.get("organizations"))
        case "text/csv":
            return answer.body.count(b"\n") <= 1
        case "text/calendar":
            return b"BEGIN:VEVENT" not in answer.body
        case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
            return _rows_of(answer.body) <= 1
    return False


def _rows_of(workbook: bytes) -> int:
    """Of the list itself; what was chosen stands on the sheet behind it."""
    with zipfile.ZipFile(BytesIO(workbook)) as parts:
        return parts.read("xl/worksheets/sheet1.xml").count(b"<row ")
