"""What may happen in a random history of needs, claims, offerings, activities and suspensions."""

from contextlib import suppress
from datetime import timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from services.kit.actor import Actor
from tests.examples import cobuild as examples
from tests.integration.cobuild_promises import Promised
from tests.integration.cobuild_stage import (
    ADMIN,
    ANOTHER,
    CAPACITY,
    COMMUNITY,
    RESIDENT,
    UNITS,
)

WHO = st.integers(0, UNITS - 1)
WHICH = st.integers(0, 30)
MOST_ROUNDS = 100
RAISE = ("raise_need", examples.COMMANDS["raise_need"], ADMIN)


class Crash(BaseException):
    """The process is gone: nothing may catch it."""


class CoBuilding(Promised):
    @initialize()
    def begin(self) -> None:
        self.open_all()
        self.raise_needs(questioned=0)
        for who in range(UNITS):
            self.claim(who, which=0, day=1, books=True)

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
