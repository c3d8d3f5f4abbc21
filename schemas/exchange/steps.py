"""Which commands a line of a table asks for: by what is filled in, and by the state it says the thing is in."""

from collections.abc import Collection, Mapping

from schemas.exchange.cells import value
from schemas.exchange.columns import STATE, Kind, Step


def states_by_column(kind: Kind) -> dict[str, list[str]]:
    """In which states each column is filled in; none stand for all."""
    states: dict[str, list[str]] = {}
    for step in kind.steps:
        for column in step.columns:
            states.setdefault(column, []).extend(step.states)
    return states


def asked_for(
    kind: Kind, cells: Mapping[str, str], also: Collection[str]
) -> list[Step]:
    """The first step, and each other that is filled in or, by its command, asked for `also`."""
    first, *others = kind.steps

    def is_asked_for(step: Step) -> bool:
        return step.command in also or _is_filled_in(kind, step, cells)

    return [first, *filter(is_asked_for, others)]


def _is_filled_in(kind: Kind, step: Step, cells: Mapping[str, str]) -> bool:
    if step.states:
        return state_of(kind, cells) in step.states
    return not cells.keys().isdisjoint(step.columns)


def state_of(kind: Kind, cells: Mapping[str, str]) -> str:
    """In which state the row says the thing is, the first where it says nothing."""
    if kind.states is None:
        return ""
    if STATE not in cells:
        return kind.states.words[0]
    return str(value(kind.states, cells[STATE]))
