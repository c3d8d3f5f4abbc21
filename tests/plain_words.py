"""What any test is refused is told in a reader's words: days and moments as people say them, and nobody's number."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from services.kit.errors import Problem

# A day, a month, a week or a quarter as programs write it; or a moment.
WRITTEN = re.compile(r"(?<![\d-])[0-9]{4}-([0-9]{2}|W[0-9]{2}|Q[1-4])(?!\d)")
# Whom or what programs know by it. A refusal may begin with whom it is about: pages put words in its place.
ULID = re.compile(r"(?<!^)[0-9A-HJKMNP-TV-Z]{26}")
# These hold up to somebody what they have just written so, or how a program writes it.
ECHOES = {"bad_date", "bad_instant", "bad_time", "bad_period"}
HOW_IT_IS_WRITTEN = "应为"


@contextmanager
def overheard() -> Iterator[list[str]]:
    """Gathers what was said otherwise while it lasts, in this process."""
    heard: list[str] = []
    begin = Problem.__init__

    def said(problem: Problem, title: str, **about: Any) -> None:
        begin(problem, title, **about)
        codes = {one["code"] for one in problem.errors}
        told = [title, *(one["message"] for one in problem.errors)]
        heard.extend(one for one in told if not codes & ECHOES and _is_machine(one))

    with patch.object(Problem, "__init__", said):
        yield heard


def _is_machine(told: str) -> bool:
    is_how = HOW_IT_IS_WRITTEN in told
    return not is_how and any(one.search(told) for one in (WRITTEN, ULID))
