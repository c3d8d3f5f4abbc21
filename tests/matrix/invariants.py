"""What no answer may ever be, whatever the table says."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from tests.matrix.callers import NOBODY, Caller
from tests.matrix.cells import DONE, FULL, Cell
from tests.matrix.stage import Answer
from tests.matrix.table import state_text, who

Broken = Iterator[tuple[str, Cell, str]]
Hidden = set[tuple[str, Caller, str]]

# Where a thing is looked at by itself. Who is not shown it there is not to learn anything of it elsewhere.
LOOKED_AT = {
    name: f"GET /api/v1/{many}/{{{name}}}"
    for name, many in (
        ("account", "accounts"),
        ("activity", "activities"),
        ("branch", "branches"),
        ("certificate", "certificates"),
        ("commendation", "commendations"),
        ("commitment", "commitments"),
        ("contest", "contests"),
        ("desk_code", "desk-codes"),
        ("grant", "roles"),
        ("invitation", "invitations"),
        ("meeting", "meetings"),
        ("need", "needs"),
        ("offering", "offerings"),
        ("partner", "partners"),
        ("person", "people"),
        ("signup", "signups"),
        ("unit", "units"),
        ("member", "grid-members"),
        ("door", "doors"),
        ("visit", "visits"),
        ("finding", "findings"),
        ("care", "cares"),
        ("mediation", "mediations"),
    )
}
NEIGHBOUR = ("resident", "sibling")
# Who holds the role anywhere may ask these of everywhere.
OF_EVERYWHERE = {
    "GET /api/v1/needs/{need}/matches": "reckoned from needs and offerings that are listed for everybody",
    "GET /api/v1/offerings/{offering}/matches": "the same",
    "GET /api/v1/notices/deliveries": "to a person, who is of no district: an office's are for its own district",
    "POST /api/v1/notices/deliveries/{delivery}/resend": "the same",
    "GET /api/v1/ops": "of the platform, which is of no place; who administers a whole district runs it",
    "GET /ops": "the same",
    "GET /ops/log/{service}": "the same",
    "GET /ops/services/{service}/{source}/aside": "the same",
    "GET /me/api-keys/new": "asks for which of one's own roles a key is to be; a resident has none to give",
    "GET /ops/audit": "a page with an empty list: entries are for one's own places",
}
# Who knows what these ask for is no outsider: a guest joins by the sign-up and the name that the signer told them, and
# is told why they cannot. Whoever does not know the name is told nothing (`test_parties.py`).
# What each service remembers of oneself is one's own, whichever id one came in by.
BY_KNOWING = {
    "POST /api/v1/signups/{signup}/join",
    "POST /signups/{signup}/join",
    "GET /api/v1/people/{person}/acted",
}
COMING_IN = ("/sign-", "/api/v1/tokens")  # Asked by who is nobody yet.
Nothing = Mapping[tuple[str, Caller], Answer]


class Violation(NamedTuple):
    """`rule` of this module, `name` of the address, and a cell that shows it."""

    rule: str
    name: str
    example: str


def violations(cells: Iterable[Cell], of_nothing: Nothing) -> list[Violation]:
    """The first example of each rule broken by each address."""
    known = list(cells)
    hidden = _hidden(known)
    found: dict[tuple[str, str], Violation] = {}
    for rule, cell, says in chain(
        *(_of_one(cell) for cell in known),
        _more_than_a_resident(known),
        _hidden_and_yet_told(known, hidden, of_nothing),
        _state_told_by_refusal(known, hidden),
    ):
        example = f"{who(cell.caller)} · {state_text(cell) or '—'}: {says}"
        found.setdefault((rule, cell.ask.name), Violation(rule, cell.ask.name, example))
    return sorted(found.values())


def _of_one(cell: Cell) -> Broken:
    status, posted = cell.answer.status, cell.ask.method == "POST"
    if status >= 500 and not (status == FULL and posted):
        yield "defect", cell, str(status)
    if cell.tried and not posted:
        yield "question records", cell, cell.word
    known = cell.caller != NOBODY or cell.ask.rule.startswith(COMING_IN)
    if posted and not known and (status < 300 or status == FULL):
        yield "nobody does it", cell, str(status)
    if (
        cell.of_a_stranger is not None
        and cell.caller.is_outsider
        and not _same(cell.answer, cell.of_a_stranger)
    ):
        yield (
            "person told by refusal",
            cell,
            f"{_brief(cell.answer)} but of a stranger {_brief(cell.of_a_stranger)}",
        )


def _more_than_a_resident(cells: list[Cell]) -> Broken:
    """A role for another place or another organisation, or one that has ended, is worth no more than none."""
    neighbour = {
        (cell.ask.name, cell.state): cell.word
        for cell in cells
        if (cell.caller.role, cell.caller.relation) == NEIGHBOUR
    }
    for cell in cells:
        theirs = neighbour[cell.ask.name, cell.state]
        if _has_no_right(cell) and cell.word == DONE and theirs != DONE:
            yield "more than a resident", cell, f"{cell.word}, a resident {theirs}"


def _has_no_right(cell: Cell) -> bool:
    if cell.ask.name in OF_EVERYWHERE:
        return False
    if cell.caller.relation == "former":
        return cell.state not in cell.ask.subject.pending
    return cell.caller.relation in ("foreign", "nowhere") and (
        cell.ask.method == "GET" or cell.ask.is_about_it
    )


def _hidden(cells: list[Cell]) -> Hidden:
    """What is not shown to whom in which state."""
    return {
        (cell.ask.subject.name, cell.caller, cell.state)
        for cell in cells
        if cell.ask.name == LOOKED_AT.get(cell.ask.subject.name) and cell.word != DONE
    }


def _is_hidden(cell: Cell, hidden: Hidden) -> bool:
    return (cell.ask.subject.name, cell.caller, cell.state) in hidden


def _hidden_and_yet_told(
    cells: list[Cell], hidden: Hidden, of_nothing: Nothing
) -> Broken:
    """What somebody is not shown answers them as if it did not exist."""
    for cell in cells:
        nothing = of_nothing.get((cell.ask.name, cell.caller))
        known = cell.ask.name in BY_KNOWING
        if (
            nothing is not None
            and not known
            and _is_hidden(cell, hidden)
            and not _same(cell.answer, nothing)
        ):
            yield (
                "hidden and yet told",
                cell,
                f"{_brief(cell.answer)} but of nothing {_brief(nothing)}",
            )


def _state_told_by_refusal(cells: list[Cell], hidden: Hidden) -> Broken:
    """Who may do it in no state is refused in the same way in every state."""
    by_caller = defaultdict(list)
    for cell in cells:
        if (
            cell.ask.method == "POST"
            and cell.caller.is_outsider
            and not _is_hidden(cell, hidden)
        ):
            by_caller[cell.ask.name, cell.caller].append(cell)
    for each in by_caller.values():
        if not any(cell.word == DONE for cell in each):
            first, differs = (
                each[0],
                next((cell for cell in each if _code(cell) != _code(each[0])), None),
            )
            if differs:
                yield (
                    "state told by refusal",
                    differs,
                    f"{_code(differs)}, {state_text(first)}: {_code(first)}",
                )


def _code(cell: Cell) -> str:
    """Of a problem; pages have words for people instead, and of these only that they are refused, and how."""
    if not cell.answer.media_type.endswith("json"):
        return cell.word
    said = json.loads(cell.answer.body)
    return str(said.get("code", cell.word))


def _same(one: Answer, another: Answer) -> bool:
    """But for the id that was asked about, which both may say again."""
    return (one.status, one.plain) == (another.status, another.plain)


def _brief(answer: Answer) -> str:
    return f"{answer.status} {answer.body[:160].decode(errors='replace')}"
