"""Rows of a table as commands keyed by their content: the same row uploaded or imported again happens once."""

from schemas.exchange.rows import Row
from services.kit.actor import Actor
from services.kit.together import Asking, key_for


def asked_by(row: Row, actor: Actor) -> list[Asking]:
    """The commands of a row: the first, and those about what the first one makes."""
    first, *others = row.steps
    key = key_for(first.step.command, first.payload, actor)
    return [
        Asking(first.step.command, first.payload, actor, key),
        *(
            Asking(step.command, payload, actor, key_for(step.command, payload, actor, key), step.about, key)
            for step, payload in others
        ),
    ]
