"""The demonstration's weekly reading hour: one activity with several sessions, changed after it was published."""

from datetime import date, timedelta
from typing import Any

from services.xfh.demo.day import Day

SESSIONS = 4
STARTS, ENDS = "12:30", "13:30"
READERS = 8
SEATS_AT_FIRST, SEATS_LATER = 5, 7


class Series:
    """Posted before the first day; a session is held on each of its Saturdays that is lived."""

    def __init__(self, first: Day):
        self._first = first
        self._activity = ""
        self._community = first.plan.activities[-1].body["community"]

    def post(self) -> None:
        """The hour is posted for some weeks, and more want to come than there are seats; so seats are added."""
        day = self._first
        day.at("06:00")
        body = {
            "host": f"community/{self._community}",
            "title": "周六读书会（演示）",
            "category": "亲子阅读",
            "campaign": "我们的节日",
            "community": self._community,
            "place": "社区书屋",
            "starts_at": self._moment(0, STARTS),
            "ends_at": self._moment(0, ENDS),
            "repeats": f"FREQ=WEEKLY;COUNT={SESSIONS}",
            "capacity": SEATS_AT_FIRST,
        }
        self._activity = day.new("/activities", self._worker(), body, "series")
        for step in ("publish", "open"):
            self._ask(step, {}, step)
        for number in range(SESSIONS):
            for reader in range(READERS):
                party = [{"person": _person(reader), "relation": "self"}]
                said = {"session": self._session(number), "party": party}
                day.do(
                    f"{self._path}/signups",
                    day.resident(_person(reader)),
                    said,
                    f"series-{number}-signup-{reader}",
                )
        change = {
            "capacity": SEATS_LATER,
            "place": "社区书屋二楼",
            "reason": "换到二楼，多两个座位",
        }
        self._ask("change", change, "change")
        day.until(
            lambda: all(
                self._taken(number) == SEATS_LATER for number in range(SESSIONS)
            )
        )

    def hold_on(self, day: Day) -> None:
        """The session of that day, if there is one: begun, those seated ticked off, and closed."""
        weeks, between = divmod(
            (
                date.fromisoformat(day.plan.day)
                - date.fromisoformat(self._first.plan.day)
            ).days,
            7,
        )
        if between or weeks >= SESSIONS:
            return
        day.at("20:40")
        session = {"session": self._session(weeks)}
        self._ask("start", session, f"start-{weeks}")
        for reader in range(SEATS_LATER - 1):
            for way, time in (("checkins", STARTS), ("checkouts", ENDS)):
                said = {
                    **session,
                    "person": _person(reader),
                    "at": self._moment(weeks, time),
                }
                self._ask(way, said, f"{way}-{weeks}-{reader}")
        self._ask("close", {**session, "report": "读了一本绘本。"}, f"close-{weeks}")

    def hand_in(self, weeks: int) -> None:
        """Long after: the paper list of that Saturday has one more on it, and one who stayed longer than was noted."""
        session = {"session": self._session(weeks)}
        for direction, time in (("in", STARTS), ("out", ENDS)):
            mark = {
                **session,
                "person": _person(SEATS_LATER - 1),
                "direction": direction,
                "at": self._moment(weeks, time),
            }
            self._ask("checkins/paper/mark", mark, f"paper-{direction}-{weeks}")
        longer = {
            **session,
            "person": _person(0),
            "minutes": 75,
            "reason": "纸质签到表（演示）",
        }
        self._ask("hours", longer, f"hours-{weeks}")

    def _taken(self, number: int) -> int:
        session = self._first.get(
            f"{self._path}/session?session={self._session(number)}", self._worker()
        )
        return int(session["taken"])

    @property
    def _path(self) -> str:
        return f"/activities/{self._activity}"

    def _session(self, number: int) -> str:
        return f"{self._activity}.{number + 1}"

    def _worker(self) -> str:
        return self._first.worker(self._community)

    def _ask(self, step: str, said: dict[str, Any], key: str) -> None:
        self._first.do(f"{self._path}/{step}", self._worker(), said, f"series-{key}")

    def _moment(self, weeks: int, time: str) -> str:
        day = date.fromisoformat(self._first.plan.day) + timedelta(weeks=weeks)
        return f"{day}T{time}:00+08:00"


def _person(reader: int) -> str:
    return f"demo-reader-{reader}"
