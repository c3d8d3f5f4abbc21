"""The demonstration's joint meetings: called, held, and what becomes of what they resolve."""

from schemas.documents import Json
from services.xfh.demo.day import Day

HELD_AT = "2026-06-09T14:00:00+08:00"
WANTED = {"category": "零距离助老", "audience": "老人"}
VISITS = "走访孤寡老人"


class Meeting:
    """That of the street in which the unit of this number is; called as it is made."""

    def __init__(self, day: Day, number: int):
        self._day = day
        self._number = number
        self._key = f"meeting-{number}"
        self._community = day.plan.units[number].body["community"]
        self._street = day.street(self._community)
        self._path = f"/meetings/{self._call()}"

    def _call(self) -> str:
        body = {
            "division": self._community[:9],
            "held_at": HELD_AT,
            "place": "街道党群服务中心",
            "agenda": "邻里互助",
        }
        return self._day.new("/meetings", self._street, body, self._key)

    def hold(self) -> None:
        """Its one resolution becomes a project of the unit in the first street, a need in the second."""
        unit = self._day.units[self._number]
        self._step("attendance", {"units": [unit]})
        self._step("minutes", {"minutes": "到会单位同意分片包干。"})
        self._step("resolutions", {"text": "六月走访一次孤寡老人"}, "resolution")
        self._step("conclude", {})
        meeting = self._day.get(self._path, self._street)
        resolution = meeting["resolutions"][0]["id"]
        if self._number % 2:
            self._raise(resolution)
        else:
            self._undertake(resolution, unit)

    def _raise(self, resolution: str) -> None:
        need = WANTED | {
            "community": self._community,
            "urgency": "routine",
            "resolution": resolution,
            "words": VISITS,
        }
        self._do("/needs", need, "need")

    def _undertake(self, resolution: str, unit: str) -> None:
        project = WANTED | {
            "community": self._community,
            "unit": unit,
            "title": VISITS,
            "due": "2026-06-30",
        }
        self._do(f"/resolutions/{resolution}/undertake", project, "project")

    def _step(self, step: str, body: Json, key: str = "") -> None:
        self._do(f"{self._path}/{step}", body, key or step)

    def _do(self, path: str, body: Json, key: str) -> None:
        self._day.do(path, self._street, body, f"{self._key}-{key}")
