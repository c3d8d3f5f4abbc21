"""The demonstration's week: needs and commitments, joint meetings, a suspension, and then the day of activities."""

import csv
from io import StringIO
from typing import Any

from services.kit.actor import Role
from services.xfh.demo.day import Day
from services.xfh.demo.plan import Need
from services.xfh.demo.series import Series

MONDAY, TUESDAY, THURSDAY, FRIDAY = (
    "2026-06-08",
    "2026-06-09",
    "2026-06-11",
    "2026-06-12",
)
DUE = "2026-06-12"
MEETINGS = 2


def live(day: Day, series: Series) -> None:
    """The whole week: what there is, the co-building, and on Saturday the day of activities."""
    day.at("08:30", MONDAY)
    day.establish()
    CoBuilding(day).live()
    series.post()
    day.live()
    series.hold_on(day)


def table_of(rows: list[dict[str, Any]]) -> str:
    """CSV, its heading the fields of the first row."""
    file = StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


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
        meetings = [
            self._call(number) for number in range(min(MEETINGS, len(day.units)))
        ]
        day.at("15:00", TUESDAY)
        for number, meeting in enumerate(meetings):
            self._hold(number, meeting)
        day.for_all(self._work, needs)
        self._suspend_and_reinstate()
        day.at("10:00", THURSDAY)
        day.for_all(self._take_over, needs)
        day.at("10:00", FRIDAY)
        day.for_all(self._finish, needs)

    def _upload(self) -> None:
        """One table has the grids; another, a street clerk's, some units more, which wait to be approved."""
        street = self._day.plan.units[0].body["community"][:9]
        report = self._day.upload(
            "units", self._day.street(street), table_of(self._day.plan.uploaded)
        )
        assert report["refused"] == 0, report
        report = self._day.upload(
            "grids", self._day.district(), table_of(self._day.plan.grids)
        )
        assert report["refused"] == 0, report

    # Needs, each with a fate of its own

    def _raise(self, need: Need) -> None:
        """Monday: told, verified, and taken on by somebody or not."""
        day, resident, worker = (
            self._day,
            self._day.resident(need.person),
            self._day.worker(need.community),
        )
        id = self._ids[need.key] = day.new("/needs", resident, need.body, need.key)
        if need.fate == "rejected":
            self._step(need, "reject", worker, reason="这件事由物业负责，已转告")
            return
        self._step(
            need, "verify", worker, title=need.title, urgency=need.body["urgency"]
        )
        if need.fate == "asked":
            self._step(need, "ask", worker, words="哪天方便？")
            self._step(need, "answer", resident, words="周五上午")
        if need.fate in {"unclaimed", "withdrawn"}:
            return
        body = {"unit": day.units[need.unit], "due": DUE}
        if need.fate == "done" and need.unit in day.offerings:
            body |= {
                "offering": day.offerings[need.unit],
                "starts_at": f"{FRIDAY}T09:00:00+08:00",
            }
        by, step = (
            (worker, "dispatch")
            if need.fate in {"declined", "dispatched"}
            else (day.liaison(need.unit), "claim")
        )
        self._commitments[need.key] = day.new(
            f"/needs/{id}/{step}", by, body, f"{need.key}-{step}"
        )

    def _work(self, need: Need) -> None:
        """Tuesday: most units act, some do not, some cannot."""
        liaison = self._day.liaison(need.unit)
        if need.fate == "withdrawn":
            self._step(
                need, "withdraw", self._day.resident(need.person), reason="已经解决"
            )
        elif need.fate == "declined":
            self._of_commitment(need, "decline", liaison, reason="本周人手不够")
        elif need.fate == "given up":
            self._of_commitment(need, "give-up", liaison, reason="设备故障")
        elif need.fate not in {"rejected", "unclaimed", "lapsed"}:
            self._of_commitment(need, "begin", liaison)
            why = self._agreed(need, liaison) if need.fate == "asked" else {}
            self._of_commitment(
                need, "fulfil", liaison, words="按约上门，已经办好。", served=1, **why
            )

    def _agreed(self, need: Need, liaison: str) -> dict[str, str]:
        """They agree on Friday; the resident then asks the unit to come sooner, which its report says."""
        resident, friday = (
            self._day.resident(need.person),
            {"starts_at": f"{FRIDAY}T09:00:00+08:00"},
        )
        self._of_commitment(need, "messages", liaison, words="周五上午九点可以吗？")
        self._of_commitment(need, "times", liaison, **friday)
        self._of_commitment(need, "times/agree", resident, **friday)
        self._of_commitment(
            need,
            "messages",
            resident,
            "answer",
            words="可以。能早点来更好，今天都在家。",
        )
        return {"why_early": "对方请我们早点来。"}

    def _take_over(self, need: Need) -> None:
        """Thursday: what a unit has not acted on is free again, and another unit does it."""
        if need.fate == "lapsed":
            self._day.until(
                lambda: self._shown(need, "commitments")["state"] == "lapsed"
            )
        if need.fate in {"lapsed", "declined", "given up"}:
            liaison, body = (
                self._day.liaison(need.other),
                {"unit": self._day.units[need.other], "due": DUE},
            )
            path, key = (
                f"/needs/{self._ids[need.key]}/claim",
                f"{need.key}-second-claim",
            )
            self._commitments[need.key] = self._day.new(path, liaison, body, key)
            self._of_commitment(
                need, "fulfil", liaison, "second", words="接手后办好。", served=1
            )
        elif need.fate == "disputed":
            self._step(
                need, "dispute", self._day.resident(need.person), words="只做了一半"
            )
            self._step(
                need,
                "send-back",
                self._day.worker(need.community),
                due=DUE,
                reason="请把另一半做完",
            )

    def _finish(self, need: Need) -> None:
        """Friday: who it was for says whether it is done."""
        if need.fate in {"rejected", "unclaimed", "withdrawn", "dispatched"}:
            return
        if need.fate == "disputed":
            self._of_commitment(
                need,
                "fulfil",
                self._day.liaison(need.unit),
                "again",
                words="另一半也好了。",
                served=1,
            )
        self._step(
            need,
            "confirm",
            self._day.resident(need.person),
            score=4 if need.fate == "disputed" else 5,
        )

    def _step(self, need: Need, step: str, token: str, **body: Any) -> None:
        self._day.do(
            f"/needs/{self._ids[need.key]}/{step}", token, body, f"{need.key}-{step}"
        )

    def _of_commitment(
        self, need: Need, step: str, token: str, time: str = "first", **body: Any
    ) -> None:
        path = f"/commitments/{self._commitments[need.key]}/{step}"
        self._day.do(path, token, body, f"{need.key}-{step}-{time}")

    def _shown(self, need: Need, kind: str) -> Any:
        id = (
            self._commitments[need.key]
            if kind == "commitments"
            else self._ids[need.key]
        )
        return self._day.get(f"/{kind}/{id}", self._day.worker(need.community))

    # Joint meetings

    def _call(self, number: int) -> str:
        street = self._day.plan.units[number].body["community"][:9]
        body = {
            "division": street,
            "held_at": f"{TUESDAY}T14:00:00+08:00",
            "place": "街道党群服务中心",
            "agenda": "邻里互助",
        }
        return self._day.new(
            "/meetings", self._day.street(street), body, f"meeting-{number}"
        )

    def _hold(self, number: int, meeting: str) -> None:
        """Its one resolution becomes a project of the unit in the first street, a need in the second."""
        day, unit = self._day, self._day.plan.units[number]
        community = unit.body["community"]
        street, key = day.street(community), f"meeting-{number}"
        day.do(
            f"/meetings/{meeting}/attendance",
            street,
            {"units": [day.units[number]]},
            f"{key}-attendance",
        )
        day.do(
            f"/meetings/{meeting}/minutes",
            street,
            {"minutes": "到会单位同意分片包干。"},
            f"{key}-minutes",
        )
        day.do(
            f"/meetings/{meeting}/resolutions",
            street,
            {"text": "六月走访一次孤寡老人"},
            f"{key}-resolution",
        )
        day.do(f"/meetings/{meeting}/conclude", street, {}, f"{key}-conclude")
        resolution = day.get(f"/meetings/{meeting}", street)["resolutions"][0]["id"]
        wanted = {"category": "零距离助老", "audience": "老人", "community": community}
        if number % 2:
            need = {
                **wanted,
                "urgency": "routine",
                "resolution": resolution,
                "words": "走访孤寡老人",
            }
            day.do("/needs", street, need, f"{key}-need")
        else:
            project = {
                **wanted,
                "unit": day.units[number],
                "title": "走访孤寡老人",
                "due": "2026-06-30",
            }
            day.do(
                f"/resolutions/{resolution}/undertake",
                street,
                project,
                f"{key}-project",
            )

    # A partner suspended, and what is paused with it

    def _suspend_and_reinstate(self) -> None:
        """The partner is the organisation of the last unit with an offering: its offering pauses, and comes back."""
        day = self._day
        number = max(day.offerings)
        unit = day.plan.units[number].body
        manager = day.token(
            "demo-partner-manager", (Role("partner_manager", unit["community"][:6]),)
        )
        body = {
            "name": unit["name"], "kind": "驻区单位", "categories": ["便民服务"], "contact_role": "联络员",
            "credit_code": unit["credit_code"], "community": unit["community"],
        }  # fmt: skip
        partner = day.new("/partners", manager, body, "partner")
        street, path = day.street(unit["community"]), f"/partners/{partner}"
        day.do(f"{path}/approve", street, {}, "partner-approve")
        day.do(
            f"{path}/suspend",
            street,
            {"reason": "执照年检（演示）", "confirm": True},
            "partner-suspend",
        )
        again = (
            day.get(path, street)["state"] != "suspended"
        )  # Lived before: it was reinstated then.
        offering = f"/offerings/{day.offerings[number]}"
        day.until(lambda: again or "suspension" in day.get(offering, street)["pauses"])
        day.do(f"{path}/reinstate", street, {}, "partner-reinstate")
        day.until(lambda: "suspension" not in day.get(offering, street)["pauses"])
