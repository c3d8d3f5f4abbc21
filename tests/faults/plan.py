"""What a load is to be: how much is asked, of whom, from when on."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.clocks import HUNG_S

COMMUNITY = "510108002001"


@dataclass(frozen=True)
class Load:
    """How much is asked, for how long at least. After the statuses in `again` a client asks again with the same key."""

    seconds: float = 8.0
    callers: int = 8
    activities: int = 6
    capacity: int = 40
    patience_s: float = HUNG_S
    again: tuple[int, ...] = (429, 503, 504)


@dataclass(frozen=True)
class Plan:
    """A load on one platform: where it answers, who asks, when it is there."""

    host: str
    port: int
    token: str
    now: str
    load: Load

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)))


def read_plan(path: Path) -> Plan:
    fields = json.loads(path.read_text())
    return Plan(**{**fields, "load": Load(**fields["load"])})
