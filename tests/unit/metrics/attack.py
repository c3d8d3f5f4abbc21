"""The attack `docs/withholding.md` tells of: everything is asked at one moment, and solved for what was withheld.

What is not known of each session are whole numbers; every answer is an equation or a bound on them. A cell is exposed
when no other numbers fit all the answers: the least it may be is the most it may be. Of few people is one with few
independent ones in it: whoever one signer answers for counts once.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations_with_replacement, product
from typing import Any, NamedTuple

import highspy

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.metrics.folds.cells import COUNTED, EXCESS
from services.metrics.folds.session_figures import figures_of
from services.metrics.folds.signers import excess_of, independent
from services.metrics.model.periods import periods_of
from services.metrics.views import facts, figures, units
from tests.given import asked
from tests.unit.metrics.worlds import DISTRICT, Lived

READER = asked(("district_analyst", DISTRICT), id="D1")
UNKNOWN = (
    "person_times",
    "helper_times",
    "turned_up",
    "confirmed",
    "late",
    "ratings",
    "satisfied",
)
FIGURES = {
    "person_times": {"person_times": 1},
    "participant_times": {"person_times": 1, "helper_times": -1},
    "helper_times": {"helper_times": 1},
    "attended": {"attended": 1},
    "turned_up": {"turned_up": 1},
    "confirmed": {"confirmed": 1},
    "no_shows": {"confirmed": 1, "turned_up": -1, "late": 1},
    "ratings": {"ratings": 1},
    "satisfied": {"satisfied": 1},
}
OF_PEOPLE = (
    "person_times", "participant_times", "helper_times", "attended", "turned_up", "confirmed", "no_shows", "ratings",
    "satisfied",
)  # fmt: skip
OF_NO_UNIT = ("unique_participants", "covered", "grids_covered")
OWN = " itself"
"""Marks what a unit is told by its own figures, beside those of it as a host."""
MOST = 60


class Cell(NamedTuple):
    """`period` may be any days as well, as `2026-06-08/2026-06-14`."""

    scope: str
    period: str
    dimension: str = "all"
    value: str = ""

    def has(self, session: Json) -> bool:
        placed = session["community"].startswith(self.scope) and self._lasts(
            session["day"]
        )
        named = f"{self.dimension}:{self.value.removesuffix(OWN)}"
        return placed and (self.dimension == "all" or named in session["values"])

    def _lasts(self, day: str) -> bool:
        first, _, last = self.period.partition("/")
        return first <= day <= last if last else first in periods_of(day)


Answers = dict[Cell, Json]
Values = dict[tuple[str, str], int]
"""`{(session, what is not known of it): number}`"""


@lru_cache(8)  # The months of one world, of which several tests ask.
def everything_asked(docs: Lived, who: Asked = READER) -> Answers:
    """`{cell: figures}` of all places, periods, categories and hosts that have sessions."""
    sessions = docs.sessions()
    scopes = {
        session["community"][:length] for session in sessions for length in (6, 9, 12)
    }
    periods = {period for session in sessions for period in periods_of(session["day"])}
    told: Answers = {}
    for scope, period in product(sorted(scopes), sorted(periods)):
        question = {"scope": scope, "period": period}
        for by in ("category", "campaign", "host"):
            answer = figures.breakdown(docs, {**question, "by": by}, who)
            told[Cell(scope, period)] = answer["figures"]
            told |= {
                Cell(scope, period, by, row["key"]): row["figures"]
                for row in answer["rows"]
            }
    spans = {
        cell: _of_any_days(docs, cell, who)
        for cell in dict.fromkeys(any_days(sessions))
    }
    return (
        told
        | spans
        | dict(_of_the_unit(docs, periods | {cell.period for cell in spans}, who))
    )


def any_days(sessions: list[Json]) -> Iterator[Cell]:
    """Half-years, weeks, and from each day with sessions to each later one; also of each campaign."""
    days = sorted({session["day"] for session in sessions})
    spans = {span for day in days for span in (half_year_of(day), week_of(day))}
    spans |= {
        f"{since}/{until}" for since, until in combinations_with_replacement(days, 2)
    }
    for session in sessions:
        campaign = (
            ("campaign", session["campaign"]) if session["campaign"] else ("all", "")
        )
        for length, span in product((6, 9, 12), sorted(spans)):
            yield Cell(session["community"][:length], span)
            yield Cell(session["community"][:length], span, *campaign)


def _of_the_unit(
    docs: Lived, periods: set[str], who: Asked
) -> Iterator[tuple[Cell, Json]]:
    """How many people its own sessions had, with what is told of a host beside it."""
    for period in sorted(periods):
        since, _, until = period.partition("/")
        when = {"since": since, "until": until} if until else {"period": period}
        figures = units.unit_figures(docs, {"unit": "U1", **when}, who)["figures"]
        cell = Cell(DISTRICT, period, "host", f"unit/U1{OWN}")
        yield (
            cell,
            {
                **dict.fromkeys((*FIGURES, *OF_NO_UNIT)),
                "person_times": figures["people_served"],
            },
        )


def half_year_of(day: str) -> str:
    days = ("01-01", "06-30") if day[5:7] <= "06" else ("07-01", "12-31")
    return "/".join(f"{day[:4]}-{end}" for end in days)


def week_of(day: str) -> str:
    monday = date.fromisoformat(day) - timedelta(days=date.fromisoformat(day).weekday())
    return f"{monday}/{monday + timedelta(days=6)}"


def _of_any_days(docs: Lived, cell: Cell, who: Asked) -> Json:
    since, _, until = cell.period.partition("/")
    narrowed = {"campaign": cell.value} if cell.dimension == "campaign" else {}
    question = {"scope": cell.scope, "since": since, "until": until, **narrowed}
    return dict(figures.span(docs, question, who)["figures"])


def sessions_told(docs: Lived, figure: str, who: Asked = READER) -> dict[str, int]:
    """`{session: contribution}` of the district: those that are told, and those left out because it is nothing."""
    told: dict[str, int | None] = {}
    for year in sorted({session["day"][:4] for session in docs.sessions()}):
        asks = {
            "scope": DISTRICT,
            "period": year,
            "figure": figure,
            "dimension": "all",
            "limit": 100,
            "after": None,
        }
        found = {
            fact["fact"]: fact["contribution"]
            for fact in facts.facts(docs, asks, who)["items"]
        }
        here = [
            session["id"]
            for session in docs.sessions()
            if session["day"].startswith(year)
        ]
        told |= {id: found.get(f"session/{id}", 0) for id in here}
    return {
        id: contribution
        for id, contribution in told.items()
        if contribution is not None
    }


def grids_told(docs: Lived, cell: "Cell", who: Asked = READER) -> dict[str, int]:
    """`{grid: contribution}` of a cell whose grids are told."""
    asks = {
        "scope": cell.scope,
        "period": cell.period,
        "figure": "grid_coverage",
        "dimension": "all",
    }
    items = facts.facts(docs, {**asks, "limit": 100, "after": None}, who)["items"]
    return {item["fact"].removeprefix("grid/"): item["contribution"] for item in items}


class Attack:
    """What fits the answers: whole numbers for each session, within what all of them say together."""

    def __init__(
        self, docs: Lived, answers: Answers, sessions: dict[str, dict[str, int]]
    ):
        self._look_at(docs.sessions())
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._unknown = {
            (session["id"], name): self._solver.addIntegral(lb=0, ub=MOST)
            for session in self._sessions
            for name in UNKNOWN
        }
        self._seen: list[Values] = []
        for session in self._sessions:
            self._know_a_session(session)
        self.learn(docs, answers, sessions)

    def learn(
        self, docs: Lived, answers: Answers, sessions: dict[str, dict[str, int]]
    ) -> None:
        """What was told then, of the sessions there were."""
        everything = self._sessions
        self._look_at(docs.sessions())
        for cell, found in answers.items():
            self._know_a_cell(cell, found)
        for figure, told in sessions.items():
            for session in self._sessions:
                if session["id"] in told:
                    self._must(self._sum(figure, [session]) == told[session["id"]])
        self._know_covered(answers)
        self._know_grids(docs, answers)
        self._look_at(everything)

    def _look_at(self, sessions: list[Json]) -> None:
        """Which of them are in a cell and how many of each are independent is reckoned once: it is asked often."""
        self._sessions = sessions
        self._placed: dict[Cell, list[Json]] = {}
        self._few: dict[str, Json] = {}

    def _know_a_session(self, session: Json) -> None:
        of = {name: self._unknown[session["id"], name] for name in UNKNOWN}
        self._must(of["helper_times"] <= of["person_times"])
        self._must(of["turned_up"] <= of["person_times"])
        self._must(of["turned_up"] <= of["confirmed"])
        self._must(of["ratings"] <= of["person_times"])
        self._must(of["satisfied"] <= of["ratings"])
        if session["state"] != "held":
            self._must(of["turned_up"] + of["confirmed"] + of["late"] == 0)

    def _know_a_cell(self, cell: Cell, found: Json) -> None:
        within = self._within(cell)
        for figure in FIGURES:
            if found[figure] is not None and within:
                self._must(self._sum(figure, within) == found[figure])
        unique = found["unique_participants"]
        if unique is not None and within:
            self._must(self._sum("person_times", within) >= unique)
            for session in within:
                self._must(self._sum("person_times", [session]) <= unique)

    def _know_covered(self, answers: Answers) -> None:
        """Where somebody came at all, as the month of a community says it."""
        for cell, found in answers.items():
            if (
                len(cell.scope) == 12
                and cell.dimension == "all"
                and found["covered"] is not None
            ):
                people = self._sum("person_times", self._within(cell))
                self._must(people >= 1 if found["covered"] else people == 0)

    def _know_grids(self, docs: Lived, answers: Answers) -> None:
        """Which grids somebody came to, as the facts behind each figure of grids say it."""
        for cell, found in answers.items():
            if (
                cell.dimension == "all"
                and "/" not in cell.period
                and found["grids_covered"] is not None
            ):
                told = grids_told(docs, cell)
                for session in self._within(cell):
                    people = self._sum("person_times", [session])
                    self._must(people >= 1 if told[session["grid"]] else people == 0)

    def _within(self, cell: Cell) -> list[Json]:
        if cell not in self._placed:
            self._placed[cell] = [one for one in self._sessions if cell.has(one)]
        return self._placed[cell]

    def _sum(self, figure: str, sessions: Iterable[Json]) -> Any:
        terms = [term for session in sessions for term in _terms(figure, session)]
        return (
            self._solver.qsum(
                [self._unknown[id, name] * sign for id, name, sign in terms]
            )
            + 0
        )

    def _must(self, holds: Any) -> None:
        self._solver.addConstr(holds)

    def range_of(self, cell: Cell, figure: str) -> tuple[int, int]:
        """The least and the most it may be."""
        people = self._sum(figure, self._within(cell))
        ends = []
        for solve in (self._solver.minimize, self._solver.maximize):
            solve(people)
            assert self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, (
                "the truth fits its own answers"
            )
            values = self._solver.vals(self._unknown)
            self._seen.append({name: round(value) for name, value in values.items()})
            ends.append(self._value(cell, figure, self._seen[-1]))
        return ends[0], ends[1]

    def exposed(self, answers: Answers) -> Iterator[tuple[Cell, str, int]]:
        """The cells of few people that can be told exactly although they are withheld, and the numbers."""
        truth = self._truth()
        for cell, found in answers.items():
            for figure in OF_PEOPLE:
                if (
                    found[figure] is not None
                    or not 0 < self._independent(cell, figure) < 5
                ):
                    continue
                people = self._value(cell, figure, truth)
                if any(
                    self._value(cell, figure, seen) != people for seen in self._seen
                ):
                    continue
                least, most = self.range_of(cell, figure)
                if least == most:
                    yield cell, figure, people

    def _independent(self, cell: Cell, figure: str) -> int:
        """How many they are when those count once for whom one signer answers."""
        return sum(self._independent_at(one)[figure] for one in self._within(cell))

    def _independent_at(self, session: Json) -> Json:
        if session["id"] not in self._few:
            found = independent(counted(session), excess_of(session))
            self._few[session["id"]] = found
        return self._few[session["id"]]

    def _value(self, cell: Cell, figure: str, values: Values) -> int:
        return sum(
            values[id, name] * sign
            for session in self._within(cell)
            for id, name, sign in _terms(figure, session)
        )

    def _truth(self) -> Values:
        truth: Values = {}
        for session in self._sessions:
            figures = counted(session)
            figures["late"] = (
                figures["no_shows"] - figures["confirmed"] + figures["turned_up"]
            )
            truth |= {(session["id"], name): figures[name] for name in UNKNOWN}
        return truth


def counted(session: Json) -> Json:
    return {**dict.fromkeys(COUNTED[EXCESS], 0), **figures_of(session)}


def _terms(figure: str, session: Json) -> list[tuple[str, str, int]]:
    """What of a session adds up to the figure; attended are those who came to what was held."""
    if figure == "attended":
        return (
            [(session["id"], "person_times", 1)] if session["state"] == "held" else []
        )
    return [(session["id"], name, sign) for name, sign in FIGURES[figure].items()]


def attacked(docs: Lived, *earlier: Lived) -> tuple[Attack, Answers]:
    """Of what is told now, by who also remembers what was told when less had happened."""
    answers = everything_asked(docs)
    attack = Attack(docs, answers, _all_sessions_told(docs))
    for then in earlier:
        attack.learn(then, everything_asked(then), _all_sessions_told(then))
    return attack, answers


def _all_sessions_told(docs: Lived) -> dict[str, dict[str, int]]:
    return {figure: sessions_told(docs, figure) for figure in FIGURES}
