"""The whole way of a finding, over HTTP: from a door to a need, its repair, and back to be told at the same door."""

from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from schemas.fields import instant
from services.district.calendar import local_day
from services.kit.actor import Role
from services.kit.bearers import tokens
from services.xfh.demo.plan import credit_code
from tests.faults.client import Client, seen
from tests.faults.ledger import Ledger
from tests.faults.plan import COMMUNITY, Load, Plan
from tests.faults.stage import HOURS, Stage

HERE = {"community": COMMUNITY, "grid": "W-FAULTS"}
MEMBER, LIAISON = "faults-member", "faults-liaison"
NO_OTHER_UNIT = 90_001


@dataclass(frozen=True)
class Way:
    """One that was gone to its end."""

    door: str
    finding: str


@dataclass
class Grid:
    """A micro-grid with its member, and a unit that does what is found there. `closes` whoever asks, at the end."""

    stage: Stage
    now: datetime
    closes: ExitStack
    unit: str = ""

    def begin(self) -> None:
        clerk = self.client(self.stage.token)
        today = local_day(self.now)
        named = {"name": "演练微网格", "valid_from": today}
        _done(clerk, "/grids", HERE | named, "grid")
        _done(clerk, "/grid-members", HERE | {"person": MEMBER}, "member")
        unit = {
            "name": "演练单位",
            "credit_code": credit_code(NO_OTHER_UNIT),
            "industry": "电力",
            "members": 9,
            "contact_role": "联络员",
            "community": COMMUNITY,
        }
        self.unit = _done(clerk, "/units", unit, "unit")["id"]
        _done(clerk, f"/units/{self.unit}/approve", {}, "unit-approve")

    def client(self, token: str) -> Client:
        host, port = self.stage.platform.address
        plan = Plan(host, port, token, instant(self.now), Load())
        ledger = Ledger(self.stage.folder / "ledger")
        self.closes.enter_context(closing(ledger))
        return self.closes.enter_context(closing(Client(plan, ledger)))

    def member(self) -> Client:
        return self._as(MEMBER, Role("grid_member", COMMUNITY))

    def liaison(self) -> Client:
        return self._as(LIAISON, Role("unit_liaison", f"unit/{self.unit}"))

    def _as(self, id: str, role: Role) -> Client:
        return self.client(tokens.issue(self.stage.settings, id, [role], HOURS))


class Walker:
    """Goes one way after another, as all who have a hand in it, each with their own keys."""

    def __init__(self, grid: Grid):
        self._grid = grid
        self._clerk = grid.client(grid.stage.token)
        self._member, self._liaison = grid.member(), grid.liaison()

    def go(self, walk: int) -> Way:
        standing = HERE | {"walk": walk, "label": f"{walk}号"}
        door = _done(self._clerk, "/doors", standing, f"way-{walk}-door")["id"]
        finding = self._find(door, f"way-{walk}")
        self._repair(finding, f"way-{walk}")
        self._tell(door, finding, f"way-{walk}")
        return Way(door, finding)

    def _find(self, door: str, key: str) -> str:
        visit = _done(self._member, "/visits", _met(door), f"{key}-visit")["id"]
        said = {"kind": "wiring", "urgency": "urgent", "route": "need"}
        about = said | {"door": door, "visit": visit}
        return str(_done(self._member, "/findings", about, f"{key}-finding")["id"])

    def _repair(self, finding: str, key: str) -> None:
        """Verified, claimed, done and confirmed as any need, once it is one."""
        clerk, liaison = self._clerk, self._liaison
        need = seen(lambda: self._finding(finding).get("need"), finding)
        about = {"title": "楼道开关", "urgency": "urgent"}
        _done(clerk, f"/needs/{need}/verify", about, f"{key}-verify")
        due = local_day(self._grid.now + timedelta(days=20))
        taken = {"unit": self._grid.unit, "due": due}
        claim = _done(liaison, f"/needs/{need}/claim", taken, f"{key}-claim")["id"]
        _done(liaison, f"/commitments/{claim}/begin", {}, f"{key}-begin")
        report = {"words": "换了开关", "served": 1}
        _done(liaison, f"/commitments/{claim}/fulfil", report, f"{key}-fulfil")
        _done(clerk, f"/needs/{need}/confirm", {"score": 5}, f"{key}-confirm")

    def _tell(self, door: str, finding: str, key: str) -> None:
        """On the next visit, once whoever goes there is shown that it is to be told."""
        seen(lambda: finding in self._to_tell(door), f"{finding} to be told")
        said = _met(door) | {"told": [finding]}
        _done(self._member, "/visits", said, f"{key}-told")

    def _finding(self, finding: str) -> Any:
        return self._member.get(f"/findings/{finding}")

    def _to_tell(self, door: str) -> Any:
        return self._member.get(f"/doors/{door}")["to_tell"]


def _met(door: str) -> dict[str, Any]:
    return {"door": door, "outcome": "met"}


def _done(client: Client, path: str, body: dict[str, Any], key: str) -> Any:
    """What it made. Raises `AssertionError` when it was not done; why stands in the ledger."""
    answer = client.post(path, body, key)
    assert answer, f"{key} was not done"
    return answer["document"]
