"""What is measured, and when: the figures that can have a target, periods to reach it in, months that are over."""

from collections.abc import Iterator
from datetime import date

from gateway.figures import words
from gateway.web.drawing import Choice, Groups
from gateway.web.page import Visit
from schemas.documents import Json
from schemas.metrics.definition import SHARE
from schemas.metrics.definitions import AskDefinitions
from services.district.calendar import local_day

# What a clerk says of figures in that unit, and how much of what the log keeps is one of these.
COUNTED = ("填个数", 1)
GIVEN_IN = {
    SHARE: ("填百分数", 100),
    **dict.fromkeys(words.MINUTES, ("填小时", 60)),
    "": COUNTED,
}
YEARS = 2  # This and the next.
MONTHS = 12


def targeted(visit: Visit) -> Groups:
    """By what a target of them is given in. Of some figures neither more nor less is better."""
    groups: dict[str, list[Choice]] = {said: [] for said, _ in GIVEN_IN.values()}
    for one in definitions(visit):
        if one.get("better"):
            said, _ = GIVEN_IN.get(one["unit"], COUNTED)
            groups.setdefault(said, []).append((one["identifier"], one["name"]))
    return list(groups.items())


def definitions(visit: Visit) -> list[Json]:
    known: list[Json] = visit.ask("metrics", "definitions", AskDefinitions)["items"]
    return known


def periods_to_come(visit: Visit) -> Groups:
    """This year and the next, their quarters and their months."""
    year = _today(visit).year
    return [
        (words.period(str(one)), [(each, words.period(each)) for each in _within(one)])
        for one in range(year, year + YEARS)
    ]


def _within(year: int) -> Iterator[str]:
    yield str(year)
    yield from (f"{year}-Q{number}" for number in range(1, 5))
    yield from (f"{year}-{number:02}" for number in range(1, 13))


def months(visit: Visit) -> Groups:
    """Those that are over, the last first."""
    return [("", [(one, words.month(one)) for one in _over(_today(visit))])]


def _over(today: date) -> Iterator[str]:
    year, month = today.year, today.month
    for _ in range(MONTHS):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        yield f"{year}-{month:02}"


def _today(visit: Visit) -> date:
    return date.fromisoformat(local_day(visit.now))
