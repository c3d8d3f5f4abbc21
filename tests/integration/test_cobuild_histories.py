"""Random histories of offerings, bookings, claims, activities and suspensions, with crashes and a clock that jumps.

Whatever happens: no offering is overbooked, no need is held by two, every lease ends, every pause that a suspension
caused ends with it, the documents are what the log says, and every key is answered as it was the first time.
"""

import itertools
import json
import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing, suppress
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from pymongo import MongoClient

from schemas.cobuild.suggestions import MOST_TOLD
from schemas.fields import instant
from services.activities.service import Activities
from services.branches.service import Branches
from services.cobuild.model.lifecycles import OPEN
from services.cobuild.model.tallies import need_tally
from services.cobuild.rules.bounds import NEEDS_BY_A_WORKER
from services.cobuild.service import Cobuild
from services.district.calendar import LOCAL
from services.grids.service import Grids
from services.kit.actor import Actor, Role
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine.host import Host
from services.kit.engine.rebuild import rebuild
from services.kit.engine.tables import collections_of
from services.kit.engines.mongo.store import MongoStore
from services.kit.errors import Forbidden, Invalid, Refused, Unknown
from services.kit.service import Service
from services.kit.store import Store, open_store
from services.kit.views import Find
from services.partners.service import Partners
from services.people.service import People
from services.xfh.demo.plan import credit_code
from tests.clocks import HUNG_S
from tests.examples import cobuild as examples
from tests.examples import partners as partner_examples
from tests.given import DIVISIONS
from tests.mongo import NOTICE

ADMIN = Actor(
    "A1",
    (
        Role("district_admin", "*"),
        Role("unit_liaison", "*"),
        Role("community_worker", "*"),
    ),
)
ANOTHER = Actor("A2", (Role("street_admin", "*"),))
COMMUNITY = examples.COMMUNITY
RESIDENT = Actor("R1", (Role("resident", "*"),))
UNITS = 2
CAPACITY = 2
WHO = st.integers(0, UNITS - 1)
WHICH = st.integers(0, 30)
MOST = 1000
MOST_ROUNDS = 100
EXAMPLES, STEPS, FEW = 20, 25, 10


RAISE = ("raise_need", examples.COMMANDS["raise_need"], ADMIN)


class Crash(BaseException):
    """The process is gone: nothing may catch it."""


class CoBuilding(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="xfh-histories-"))
        self.settings = Settings(
            data=self.folder,
            clock_file=str(self.folder / "clock"),
            log_level="CRITICAL",
        )
        self.ahead = timedelta()
        self.keys = itertools.count()
        self.paused: set[str] = set()
        self.activities: list[str] = []
        self.told: list[tuple[str, str, dict[str, Any], Actor, str, Any]] = []
        self._start()
        for fact in DIVISIONS:
            division = {
                name: fact.data[name] for name in ("division", "name", "status")
            }
            self._do("branches", "record_division", division)
        self._follow()
        self.units = [self._unit(number) for number in range(UNITS)]
        self.partners = [self._partner(number) for number in range(UNITS)]
        self.offerings = [self._offering(unit) for unit in self.units]
        self.needs: list[str] = []
        self.raise_needs(questioned=0)
        for who in range(UNITS):
            self.claim(who, which=0, day=1, books=True)

    def teardown(self) -> None:
        self._must_hold_at_the_end()
        self.bus.stop()
        shutil.rmtree(self.folder)

    # What happens

    @rule(questioned=st.integers(0, 3))
    def raise_needs(self, questioned: int) -> None:
        """By the resident, or for them when they may raise no more; some are asked about before they are verified."""
        for number in range(3):
            raised = self._raised_for_the_resident()
            if raised is None:
                return
            need = raised["id"]
            self.needs.append(need)
            if number < questioned:
                self._do(
                    "cobuild", "ask_resident", {"need": need, "words": "哪天方便？"}
                )
            self._do(
                "cobuild",
                "verify_need",
                {"need": need, "title": "一项需求", "urgency": "urgent"},
            )

    def _raised_for_the_resident(self) -> Any:
        said = examples.COMMANDS["raise_need"]
        own = self._try("cobuild", "raise_need", said, RESIDENT)
        return own or self._try(
            "cobuild", "raise_need", {**said, "beneficiary": RESIDENT.id}
        )

    @rule(
        who=WHO,
        which=WHICH,
        day=st.integers(1, 2),
        books=st.sampled_from([True, True, False]),
    )
    def claim(self, who: int, which: int, day: int, books: bool) -> None:
        """Three of them for the same day, more than there is room for, and one that another unit has."""
        verified = self._all("needs", "raised_at", state="verified")[which % 3 :][:3]
        for need in [*verified, *self._one(which, "claimed")]:
            body: dict[str, Any] = {
                "need": need["id"],
                "unit": self.units[who],
                "due": self._day(20),
            }
            if books:
                body |= {"offering": self.offerings[who], "starts_at": self._nine(day)}
            self._try("cobuild", "claim_need", body)

    @rule(who=WHO, which=WHICH)
    def dispatch(self, who: int, which: int) -> None:
        for need in [*self._one(which, "verified"), *self._one(which, "claimed")]:
            self._try(
                "cobuild",
                "dispatch_need",
                {"need": need["id"], "unit": self.units[who], "due": self._day(20)},
            )

    @rule(which=WHICH, step=st.sampled_from(["ask_resident", "answer_need"]))
    def ask(self, which: int, step: str) -> None:
        for need in self._one(which, "verified", "claimed"):
            self._try("cobuild", step, {"need": need["id"], "words": "哪天方便？"})

    @rule(
        which=WHICH,
        step=st.sampled_from(
            [
                "begin_commitment",
                "fulfil_commitment",
                "give_up_commitment",
                "decline_commitment",
            ]
        ),
        questioned=st.booleans(),
    )
    def go_on(self, which: int, step: str, questioned: bool) -> None:
        """With a question to the resident still open, or none."""
        for need in self._one(which, "claimed"):
            if questioned:
                self._try(
                    "cobuild",
                    "ask_resident",
                    {"need": need["id"], "words": "哪天方便？"},
                )
            said = {
                name: value
                for name, value in examples.COMMANDS[step].items()
                if name != "commitment"
            }
            self._try("cobuild", step, {**said, "commitment": need["commitment"]})

    @rule(which=WHICH, day=st.integers(1, 4), agrees=st.booleans())
    def talk(self, which: int, day: int, agrees: bool) -> None:
        """The resident asks and proposes a time, which the unit agrees to, or not."""
        for need in self._one(which, "claimed"):
            of = {"commitment": need["commitment"]}
            self._try(
                "cobuild",
                "say_on_commitment",
                {**of, "words": "要准备什么？"},
                RESIDENT,
            )
            self._try(
                "cobuild",
                "propose_time",
                {**of, "starts_at": self._nine(day)},
                RESIDENT,
            )
            if agrees:
                self._try("cobuild", "agree_time", {**of, "starts_at": self._nine(day)})

    @rule(which=WHICH)
    def pass_up(self, which: int) -> None:
        for need in self._one(which, "verified"):
            self._try(
                "cobuild",
                "pass_up_need",
                {"need": need["id"], "unit": need.get("suggested_to", self.units[0])},
            )

    @rule(
        which=WHICH,
        step=st.sampled_from(
            [
                "confirm_need",
                "dispute_need",
                "withdraw_need",
                "reopen_need",
                "delete_need_words",
            ]
        ),
    )
    def answer(self, which: int, step: str) -> None:
        for need in self._one(which, "claimed", "fulfilled", "confirmed", "closed"):
            said = {
                name: value
                for name, value in examples.COMMANDS[step].items()
                if name != "need"
            }
            self._try("cobuild", step, {**said, "need": need["id"]}, RESIDENT)

    @rule(which=WHICH, step=st.sampled_from(["send_back_need", "settle_need"]))
    def judge_work(self, which: int, step: str) -> None:
        for need in self._one(which, "disputed"):
            due = {"due": self._day(9)} if step == "send_back_need" else {}
            self._try(
                "cobuild", step, {"need": need["id"], "reason": "看过现场", **due}
            )

    @rule(who=WHO, capacity=st.integers(1, CAPACITY + 1))
    def revise(self, who: int, capacity: int) -> None:
        """Less than is booked already is refused, whatever the period."""
        self._try(
            "cobuild",
            "revise_offering",
            {**self._content(capacity), "offering": self.offerings[who]},
        )

    @rule(who=WHO, day=st.integers(1, 2))
    def post_activities(self, who: int, day: int) -> None:
        """Two that use the same offering at the same time; cobuild answers when it hears of them."""
        for _ in range(2):
            about = {
                "host": f"community/{COMMUNITY}", "title": "义诊", "category": "义诊", "community": COMMUNITY,
                "place": "广场", "starts_at": self._nine(day), "ends_at": self._nine(day, 10), "capacity": 9,
            }  # fmt: skip
            activity = str(self._do("activities", "draft_activity", about)["id"])
            self.activities.append(activity)
            self._do("activities", "publish_activity", {"activity": activity})
            asked = {"activity": activity, "offering": self.offerings[who]}
            self._try("activities", "request_offering", asked)
        self._follow()

    @rule(
        which=WHICH,
        step=st.sampled_from(["cancel_activity", "withdraw_offering_request"]),
    )
    def take_back(self, which: int, step: str) -> None:
        """Of one of the two posted last, whatever became of their requests."""
        for activity in self.activities[-2:][which % 2 :][:1]:
            more = (
                {"reason": "下雨"}
                if step == "cancel_activity"
                else {"offering": self.offerings[which % UNITS]}
            )
            self._try("activities", step, {"activity": activity, **more})
        self._follow()

    @rule(who=WHO, step=st.sampled_from(["suspend", "reinstate"]))
    def judge(self, who: int, step: str) -> None:
        more = {"reason": "年检", "confirm": True} if step == "suspend" else {}
        self._try("partners", step, {"partner": self.partners[who], **more})
        self._follow()

    @rule(who=WHO, step=st.sampled_from(["suspend_unit", "reinstate_unit"]))
    def judge_unit(self, who: int, step: str) -> None:
        more = {"reason": "年检", "confirm": True} if step == "suspend_unit" else {}
        self._try("cobuild", step, {"unit": self.units[who], **more}, ANOTHER)

    @rule(upheld=st.booleans(), again=st.booleans())
    def reject(self, upheld: bool, again: bool) -> None:
        """A need, appealed and decided by another; perhaps once more."""
        raised = self._raised_for_the_resident()
        if raised is None:
            return
        need = {"need": raised["id"]}
        self.needs.append(raised["id"])
        for _ in range(1 + again):
            self._try("cobuild", "reject_need", {**need, "reason": "不在本社区"})
            self._try(
                "cobuild", "appeal_need", {**need, "words": "我就住这里"}, RESIDENT
            )
            decision = {**need, "upheld": upheld, "reason": "已核对"}
            self._try("cobuild", "decide_need_appeal", decision)
            self._try("cobuild", "decide_need_appeal", decision, ANOTHER)

    @rule(who=WHO, step=st.sampled_from(["pause_offering", "resume_offering"]))
    def pause(self, who: int, step: str) -> None:
        reason = {"reason": "检修"} if step == "pause_offering" else {}
        offering = self.offerings[who]
        if self._try("cobuild", step, {"offering": offering, **reason}) is not None:
            self.paused ^= {offering}

    @rule(hours=st.sampled_from([1, 24, 24 * 4]))
    def time_passes(self, hours: int) -> None:
        self.ahead += timedelta(hours=hours)
        Path(self.settings.clock_file).write_text(str(self.ahead.total_seconds()))
        rounds = sum(
            1
            for _ in takewhile(
                lambda fired: fired,
                (self.host.timers.fire() for _ in range(MOST_ROUNDS)),
            )
        )
        assert rounds < MOST_ROUNDS, "something stays due"

    @rule(after_append=st.booleans(), claims=st.booleans(), who=WHO)
    def crash(self, after_append: bool, claims: bool, who: int) -> None:
        """In the middle of a command: before anything is durable, or when the log has it and no document does."""
        store = self.host.store
        spot, name = (store.views, "commit") if after_append else (store.log, "append")

        def dies(*args: Any) -> Any:
            raise Crash

        setattr(spot, name, dies)
        key = f"crashed-{next(self.keys)}"
        method, payload, actor = self._claim_with_booking(who) if claims else RAISE
        with suppress(Crash):
            self.host.ledger.together(
                [self.host.request(self.host.command(method), payload, actor, key)]
            )
        delattr(spot, name)
        self.bus.stop()
        self._start()
        self._follow()
        document = self._try("cobuild", method, payload, actor, key)
        if not claims:
            self.needs.append(document["id"])

    def _claim_with_booking(self, who: int) -> tuple[str, dict[str, Any], Actor]:
        """Of a need that may be claimed by then, or not."""
        need = next(iter(self._one(who, "verified", "claimed", "raised")), {"id": "N0"})
        body = {"need": need["id"], "unit": self.units[who], "due": self._day(20)}
        return (
            "claim_need",
            {**body, "offering": self.offerings[who], "starts_at": self._nine(1)},
            ADMIN,
        )

    # What always holds

    @invariant()
    def nothing_is_overbooked(self) -> None:
        for offering in self.offerings:
            held = Counter(
                booking["period"]
                for booking in self._all(
                    "bookings", "starts_at", offering=offering, state="held"
                )
            )
            used = {
                usage["id"].partition(":")[2]: usage["used"]
                for full in ("yes", "no")
                for usage in self._all("usage", "begins", offering=offering, full=full)
            }
            assert {period: count for period, count in used.items() if count} == dict(
                held
            )
            capacity = self._ask("cobuild", "get_offering", {"offering": offering})[
                "capacity"
            ]
            today = self._day(0)  # A revision keeps what is promised from now on.
            assert all(
                count <= (capacity if period >= today else CAPACITY + 1)
                for period, count in held.items()
            )

    @invariant()
    def what_ended_without_being_done_holds_no_booking(self) -> None:
        for offering in self.offerings:
            for booking in self._all(
                "bookings", "starts_at", offering=offering, state="held"
            ):
                holder = self.host.store.views.get("commitments", booking["holder"])
                if holder is not None:
                    assert holder["state"] not in {
                        "lapsed",
                        "declined",
                        "withdrawn",
                        "cancelled",
                    }

    @invariant()
    def a_cancelled_activity_holds_no_booking(self) -> None:
        held = {
            booking["holder"].partition(".")[0]
            for offering in self.offerings
            for booking in self._all(
                "bookings", "starts_at", offering=offering, state="held"
            )
        }
        for activity in self.activities:
            state = self._ask("activities", "get_activity", {"activity": activity})[
                "state"
            ]
            assert activity not in held or state != "cancelled"

    @invariant()
    def who_waits_for_an_answer_has_no_clock_running(self) -> None:
        for id in self.needs:
            need = self.host.store.views.get("needs", id)
            assert need is not None
            running = [
                clock
                for clock in ("claim", "close")
                if need[f"{clock}_clock"] == "running"
            ]
            assert not (need["waiting"] and running)
            assert need["waiting"] or "stopped" not in (
                need["claim_clock"],
                need["close_clock"],
            )

    @invariant()
    def what_can_be_deleted_is_kept_and_nothing_else(self) -> None:
        for id in self.needs:
            need = self.host.store.views.get("needs", id)
            assert need is not None
            written = {words["note"] for words in need["written"]}
            assert set(need["notes"].values()) <= written
            assert all(self.host.store.keep.get("notes", note) for note in written)

    @invariant()
    def what_is_open_is_counted_for_whose_it_is(self) -> None:
        needs = [self.host.store.views.get("needs", id) for id in self.needs]
        open_ones = Counter(
            need_tally(need)
            for need in needs
            if need is not None and need["state"] in OPEN
        )
        for id in {need_tally(need) for need in needs if need is not None}:
            tally = self.host.store.views.get("tallies", id)
            assert tally is not None
            assert tally["open"] == open_ones[id]
        assert open_ones[f"need/{RESIDENT.id}"] <= NEEDS_BY_A_WORKER.open

    @invariant()
    def units_are_told_of_what_is_free_a_few_and_each_once(self) -> None:
        for id in self.needs:
            need = self.host.store.views.get("needs", id) or {}
            told = need.get("told", [])
            assert len(set(told)) == len(told) <= MOST_TOLD
            assert not set(told) & set(need.get("let_go", []))
            asked = [need["suggested_to"]] if "suggested_to" in need else []
            assert not asked or (need["state"], told[-1:]) == ("verified", asked)

    @invariant()
    def no_work_was_reported_before_its_time_without_saying_why(self) -> None:
        for event in self.host.store.log.read(0, MOST, ["need_fulfilled.v1"]):
            agreed = [
                other.data["starts_at"]
                for other in self.host.store.log.read_stream(
                    event.stream, event.version
                )
                if other.type == "time_agreed.v1"
                and other.data["commitment"] == event.data["commitment"]
            ]
            assert ("early" in event.data) == (
                event.time < max(agreed[-1:], default="")
            )

    @invariant()
    def a_need_is_held_by_one_at_most(self) -> None:
        for id in self.needs:
            need = self.host.store.views.get("needs", id)
            assert need is not None
            active = [
                c["id"]
                for c in self._all("commitments", "taken_at", need=id)
                if c["state"] in {"held", "underway"}
            ]
            assert active == (
                [need["commitment"]] if need["state"] == "claimed" else []
            )

    @invariant()
    def every_lease_has_ended_that_should(self) -> None:
        now = instant(self.settings.now() - timedelta(minutes=1))
        held = self._all("commitments", "lease_until", state="held")
        assert not [
            commitment["id"] for commitment in held if commitment["lease_until"] < now
        ]

    @invariant()
    def a_pause_by_suspension_lasts_just_as_long(self) -> None:
        for offering, partner in zip(self.offerings, self.partners, strict=True):
            suspended = (
                self._ask("partners", "get_partner", {"partner": partner})["state"]
                == "suspended"
            )
            pauses = self._ask("cobuild", "get_offering", {"offering": offering})[
                "pauses"
            ]
            assert ("suspension" in pauses) == suspended
            unit = self._ask("cobuild", "get_offering", {"offering": offering})["unit"]
            state = self._ask("cobuild", "get_unit", {"unit": unit})["state"]
            assert ("unit_suspended" in pauses) == (state == "suspended")
            assert ("unit" in pauses) == (offering in self.paused)

    def _must_hold_at_the_end(self) -> None:
        """I3 and I5: the documents are a function of the log, and a key has one answer."""
        before = self._documents()
        logs = {name: host.store.log for name, host in self.bus.hosts.items()}
        rebuild(Cobuild, self.host.store, logs, lambda count: None)
        assert before["needs"] or not self.needs
        assert self._documents() == before
        for service, method, payload, actor, key, first in self.told:
            assert self._call(service, method, payload, actor, key) == first

    # How it is asked

    def _open(self, service: type[Service]) -> Store:
        return open_store(
            f"sqlite:{self.folder}", service.name, collections_of(service)
        )

    def _start(self) -> None:
        self.bus = LocalBus()
        for service in (Branches, Partners, Cobuild, Activities, Grids, People):
            self.bus.hosts[service.name] = Host(
                service, self.settings, self.bus, self._open(service)
            )
        self.host: Host = self.bus.hosts["cobuild"]

    def _follow(self) -> None:
        for service in ("partners", "activities", "cobuild"):
            for follower in self.bus.hosts[service].followers.values():
                follower.catch_up()

    def _call(
        self, service: str, method: str, payload: dict[str, Any], actor: Actor, key: str
    ) -> Any:
        return self.bus.call(
            service,
            method,
            payload,
            actor=actor,
            key=key,
            deadline=Deadline.after(HUNG_S),
        )

    def _do(
        self,
        service: str,
        method: str,
        payload: dict[str, Any],
        actor: Actor = ADMIN,
        key: str = "",
    ) -> Any:
        key = key or f"k{next(self.keys)}"
        answer = self._call(service, method, payload, actor, key)
        self.told.append((service, method, payload, actor, key, answer))
        return answer["document"]

    def _try(
        self,
        service: str,
        method: str,
        payload: dict[str, Any],
        actor: Actor = ADMIN,
        key: str = "",
    ) -> Any:
        """What a rule refuses is refused: the histories are random. Then there is no document."""
        with suppress(Forbidden, Invalid, Refused, Unknown):
            return self._do(service, method, payload, actor, key)
        return None

    def _ask(self, service: str, method: str, payload: dict[str, Any]) -> Any:
        return self._call(service, method, payload, ADMIN, "")

    def _all(self, collection: str, by: str, **where: str) -> list[dict[str, Any]]:
        return self.host.store.views.find(Find(collection, where, by, limit=MOST))

    def _documents(self) -> dict[str, dict[str, Any]]:
        """Every document of every collection, by the tables of the generation being served."""
        with closing(sqlite3.connect(self.folder / "cobuild.sqlite")) as store:
            (serving,) = store.execute("SELECT serving FROM generations").fetchone()
            return {
                collection.name: {
                    id: json.loads(doc)
                    for id, doc in store.execute(
                        f"SELECT id, doc FROM g{serving}_{collection.name}"
                    )
                }
                for collection in Cobuild.collections
            }

    def _unit(self, number: int) -> str:
        body = {
            **examples.REGISTRATION,
            "name": f"单位{number}",
            "credit_code": credit_code(number),
        }
        unit = str(self._do("cobuild", "register_unit", body)["id"])
        self._do("cobuild", "approve_unit", {"unit": unit}, ANOTHER)
        return unit

    def _partner(self, number: int) -> str:
        body = {
            **partner_examples.COMMANDS["apply"],
            "name": f"单位{number}",
            "credit_code": credit_code(number),
        }
        partner = str(self._do("partners", "apply", body)["id"])
        self._do("partners", "approve", {"partner": partner})
        self._follow()
        return partner

    def _offering(self, unit: str) -> str:
        return str(
            self._do(
                "cobuild", "publish_offering", {**self._content(CAPACITY), "unit": unit}
            )["id"]
        )

    def _content(self, capacity: int) -> dict[str, Any]:
        times = {"starts_at": self._nine(-1), "minutes": 60, "repeats": "FREQ=DAILY"}
        return {
            **examples.ABOUT,
            **times,
            "capacity": capacity,
            "per": "day",
            "valid_until": "2999-12-31",
        }

    def _one(self, which: int, *states: str) -> list[dict[str, Any]]:
        """One of the needs in these states, or none."""
        found = [
            need
            for state in states
            for need in self._all("needs", "raised_at", state=state)
        ]
        return [found[which % len(found)]] if found else []

    def _day(self, days: int) -> str:
        return (
            (self.settings.now() + timedelta(days=days))
            .astimezone(LOCAL)
            .date()
            .isoformat()
        )

    def _nine(self, days: int, hour: int = 9) -> str:
        return instant(
            datetime.fromisoformat(f"{self._day(days)}T{hour:02}:00:00").replace(
                tzinfo=LOCAL
            )
        )


class OnMongoDB(CoBuilding):
    """The same on the server at `url`."""

    url = ""

    def _open(self, service: type[Service]) -> Store:
        client = MongoClient[Any](self.url, timeoutMS=HUNG_S * 1000)
        return MongoStore(
            client, f"{self.folder.name}_{service.name}", collections_of(service)
        )

    def _documents(self) -> dict[str, dict[str, Any]]:
        """By a client of its own, so that what is on no server is not there."""
        with MongoClient[Any](self.url, timeoutMS=HUNG_S * 1000) as client:
            store = client[f"{self.folder.name}_cobuild"]
            (served,) = store["generations"].find()
            return {
                collection.name: {
                    doc["_id"]: doc
                    for doc in store[f"g{served['serving']}_{collection.name}"].find()
                }
                for collection in Cobuild.collections
            }


def played(machine: type[CoBuilding], examples: int, steps: int) -> None:
    so_many = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    run_state_machine_as_test(machine, settings=so_many)


def test_whatever_happens_what_is_promised_holds(seeds: int) -> None:
    played(CoBuilding, EXAMPLES + seeds, STEPS)


@pytest.mark.timeout(
    3600
)  # Ten seconds an example, of which `--seeds` may ask for many.
def test_whatever_happens_on_mongodb_what_is_promised_holds(
    mongodb: str | None, seeds: int
) -> None:
    if mongodb is None:
        pytest.skip(NOTICE)
    OnMongoDB.url = mongodb
    played(OnMongoDB, 1 + seeds, FEW)
