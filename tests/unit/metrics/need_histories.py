"""Random histories of needs and commitments, made by the real rules of cobuild: what they refuse did not happen."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.documents import Json
from services.cobuild.rules import closing, commitments, needs
from services.cobuild.service import Cobuild
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Problem
from services.kit.log import Event, Fact
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.given import asked, given_from, happened
from tests.unit.cobuild.stage import UNIT, another_unit, stage
from tests.unit.metrics.grids import grid_of

BEGINS = datetime(
    2026, 12, 28, 1, tzinfo=UTC
)  # So that days, months, quarters and years end on the way.
CATEGORIES = ("零距离安全", "零距离助老")
COMMUNITIES = ("510108015001", "510108016001")
UNITS = ("U1", "U2")
WORKER = (("district_admin", "*"), ("community_worker", "*"))
LIAISON = (("unit_liaison", "*"),)

Rule = Callable[[Overlay, dict[str, Any], Asked], Fact | None]
OF_NEED: dict[str, Rule] = {
    "verify_need": needs.verify_need,
    "reject_need": needs.reject_need,
    "ask_resident": needs.ask_resident,
    "answer_need": needs.answer_need,
    "claim_need": commitments.claim_need,
    "dispatch_need": commitments.dispatch_need,
    "confirm_need": closing.confirm_need,
    "rate_need": closing.rate_need,
    "dispute_need": closing.dispute_need,
    "send_back_need": closing.send_back_need,
    "settle_need": closing.settle_need,
    "reopen_need": closing.reopen_need,
    "withdraw_need": needs.withdraw_need,
}
OF_COMMITMENT: dict[str, Rule] = {
    "begin_commitment": commitments.begin_commitment,
    "decline_commitment": commitments.decline_commitment,
    "postpone_commitment": commitments.postpone_commitment,
    "fulfil_commitment": commitments.fulfil_commitment,
    "give_up_commitment": commitments.give_up_commitment,
}
LIKELY = (
    "verify_need",
    "claim_need",
    "dispatch_need",
    "begin_commitment",
    "fulfil_commitment",
    "confirm_need",
)


class NeedHistory:
    """Plays random steps on a few needs and keeps the events that came of them."""

    def __init__(self, seed: int):
        self._luck = random.Random(seed)
        self._docs = stage(*UNIT, *another_unit(2))
        self._now = BEGINS
        self.events: list[Event] = []
        self._needs = [self._raise() for _ in range(self._luck.randint(1, 4))]

    def play(self, steps: int) -> list[Event]:
        for _ in range(steps):
            self._now += timedelta(minutes=self._luck.choice((7, 61, 480, 1440)))
            try:
                self._step(self._luck.choice(self._needs))
            except Problem:
                continue
        return self.events

    def _raise(self) -> str:
        wanted = {
            **examples.COMMANDS["raise_need"],
            "community": self._luck.choice(COMMUNITIES),
            "category": self._luck.choice(CATEGORIES),
        }
        if len(self.events) != 1:
            wanted["grid"] = grid_of(wanted["community"])
        return str(
            self._happen(needs.raise_need(self._docs, wanted, self._asked())).data[
                "need"
            ]
        )

    def _step(self, id: str) -> None:
        need = self._docs.the("needs", id)
        name = self._luck.choice((*LIKELY * 2, *OF_NEED, *OF_COMMITMENT, "pass"))
        if name == "pass":
            self._time_passes(need)
        elif name in OF_NEED:
            self._happen(
                OF_NEED[name](self._docs, self._said(name, need=id), self._asked())
            )
        elif "commitment" in need:
            said = self._said(name, commitment=need["commitment"])
            self._happen(OF_COMMITMENT[name](self._docs, said, self._asked(LIAISON)))

    def _time_passes(self, need: Json) -> None:
        """What is due by itself: a lease ends, a confirmed need closes."""
        held = (
            self._docs.get("commitments", need["commitment"])
            if "commitment" in need
            else None
        )
        fact = closing.close_confirmed(self._docs, need, self._asked())
        if fact is None and held is not None:
            fact = commitments.lapse(self._docs, held, self._asked())
        if fact is not None:
            self._happen(fact)

    def _said(self, name: str, **about: str) -> dict[str, Any]:
        said = {
            key: value
            for key, value in examples.COMMANDS[name].items()
            if key not in {"offering", "starts_at"}
        }
        due = (
            {"due": local_day(self._now + timedelta(days=self._luck.randint(1, 40)))}
            if "due" in said
            else {}
        )
        unit = {"unit": self._luck.choice(UNITS)} if "unit" in said else {}
        score = {"score": self._luck.randint(1, 5)} if "score" in said else {}
        if score and name == "confirm_need" and self._luck.random() < 0.5:
            said, score = (
                {key: value for key, value in said.items() if key != "score"},
                {},
            )
        return {**said, **due, **unit, **score, **about}

    def _happen(self, fact: Fact | None) -> Event:
        assert fact is not None
        event = happened(fact, seq=len(self.events) + 1, now=self._now)
        self.events.append(event)
        given_from(self._docs, Cobuild, "cobuild", fact, now=self._now)
        return event

    def _asked(self, roles: tuple[tuple[str, str], ...] = WORKER) -> Asked:
        new_id = f"N{len(self.events) + 1}-{self._luck.randrange(10**9)}"
        who = (
            "P8" if roles is LIAISON else "P9"
        )  # Nobody confirms what they have done themselves.
        return asked(*roles, id=who, now=self._now, new_id=new_id)
