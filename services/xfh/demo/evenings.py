"""The needs of the demonstration's later days. Each evening some are raised, those of the evening before are claimed,
those claimed then are done, and those done then are confirmed."""

from services.xfh.demo.day import Day
from services.xfh.demo.script import Need

UNCLAIMED = "unclaimed"


class Evenings:
    """What is under way from one evening to the next, each need with its id or that of its commitment."""

    def __init__(self) -> None:
        self._raised: list[tuple[Need, str]] = []
        self._claimed: list[tuple[Need, str, str]] = []
        self._done: list[tuple[Need, str]] = []

    def live(self, day: Day) -> None:
        """Confirms, does, claims and raises, so that each need goes one step on."""
        day.at("20:50")
        for need, id in self._done:
            self._confirm(day, need, id)
        self._done = [self._do(day, *claimed) for claimed in self._claimed]
        claimed = [raised for raised in self._raised if raised[0].fate != UNCLAIMED]
        self._claimed = [self._claim(day, *raised) for raised in claimed]
        self._raised = [self._raise(day, need) for need in day.plan.needs]

    def _confirm(self, day: Day, need: Need, id: str) -> None:
        resident = day.resident(need.person)
        day.do(f"/needs/{id}/confirm", resident, {"score": 5}, f"{need.key}-confirm")

    def _raise(self, day: Day, need: Need) -> tuple[Need, str]:
        id = day.new("/needs", day.resident(need.person), need.body, need.key)
        verified = {"title": need.title, "urgency": need.body["urgency"]}
        worker = day.worker(need.community)
        day.do(f"/needs/{id}/verify", worker, verified, f"{need.key}-verify")
        return need, id

    def _claim(self, day: Day, need: Need, id: str) -> tuple[Need, str, str]:
        body = {"unit": day.units[need.unit], "due": day.later(2)}
        path = f"/needs/{id}/claim"
        key = f"{need.key}-claim"
        return need, id, day.new(path, day.liaison(need.unit), body, key)

    def _do(self, day: Day, need: Need, id: str, commitment: str) -> tuple[Need, str]:
        done = {"words": "按约上门，已经办好。", "served": 1}
        path = f"/commitments/{commitment}/fulfil"
        key = f"{need.key}-fulfil"
        day.do(path, day.liaison(need.unit), done, key)
        return need, id
