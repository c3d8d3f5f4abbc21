"""What there is at the demonstration's doors before anybody goes there: lists, teams, a round, who agreed to care."""

from schemas.documents import Json
from services.xfh.demo.day import Day
from services.xfh.demo.doors import Door, Walk
from services.xfh.demo.plan import DISTRICT
from services.xfh.demo.script import member_of
from services.xfh.demo.tables import table_of

EVERY_DAYS = 7
ROUND: Json = {
    "title": "入户查燃气（演示）",
    "division": DISTRICT,
    "since": "2026-06-05",
    "until": "2026-06-30",
    "items": [
        {"item": "gas", "title": "是否使用燃气", "kind": "yes_no"},
        {
            "item": "hose",
            "title": "燃气软管",
            "kind": "choice",
            "options": ["完好", "老化"],
            "only_if": {"item": "gas", "answer": "yes"},
        },
        {"item": "alarms", "title": "报警器有几个", "kind": "number"},
    ],
}
TEAMS = {
    "gas": "燃气巡检队（演示）",
    "emergency": "应急队（演示）",
    "doctor": "家庭医生队（演示）",
}
CARED_FOR: Json = {
    "every_days": EVERY_DAYS,
    "consent": "written",
    "consent_on": "2026-05-20",
}


class Listed:
    """The ids of the doors by grid and place on the walk, of care by door, of the round, and of the team for gas."""

    def __init__(self, day: Day, walks: list[Walk]):
        self._day, self._walks = day, walks
        self.doors: dict[tuple[str, int], str] = {}
        self.cares: dict[str, str] = {}
        self.round = ""
        self.team = ""

    def begin(self) -> None:
        """Grids, doors and the roster come as tables."""
        day = self._day
        self._upload("grids", day.district(), day.plan.grids)
        self._upload("members", day.district(), [_seat(walk) for walk in self._walks])
        streets = sorted({walk.community[:9] for walk in self._walks})
        for street in streets:
            self._list_doors(street)
        teams = {kind: self._record_team(kind) for kind in TEAMS}
        self.team = teams["gas"]
        self.round = day.new("/rounds", day.district(), ROUND, "gas-round")
        doors = ((walk, door) for walk in self._walks for door in walk.doors)
        cared_for = [(walk, door) for walk, door in doors if door.has_care]
        day.for_all(self._care_for, cared_for)

    def _upload(self, kind: str, token: str, rows: list[Json]) -> list[str]:
        """The ids, in the order of the rows."""
        report = self._day.upload(kind, token, table_of(rows))
        assert report["refused"] == 0, report
        return [row["id"] for row in report["rows"]]

    def _list_doors(self, street: str) -> None:
        here = [walk for walk in self._walks if walk.community.startswith(street)]
        doors = [(walk, door) for walk in here for door in walk.doors]
        rows = [_standing(walk, door) for walk, door in doors]
        ids = self._upload("doors", self._day.street(street), rows)
        for (walk, door), id in zip(doors, ids, strict=True):
            self.doors[walk.grid, door.walk] = id

    def _record_team(self, kind: str) -> str:
        persons = [f"demo-{kind}-{number}" for number in range(1, 4)]
        team = {"name": TEAMS[kind], "kind": kind, "division": DISTRICT}
        body = team | {"persons": persons}
        return self._day.new("/teams", self._day.district(), body, f"team-{kind}")

    def _care_for(self, cared_for: tuple[Walk, Door]) -> None:
        walk, door = cared_for
        id = self.doors[walk.grid, door.walk]
        body = CARED_FOR | {"door": id, "words": "演示：独自生活，每周看看"}
        worker = self._day.worker(walk.community)
        self.cares[id] = self._day.new("/cares", worker, body, f"care-{id}")


def _seat(walk: Walk) -> Json:
    person = {"person": member_of(walk.grid)}
    return {"community": walk.community, "grid": walk.grid} | person


def _standing(walk: Walk, door: Door) -> Json:
    """Two doors on each floor."""
    floor, side = divmod(door.walk - 1, 2)
    label = f"{walk.grid[-1]}栋1单元{floor + 1}0{side + 1}（演示）"
    here = {"community": walk.community, "grid": walk.grid}
    return here | {"walk": door.walk, "label": label}
