"""Random histories of activities, made by the real rules: whatever they refuse did not happen."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.documents import Json
from schemas.fields import instant
from schemas.persons import principal
from services.activities.rules import (
    changes,
    door,
    parties,
    postings,
    roles,
    sessions,
    signups,
)
from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.errors import Problem
from services.kit.log import Event, Fact
from services.kit.views import Overlay
from tests.examples.activities import COMMANDS
from tests.given import asked, given_from, happened
from tests.unit.activities.stage import KEY, stage
from tests.unit.metrics.grids import grid_of

PEOPLE = [f"R{number}" for number in range(12)]
CATEGORIES = ("助老", "文体")
COHOSTS = ("unit/U1", "unit/U2", "community/510108002001")
BEFORE = datetime(2026, 6, 27, 1, tzinfo=UTC)
FIRST = datetime(
    2026, 6, 30, 15, 30, tzinfo=UTC
)  # Half an hour before a quarter ends in China; what repeats is after.
LAST = FIRST + timedelta(days=6)


class History:
    """Plays random steps on a few activities and keeps the events that came of them."""

    def __init__(self, seed: int):
        self._luck = random.Random(seed)
        self._docs: Overlay = stage()
        self._now = BEFORE
        self.events: list[Event] = []
        self._activities = [self._post() for _ in range(self._luck.randint(1, 3))]

    def play(self, steps: int) -> list[Event]:
        for _ in range(steps):
            self._now += timedelta(minutes=self._luck.choice((5, 30, 120)))
            step = self._luck.choice(
                (
                    *(
                        self._sign_up,
                        self._sign_up,
                        self._sign_up,
                        self._decide,
                        self._cancel,
                        self._leave,
                        self._add,
                    ),
                    *(
                        self._pass,
                        self._pass,
                        self._pass,
                        self._pass,
                        self._rate,
                        self._correct,
                        self._recognise,
                    ),
                    *(self._move, self._change, self._call_off),
                )
            )
            try:
                facts = step(self._luck.choice(self._activities))
            except Problem:
                continue
            for fact in [facts] if isinstance(facts, Fact) else facts:
                self._happen(fact)
        return self.events

    def _post(self) -> str:
        starts = FIRST + timedelta(hours=self._luck.choice((0, 1, 24)))
        command: dict[str, Any] = {
            **COMMANDS["draft_activity"],
            **self._times(starts),
            "capacity": self._luck.randint(2, 6),
            "category": self._luck.choice(CATEGORIES),
            "cohosts": self._luck.sample(COHOSTS, self._luck.randint(0, 2)),
            "terms": {"approval": True} if self._luck.random() < 0.3 else {},
            "helpers": self._luck.randint(1, 3),
            "helper_terms": {},
        }
        if self._luck.random() < 0.3:
            command = {
                name: value
                for name, value in command.items()
                if not name.startswith("helper")
            }
            command["all_help"] = self._luck.random() < 0.6
        if len(self.events) % 2 == 0:
            command["grid"] = grid_of(command["community"])
        if self._luck.random() < 0.5:
            command["repeats"] = f"FREQ=DAILY;COUNT={self._luck.randint(2, 3)}"
        id = self._happen(postings.draft(self._docs, command, self._secretary())).data[
            "activity"
        ]
        for rule in (postings.publish, postings.open_signups):
            self._happen(rule(self._docs, {"activity": id}, self._secretary()))
        return str(id)

    def _times(self, starts: datetime) -> Json:
        return {
            "starts_at": instant(starts),
            "ends_at": instant(starts + timedelta(hours=2)),
            "cutoff": instant(starts - timedelta(hours=self._luck.choice((0, 40)))),
        }

    def _session(self, activity: str) -> str:
        numbered = [
            key[1]
            for key in self._docs.changed
            if key[0] == "sessions" and key[1].startswith(activity)
        ]
        return self._luck.choice(numbered)

    def _sign_up(self, activity: str) -> Fact:
        people = self._luck.sample(PEOPLE, self._luck.randint(1, 3))
        party = [{"person": person, "relation": "self"} for person in people]
        command = {
            "activity": activity,
            "session": self._session(activity),
            "party": party,
        }
        if self._luck.random() < 0.4:
            command["role"] = "helper"
        return signups.sign_up(self._docs, command, self._resident(people[0]))

    def _cancel(self, activity: str) -> Fact:
        return signups.cancel_signup(
            self._docs, {"signup": self._signup()}, self._secretary()
        )

    def _add(self, activity: str) -> Fact:
        member = {"person": self._luck.choice(PEOPLE), "relation": "family"}
        return parties.add(
            self._docs, {"signup": self._signup(), "member": member}, self._secretary()
        )

    def _leave(self, activity: str) -> Fact:
        """One of a party; late, when the sign-ups have closed."""
        signup = self._signup()
        party = (self._docs.get("signups", signup) or {"party": [{"person": "R1"}]})[
            "party"
        ]
        one = {"person": self._luck.choice(party)["person"], "reason": "场地变小"}
        return parties.leave(self._docs, {"signup": signup, **one}, self._secretary())

    def _decide(self, activity: str) -> Fact:
        rule = self._luck.choice(
            (signups.approve_signup, signups.approve_signup, signups.decline_signup)
        )
        return rule(
            self._docs,
            {"signup": self._signup(), "reason": "人数已满"},
            self._secretary(),
        )

    def _signup(self) -> str:
        made = [
            doc for (kind, _), doc in self._docs.changed.items() if kind == "signups"
        ]
        return str(self._luck.choice(made)["id"]) if made else "none"

    def _pass(self, activity: str) -> Fact:
        """In or out, mostly one who has a seat."""
        rule = self._luck.choice((door.check_in, door.check_out))
        seats = [
            doc for (kind, _), doc in self._docs.changed.items() if kind == "seats"
        ]
        seat = (
            self._luck.choice(seats)
            if seats
            else {"session": self._session(activity), "person": "R1"}
        )
        session = self._docs.the("sessions", seat["session"])
        at = datetime.fromisoformat(session["starts_at"]) + timedelta(
            minutes=self._luck.randint(0, 140)
        )
        of = {
            "activity": session["activity"],
            "session": session["id"],
            "person": seat["person"],
        }
        return rule(self._docs, {**of, "at": instant(at)}, self._secretary(LAST), KEY)

    def _recognise(self, activity: str) -> Fact:
        """Somebody who came helped, or did not."""
        came = [
            doc
            for (kind, _), doc in self._docs.changed.items()
            if kind == "seats" and doc["attended"]
        ]
        seat = (
            self._luck.choice(came)
            if came
            else {"activity": activity, "session": "none", "person": "R1"}
        )
        about = {
            "activity": seat["activity"],
            "session": seat["session"],
            "people": [seat["person"]],
        }
        said = {
            "role": self._luck.choice(("helper", "helper", "participant")),
            "reason": "核对",
        }
        return roles.change_roles(self._docs, {**about, **said}, self._secretary(LAST))

    def _rate(self, activity: str) -> Fact:
        came = [
            doc
            for (kind, _), doc in self._docs.changed.items()
            if kind == "seats" and doc["attended"]
        ]
        seat = (
            self._luck.choice(came)
            if came
            else {"session": self._session(activity), "person": "R1"}
        )
        about = {
            "activity": seat["session"].partition(".")[0],
            "session": seat["session"],
        }
        score = {"score": self._luck.randint(1, 5)}
        return door.rate(
            self._docs,
            {**about, **score},
            self._resident(principal(seat["person"]), LAST),
        )

    def _move(self, activity: str) -> Fact:
        """A session begins or ends; signing up for the others goes on."""
        rule = self._luck.choice((sessions.start, sessions.start, sessions.close))
        return rule(
            self._docs,
            {"activity": activity, "session": self._session(activity)},
            self._secretary(LAST),
        )

    def _change(self, activity: str) -> Fact:
        """To another day, or to other seats."""
        about: Json = {
            "activity": activity,
            "session": self._session(activity),
            "which": "one",
            "reason": "场地",
        }
        starts = FIRST + timedelta(hours=self._luck.choice((0, 1, 24, 49)))
        what = self._luck.choice(
            (
                self._times(starts),
                {"capacity": self._luck.randint(2, 9)},
                {"cohosts": ["unit/U1"]},
            )
        )
        return changes.change(self._docs, {**about, **what}, self._secretary())

    def _call_off(self, activity: str) -> Fact:
        if self._luck.random() < 0.95:
            about = {"session": self._session(activity), "which": "one"}
            return sessions.cancel_sessions(
                self._docs,
                {"activity": activity, **about, "reason": "雨"},
                self._secretary(),
            )
        return postings.cancel(
            self._docs, {"activity": activity, "reason": "雨"}, self._secretary()
        )

    def _correct(self, activity: str) -> list[Fact]:
        """Somebody's attendance is undone, or their hours decided; at times somebody comes who has not signed up."""
        seats = [
            doc for (kind, _), doc in self._docs.changed.items() if kind == "seats"
        ]
        if not seats:
            return []
        seat = self._luck.choice(seats)
        session = self._docs.the("sessions", seat["session"])
        of: Json = {"activity": session["activity"], "session": session["id"]}
        person = seat["person"]
        if session["state"] not in ("running", "closed"):
            return []
        if self._luck.random() < 0.3:
            person = self._luck.choice(PEOPLE)
            came = {"signup": self._id(), "party": [{"person": person}], "by": person}
            self._tell(
                "walked_in.v1",
                {**of, **came, **self._as(session, person), **self._hours("scanned")},
            )
        elif self._luck.random() < 0.5:
            told = {
                "attended": self._luck.random() < 0.3,
                **self._as(session, person),
                **self._hours("backfilled"),
            }
            self._tell(
                "check_undone.v1",
                {**of, "person": person, "undone": "in", "reason": "错", **told},
            )
        else:
            told = {
                "attended": self._luck.random() < 0.6,
                **self._as(session, person),
                **self._hours("adjusted"),
            }
            self._tell(
                "hours_corrected.v1", {**of, "person": person, "reason": "核对", **told}
            )
        return []

    def _as(self, session: Json, person: str) -> Json:
        """As what they sit there; who has never had a seat takes part."""
        seat = self._docs.get("seats", f"{session['id']}:{person}")
        return {"role": "helper"} if seat and seat["role"] == "helper" else {}

    def _hours(self, kind: str) -> Json:
        return {"minutes": self._luck.randint(0, 90), "hours": kind}

    def _tell(self, type: str, data: Json) -> None:
        """What activities would tell, in the words it has for it; its own documents do not know of it."""
        seq = len(self.events) + 1
        self.events.append(
            Event(seq, f"E{seq}", type, f"activity/{data['activity']}", "", data, "")
        )

    def _happen(self, fact: Fact) -> Event:
        event = happened(fact, seq=len(self.events) + 1)
        self.events.append(event)
        given_from(self._docs, Activities, "activities", fact)
        return event

    def _secretary(self, now: datetime | None = None) -> Asked:
        return asked(
            ("branch_secretary", "branch/B1"),
            id="S1",
            now=now or self._now,
            new_id=self._id(),
        )

    def _resident(self, person: str, now: datetime | None = None) -> Asked:
        return asked(
            ("resident", "510108"), id=person, now=now or self._now, new_id=self._id()
        )

    def _id(self) -> str:
        return f"N{len(self.events) + 1}-{self._luck.randrange(10**9)}"
