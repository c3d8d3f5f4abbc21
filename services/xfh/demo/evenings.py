"""The needs of the demonstration's later days. Each evening some are raised, those of the evening before are claimed,
those claimed then are done, and those done then are confirmed."""

from services.xfh.demo.day import Day
from services.xfh.demo.plan import Need

UNCLAIMED = "unclaimed"


class Evenings:
    """What is under way from one evening to the next, each need with its id or that of its commitment."""

    def __init__(self) -> None:
        self._raised: list[tuple[Need, str]] = []
        self._claimed: list[tuple[Need, str, str]] = []
        self._done: list[tuple[Need, str]] = []

    def live(self, day: Day) -> None:
        day.at("20:50")
        for need, id in self._done:
            day.do(
                f"/needs/{id}/confirm",
                day.resident(need.person),
                {"score": 5},
                f"{need.key}-confirm",
            )
        self._done = [self._do(day, *claimed) for claimed in self._claimed]
        self._claimed = [
            self._claim(day, need, id)
            for need, id in self._raised
            if need.fate != UNCLAIMED
        ]
        self._raised = [self._raise(day, need) for need in day.plan.needs]

    def _raise(self, day: Day, need: Need) -> tuple[Need, str]:
        id = day.new("/needs", day.resident(need.person), need.body, need.key)
        verified = {"title": need.title, "urgency": need.body["urgency"]}
        day.do(
            f"/needs/{id}/verify",
            day.worker(need.community),
            verified,
            f"{need.key}-verify",
        )
        return need, id

    def _claim(self, day: Day, need: Need, id: str) -> tuple[Need, str, str]:
        body = {"unit": day.units[need.unit], "due": day.later(2)}
        return (
            need,
            id,
            day.new(
                f"/needs/{id}/claim", day.liaison(need.unit), body, f"{need.key}-claim"
            ),
        )

    def _do(self, day: Day, need: Need, id: str, commitment: str) -> tuple[Need, str]:
        done = {"words": "按约上门，已经办好。", "served": 1}
        day.do(
            f"/commitments/{commitment}/fulfil",
            day.liaison(need.unit),
            done,
            f"{need.key}-fulfil",
        )
        return need, id
