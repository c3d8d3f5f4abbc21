"""What outsiders hear: each command and question about an entity, in each of its states and when it is not there."""

from collections.abc import Mapping
from typing import Any

from services.kit.entrypoints import Asked, Command, Query
from services.kit.errors import Problem
from services.kit.service import Service, entrypoints
from services.kit.views import Overlay
from tests.asking import ask, mark_of
from tests.walk import Walk

Heard = tuple[str, str, str]
"""Kind, code and sentence of a refusal, without the id that was asked for."""
NOBODY = "NONE9"


def naming(
    service: type[Service], subject: str, payloads: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """The commands, and the questions with a payload, that name an entity by `subject`."""
    marks = (mark for mark in entrypoints(service) if isinstance(mark, Command | Query))
    named = [mark for mark in marks if subject in mark.schema().fields]
    return [
        mark.name
        for mark in named
        if isinstance(mark, Command) or mark.name in payloads
    ]


def heard(
    service: type[Service],
    name: str,
    docs: Overlay,
    payload: Mapping[str, Any],
    who: Asked,
) -> Heard:
    """The refusal. Fails when there is none."""
    mark = mark_of(service, name)
    try:
        mark.admit(who.actor)
        answer = ask(service, name, docs, dict(payload), who)
    except Problem as problem:
        title = problem.title
        for id in (NOBODY, *map(str, payload.values())):
            title = title.replace(id, "…")
        return type(problem).__name__, problem.code, title
    raise AssertionError(f"{who.actor} may {name}: {answer}")


def must_tell_nothing(
    walk: Walk, name: str, payload: Mapping[str, Any], who: Asked, shows: str
) -> None:
    """Fails unless the outsider hears one answer about all states they see, and else what they hear of nothing.

    `shows` is the question that shows one; what it does not show is hidden.
    """
    service, subject = walk.service, walk.life.subject
    seen: set[Heard] = set()
    hidden: set[Heard] = set()
    for _, docs in walk.in_each_state():
        hidden.add(heard(service, name, docs, {**payload, subject: NOBODY}, who))
        said = heard(service, name, docs, payload, who)
        (seen if _is_shown(walk, docs, who, shows) else hidden).add(said)
    assert len(hidden) == 1, f"{name} tells {who.actor} of what is hidden: {hidden}"
    assert len(seen) <= 1, f"{name} tells {who.actor} of states: {seen}"


def _is_shown(walk: Walk, docs: Overlay, who: Asked, shows: str) -> bool:
    mark = mark_of(walk.service, shows)
    try:
        mark.admit(who.actor)
        ask(walk.service, shows, docs, {walk.life.subject: walk.id}, who)
    except Problem:
        return False
    return True
