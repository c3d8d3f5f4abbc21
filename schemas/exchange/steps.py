"""Which commands a line of a table asks for: by what is filled in, and by the state it says the thing is in."""

from collections.abc import Collection, Mapping

from schemas.exchange.cells import value
from schemas.exchange.columns import STATE, Kind, Step


def states_by_column(kind: Kind) -> dict[str, list[str]]:
    """In which states each column is filled in; none stand for all."""
    columns = {column for step in kind.steps for column in step.columns}
    return {
        column: [
            state
            for step in kind.steps
            if column in step.columns
            for state in step.states
        ]
        for column in columns
    }


def asked_for(
    kind: Kind, cells: Mapping[str, str], also: Collection[str]
) -> list[Step]:
    first, *others = kind.steps
    return [
        first,
        *(
            step
            for step in others
            if step.command in also or _is_filled_in(kind, step, cells)
        ),
    ]


def _is_filled_in(kind: Kind, step: Step, cells: Mapping[str, str]) -> bool:
    if step.states:
        return state_of(kind, cells) in step.states
    return not cells.keys().isdisjoint(step.columns)


def state_of(kind: Kind, cells: Mapping[str, str]) -> str:
    """In which state the row says the thing is, the first where it says nothing."""
    if kind.states is None:
        return ""
    return (
        str(value(kind.states, cells[STATE]))
        if STATE in cells
        else kind.states.words[0]
    )
