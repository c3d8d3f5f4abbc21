"""The demonstration's week: needs and commitments, joint meetings, a suspension, and then the day of activities."""

from typing import Any

from schemas.documents import Json
from services.xfh.demo import activities
from services.xfh.demo.day import Day
from services.xfh.demo.doorstep import Doorstep
from services.xfh.demo.founding import establish
from services.xfh.demo.meetings import Meeting
from services.xfh.demo.partners import suspend_and_reinstate
from services.xfh.demo.script import Need
from services.xfh.demo.series import Series
from services.xfh.demo.tables import table_of

MONDAY, TUESDAY = "2026-06-08", "2026-06-09"
THURSDAY, FRIDAY = "2026-06-11", "2026-06-12"
FRIDAY_AT_NINE = {"starts_at": f"{FRIDAY}T09:00:00+08:00"}
DUE = "2026-06-12"
MEETINGS = 2


def live(day: Day, series: Series) -> None:
    """The whole week and the Saturday before: the doors, what there is, the co-building, and the day of activities."""
    doorstep = Doorstep(day)
    doorstep.begin()
    doorstep.walk()
    day.at("08:30", MONDAY)
    establish(day)
    doorstep.hand_on()
    CoBuilding(day).live()
    doorstep.go_again()
    series.post()
    activities.live(day)
    series.hold_on(day)
    doorstep.hear_late()


class CoBuilding:
    """One run of it; it asks as the day does, so it is taken up where it stopped just the same."""

    def __init__(self, day: Day):
        self._day = day
        self._ids: dict[str, str] = {}
        self._commitments: dict[str, str] = {}

    def live(self) -> None:
        day, needs = self._day, self._day.plan.needs
        self._upload()
        day.at("09:30", MONDAY)
        day.for_all(self._raise, needs)
        streets = range(min(MEETINGS, len(day.units)))
        called = [Meeting(day, number) for number in streets]
        day.at("15:00", TUESDAY)
        for meeting in called:
            meeting.hold()
        day.for_all(self._work, needs)
        suspend_and_reinstate(day)
        day.at("10:00", THURSDAY)
        day.for_all(self._take_over, needs)
        day.at("10:00", FRIDAY)
        day.for_all(self._finish, needs)

    def _upload(self) -> None:
        """A street clerk's table has some units more, which wait to be approved."""
        uploaded = self._day.plan.uploaded
        clerk = self._day.street(self._day.plan.units[0].body["community"])
        report = self._day.upload("units", clerk, table_of(uploaded))
        assert report["refused"] == 0, report

    # Needs, each with a fate of its own

    def _raise(self, need: Need) -> None:
        """Monday: told, verified, and taken on by somebody or not."""
        day = self._day
        resident = day.resident(need.person)
        worker = day.worker(need.community)
        self._ids[need.key] = day.new("/needs", resident, need.body, need.key)
        if need.fate == "rejected":
            self._step(need, "reject", worker, reason="这件事由物业负责，已转告")
            return
        urgency = need.body["urgency"]
        self._step(need, "verify", worker, title=need.title, urgency=urgency)
        if need.fate == "asked":
            self._step(need, "ask", worker, words="哪天方便？")
            self._step(need, "answer", resident, words="周五上午")
        if need.fate not in {"unclaimed", "withdrawn"}:
            self._take_on(need)

    def _take_on(self, need: Need) -> None:
        """Claimed by a unit, or given to it by the community."""
        day = self._day
        body: Json = {"unit": day.units[need.unit], "due": DUE}
        if need.fate == "done" and need.unit in day.offerings:
            body |= {"offering": day.offerings[need.unit]} | FRIDAY_AT_NINE
        if need.fate in {"declined", "dispatched"}:
            self._commit(need, "dispatch", day.worker(need.community), body)
        else:
            self._commit(need, "claim", day.liaison(need.unit), body)

    def _commit(
        self, need: Need, step: str, token: str, body: Json, key: str = ""
    ) -> None:
        path = f"/needs/{self._ids[need.key]}/{step}"
        key = f"{need.key}-{key or step}"
        self._commitments[need.key] = self._day.new(path, token, body, key)

    def _work(self, need: Need) -> None:
        """Tuesday: most units act, some do not, some cannot."""
        liaison = self._day.liaison(need.unit)
        if need.fate == "withdrawn":
            resident = self._day.resident(need.person)
            self._step(need, "withdraw", resident, reason="已经解决")
        elif need.fate == "declined":
            self._of_commitment(need, "decline", liaison, reason="本周人手不够")
        elif need.fate == "given up":
            self._of_commitment(need, "give-up", liaison, reason="设备故障")
        elif need.fate not in {"rejected", "unclaimed", "lapsed"}:
            self._of_commitment(need, "begin", liaison)
            why = self._agreed(need, liaison) if need.fate == "asked" else {}
            done: Json = {"words": "按约上门，已经办好。", "served": 1}
            self._of_commitment(need, "fulfil", liaison, **done, **why)

    def _agreed(self, need: Need, liaison: str) -> dict[str, str]:
        """They agree on Friday; the resident then asks the unit to come sooner, which its report says."""
        resident = self._day.resident(need.person)
        asks = "周五上午九点可以吗？"
        sooner = "可以。能早点来更好，今天都在家。"
        self._of_commitment(need, "messages", liaison, words=asks)
        self._of_commitment(need, "times", liaison, **FRIDAY_AT_NINE)
        self._of_commitment(need, "times/agree", resident, **FRIDAY_AT_NINE)
        self._of_commitment(need, "messages", resident, "answer", words=sooner)
        return {"why_early": "对方请我们早点来。"}

    def _take_over(self, need: Need) -> None:
        """Thursday: what a unit has not acted on is free again, and another unit does it."""
        if need.fate == "lapsed":
            self._day.until(lambda: self._has_lapsed(need))
        if need.fate in {"lapsed", "declined", "given up"}:
            self._do_instead(need)
        elif need.fate == "disputed":
            resident = self._day.resident(need.person)
            worker = self._day.worker(need.community)
            again = {"due": DUE, "reason": "请把另一半做完"}
            self._step(need, "dispute", resident, words="只做了一半")
            self._step(need, "send-back", worker, **again)

    def _do_instead(self, need: Need) -> None:
        liaison = self._day.liaison(need.other)
        body = {"unit": self._day.units[need.other], "due": DUE}
        self._commit(need, "claim", liaison, body, "second-claim")
        done = {"words": "接手后办好。", "served": 1}
        self._of_commitment(need, "fulfil", liaison, "second", **done)

    def _has_lapsed(self, need: Need) -> bool:
        path = f"/commitments/{self._commitments[need.key]}"
        commitment = self._day.get(path, self._day.worker(need.community))
        return bool(commitment["state"] == "lapsed")

    def _finish(self, need: Need) -> None:
        """Friday: who it was for says whether it is done."""
        if need.fate in {"rejected", "unclaimed", "withdrawn", "dispatched"}:
            return
        was_disputed = need.fate == "disputed"
        if was_disputed:
            liaison = self._day.liaison(need.unit)
            done = {"words": "另一半也好了。", "served": 1}
            self._of_commitment(need, "fulfil", liaison, "again", **done)
        resident = self._day.resident(need.person)
        self._step(need, "confirm", resident, score=4 if was_disputed else 5)

    def _step(self, need: Need, step: str, token: str, **body: Any) -> None:
        path = f"/needs/{self._ids[need.key]}/{step}"
        self._day.do(path, token, body, f"{need.key}-{step}")

    def _of_commitment(
        self, need: Need, step: str, token: str, time: str = "first", **body: Any
    ) -> None:
        path = f"/commitments/{self._commitments[need.key]}/{step}"
        self._day.do(path, token, body, f"{need.key}-{step}-{time}")
