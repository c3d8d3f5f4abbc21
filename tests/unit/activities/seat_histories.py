"""Random histories of one activity's seats, made by the real rules."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from schemas.documents import Json
from schemas.fields import instant
from schemas.persons import principal
from services.activities.model.lifecycles import STANDING
from services.activities.rules import (
    changes,
    offers,
    parties,
    places,
    sessions,
    signups,
)
from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.errors import Problem
from services.kit.log import Event, Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, STREAM
from tests.given import asked, given_from, happened
from tests.unit.activities.stage import OPENED, STARTS, stage

MOST_DUE = 100
CUTOFF = timedelta(hours=15)
PEOPLE = [f"R{number}" for number in range(20)]
ANY = (
    "sign_up",
    "help",
    "cancel",
    "decide",
    "decide",
    "resize",
    "accept",
    "pass_on",
    "add",
    "join",
    "leave",
    "move",
    "drop",
)
FILLING = (*ANY, *["sign_up"] * 8, "help", "help", "resize", "resize")
EMPTYING = (*ANY, *["cancel"] * 4, *["leave"] * 3, *["accept"] * 4, "help", "resize")


class History:
    """Three daily sessions with few seats; some are kept, and some of the activities decide on each sign-up.

    Of some, others are for helpers, with terms and a deadline of their own.
    """

    def __init__(self, seed: int):
        self._luck = random.Random(seed)
        self._now = STARTS - timedelta(hours=24)
        first = {**CONTENT["sessions"][0], "capacity": self._luck.randint(2, 5)}
        kept = {
            "kept_offline": self._luck.randint(0, 2),
            "kept_walk_in": self._luck.randint(0, 1),
        }
        helpers = (
            {"helpers": self._luck.randint(1, 3)} if self._luck.random() < 0.6 else {}
        )
        plans = [
            {**first, **kept, **helpers, **self._times(number, bool(helpers))}
            for number in range(3)
        ]
        self.docs: Overlay = stage()
        self.events: list[Event] = []
        terms = {"approval": True} if self._luck.random() < 0.2 else {}
        own = (
            {"helper_terms": {"approval": True} if self._luck.random() < 0.2 else {}}
            if helpers
            else {}
        )
        all_help = (
            {"all_help": True} if not helpers and self._luck.random() < 0.3 else {}
        )
        content = {**CONTENT, "terms": terms, **own, **all_help, "sessions": plans}
        self._happen(Fact("activity_published.v2", STREAM, content))
        self._happen(OPENED)

    def play(self, steps: int) -> Iterator[datetime]:
        """Whatever the rules refuse did not happen; what is due happens, at the latest before the next moment told.

        The last moment is after all has begun.
        """
        for _ in range(steps):
            self._now += timedelta(minutes=self._luck.choice((0, 0, 5, 20, 90)))
            likely = FILLING if self._now < STARTS - CUTOFF else EMPTYING
            self._happen_if(getattr(self, f"_{self._luck.choice(likely)}"))
            if (
                self._luck.random() < 0.6
            ):  # Else the next step comes before what is due.
                self._come_to_rest()
                yield self._now
        self._now = STARTS + timedelta(days=7)
        self._come_to_rest()
        yield self._now

    def _come_to_rest(self) -> None:
        for _ in range(MOST_DUE):
            self._now += timedelta(seconds=1)
            if not self._due():
                return
        raise AssertionError("the clock never has done with it")

    def _due(self) -> bool:
        """Does one thing that is due, as the timers would."""
        now = instant(self._now)
        for seating in self._every("seatings"):
            if seating.get("settle_at", "~") < now:
                self._happen(places.settle(self.docs, seating, self._secretary()))
                return True
        for signup in self._every("signups"):
            if signup.get("answer_by", "~") < now:
                self._happen(
                    offers.let_offer_lapse(self.docs, signup, self._secretary())
                )
                return True
        return False

    def _times(self, number: int, helped: bool) -> Json:
        starts = STARTS + timedelta(days=number)
        times = {
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=2),
            "cutoff": starts - CUTOFF,
        }
        times |= {"helpers_cutoff": starts - CUTOFF / 2} if helped else {}
        return {
            "session": f"{ACTIVITY}.{number + 1}",
            **{name: instant(moment) for name, moment in times.items()},
        }

    def _sign_up(self) -> Fact:
        people = self._luck.sample(PEOPLE, self._luck.choice((1, 1, 1, 2, 2, 3, 4)))
        return signups.sign_up(self.docs, self._asks(people), self._resident(people[0]))

    def _help(self) -> Fact:
        people = self._luck.sample(PEOPLE, self._luck.choice((1, 2)))
        worker = asked(
            ("community_worker", "510108002001"),
            id="W1",
            now=self._now,
            new_id=self._id(),
        )
        return signups.sign_up(
            self.docs, {**self._asks(people), "by": people[0]}, worker
        )

    def _asks(self, people: list[str]) -> Json:
        party = [{"person": person, "relation": "self"} for person in people]
        role = self._luck.choice(({}, {}, {"role": "helper"}))
        return {
            "activity": ACTIVITY,
            "session": self._session(),
            "party": party,
            **role,
        }

    def _cancel(self) -> Fact:
        return signups.cancel_signup(
            self.docs, {"signup": self._signup(*STANDING)}, self._secretary()
        )

    def _decide(self) -> Fact:
        said = {"signup": self._signup("requested")}
        if self._luck.random() < 0.7:
            return signups.approve_signup(self.docs, said, self._secretary())
        return signups.decline_signup(
            self.docs, {**said, "reason": "人满"}, self._secretary()
        )

    def _resize(self) -> Fact:
        kept = {
            "kept_offline": self._luck.randint(0, 2),
            "kept_walk_in": self._luck.randint(0, 2),
        }
        said = [
            {"capacity": self._luck.randint(2, 9)},
            *({name: many} for name, many in kept.items()),
            kept,
        ]
        said.append({"helpers": self._luck.randint(0, 4)})
        return self._change(**self._luck.choice(said))

    def _move(self) -> Fact:
        session = self._session()
        starts = datetime.fromisoformat(self.docs.the("sessions", session)["starts_at"])
        by = timedelta(hours=self._luck.choice((-26, -2, -1, 1, 1, 25)))
        return self._change(session=session, starts_at=instant(starts + by))

    def _change(self, **said: Any) -> Fact:
        which = {
            "which": self._luck.choice(("one", "following", "all")),
            "session": self._session(),
        }
        command = {"activity": ACTIVITY, "reason": "换", **which, **said}
        return changes.change(self.docs, command, self._secretary())

    def _drop(self) -> Fact:
        which = self._luck.choice(("one", "one", "one", "following"))
        command = {
            "activity": ACTIVITY,
            "session": self._session(),
            "which": which,
            "reason": "雨",
        }
        if self._luck.random() < 0.8:
            command["session"] = "none"
        return sessions.cancel_sessions(self.docs, command, self._secretary())

    def _accept(self) -> Fact:
        return offers.accept_offer(
            self.docs, {"signup": self._signup("offered", "lapsed")}, self._secretary()
        )

    def _pass_on(self) -> Fact:
        signup = self._signup(*STANDING)
        party = self.docs.the("signups", signup)["party"]
        to = {"person": self._luck.choice(PEOPLE), "relation": "family"}
        command = {
            "signup": signup,
            "person": self._luck.choice(party)["person"],
            "to": to,
        }
        return parties.pass_on(self.docs, command, self._secretary())

    def _add(self) -> Fact:
        member = {"person": self._luck.choice(PEOPLE), "relation": "family"}
        return parties.add(
            self.docs,
            {"signup": self._signup(*STANDING), "member": member},
            self._secretary(),
        )

    def _join(self) -> Fact:
        """Whoever it is; now and then for somebody who is no guest, which the rules refuse."""
        signup = self._signup(*STANDING)
        member = self._luck.choice(self.docs.the("signups", signup)["party"])
        command = {"signup": signup, "person": member["person"]}
        return parties.join(
            self.docs, command, self._resident(self._luck.choice(PEOPLE))
        )

    def _leave(self) -> Fact:
        """By themself, or taken out by the host."""
        signup = self._signup(*STANDING)
        person = self._luck.choice(self.docs.the("signups", signup)["party"])["person"]
        if self._luck.random() < 0.5:
            return parties.leave(
                self.docs, {"signup": signup}, self._resident(principal(person))
            )
        return parties.leave(
            self.docs,
            {"signup": signup, "person": person, "reason": "换人"},
            self._secretary(),
        )

    def _happen_if(self, step: Callable[[], Fact]) -> None:
        try:
            fact = step()
        except (Problem, IndexError):  # IndexError: there is nobody to choose from yet.
            return
        self._happen(fact)

    def _happen(self, fact: Fact) -> None:
        self.events.append(happened(fact, seq=len(self.events) + 1, now=self._now))
        given_from(self.docs, Activities, "activities", fact, now=self._now)

    def _every(self, collection: str) -> list[Json]:
        return [
            doc
            for (kind, _), doc in sorted(self.docs.changed.items())
            if kind == collection
        ]

    def _session(self) -> str:
        return f"{ACTIVITY}.{self._luck.choice((1, 1, 1, 2, 3))}"

    def _signup(self, *states: str) -> str:
        """One in such a state, and now and then another, which the rules refuse."""
        every = self._every("signups")
        such = [
            signup
            for signup in every
            if signup["state"] in states and self._luck.random() < 0.95
        ]
        return str(self._luck.choice(such or every)["id"])

    def _secretary(self) -> Asked:
        return asked(
            ("branch_secretary", "branch/B1"), id="S1", now=self._now, new_id=self._id()
        )

    def _resident(self, person: str) -> Asked:
        return asked(
            ("resident", "510108"), id=person, now=self._now, new_id=self._id()
        )

    def _id(self) -> str:
        return f"N{len(self.events) + 1}-{self._luck.randrange(10**9)}"
