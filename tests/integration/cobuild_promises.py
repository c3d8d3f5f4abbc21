"""What is promised whatever happens to needs, offerings, units and partners."""

import shutil
from collections import Counter
from datetime import timedelta

from hypothesis.stateful import invariant

from schemas.cobuild.suggestions import MOST_TOLD
from schemas.fields import instant
from services.cobuild.model.lifecycles import OPEN
from services.cobuild.model.tallies import need_tally
from services.cobuild.rules.bounds import NEEDS_BY_A_WORKER
from services.cobuild.service import Cobuild
from services.kit.engine.rebuild import rebuild
from tests.integration.cobuild_stage import CAPACITY, MOST, RESIDENT, CoBuildingStage


class Promised(CoBuildingStage):
    def teardown(self) -> None:
        self._must_hold_at_the_end()
        self.bus.stop()
        shutil.rmtree(self.folder)

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
