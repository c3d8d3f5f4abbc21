"""The demonstration's weekly reading hour: one activity with several sessions, changed after it was published."""

from datetime import date, timedelta
from itertools import product

from schemas.documents import Json
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
        self._activity = day.new("/activities", self._worker(), self._body(), "series")
        for step in ("publish", "open"):
            self._ask(step, {}, step)
        for number, reader in product(range(SESSIONS), range(READERS)):
            self._sign_up(number, reader)
        change = {
            "capacity": SEATS_LATER,
            "place": "社区书屋二楼",
            "reason": "换到二楼，多两个座位",
        }
        self._ask("change", change, "change")
        day.until(self._is_full)

    def _body(self) -> Json:
        return {
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

    def _sign_up(self, number: int, reader: int) -> None:
        person = _person(reader)
        party = [{"person": person, "relation": "self"}]
        body = {"session": self._session(number), "party": party}
        key = f"series-{number}-signup-{reader}"
        resident = self._first.resident(person)
        self._first.do(f"{self._path}/signups", resident, body, key)

    def _is_full(self) -> bool:
        """True when all seats of all sessions are taken."""
        return all(self._taken(number) == SEATS_LATER for number in range(SESSIONS))

    def hold_on(self, day: Day) -> None:
        """The session of that day, if there is one: begun, those seated ticked off, and closed."""
        first = date.fromisoformat(self._first.plan.day)
        since = date.fromisoformat(day.plan.day) - first
        weeks, between = divmod(since.days, 7)
        if between or weeks >= SESSIONS:
            return
        day.at("20:40")
        session = {"session": self._session(weeks)}
        self._ask("start", session, f"start-{weeks}")
        for reader in range(SEATS_LATER - 1):
            self._tick_off("checkins", weeks, reader, STARTS)
            self._tick_off("checkouts", weeks, reader, ENDS)
        report = {"report": "读了一本绘本。"}
        self._ask("close", session | report, f"close-{weeks}")

    def _tick_off(self, way: str, weeks: int, reader: int, time: str) -> None:
        body = {
            "session": self._session(weeks),
            "person": _person(reader),
            "at": self._moment(weeks, time),
        }
        self._ask(way, body, f"{way}-{weeks}-{reader}")

    def hand_in(self, weeks: int) -> None:
        """Long after: the paper list of that Saturday has one more on it, and one who stayed longer than was noted."""
        self._mark("in", weeks, STARTS)
        self._mark("out", weeks, ENDS)
        longer = {
            "session": self._session(weeks),
            "person": _person(0),
            "minutes": 75,
            "reason": "纸质签到表（演示）",
        }
        self._ask("hours", longer, f"hours-{weeks}")

    def _mark(self, direction: str, weeks: int, time: str) -> None:
        mark = {
            "session": self._session(weeks),
            "person": _person(SEATS_LATER - 1),
            "direction": direction,
            "at": self._moment(weeks, time),
        }
        self._ask("checkins/paper/mark", mark, f"paper-{direction}-{weeks}")

    def _taken(self, number: int) -> int:
        path = f"{self._path}/session?session={self._session(number)}"
        return int(self._first.get(path, self._worker())["taken"])

    @property
    def _path(self) -> str:
        return f"/activities/{self._activity}"

    def _session(self, number: int) -> str:
        return f"{self._activity}.{number + 1}"

    def _worker(self) -> str:
        return self._first.worker(self._community)

    def _ask(self, step: str, body: Json, key: str) -> None:
        path = f"{self._path}/{step}"
        self._first.do(path, self._worker(), body, f"series-{key}")

    def _moment(self, weeks: int, time: str) -> str:
        day = date.fromisoformat(self._first.plan.day) + timedelta(weeks=weeks)
        return f"{day}T{time}:00+08:00"


def _person(reader: int) -> str:
    return f"demo-reader-{reader}"
