"""The district's streets and communities by name, so that nobody types a code. They change a few times a year."""

import threading
import time
from dataclasses import dataclass

from gateway.edge.rpc import Services
from schemas.documents import Json
from services.kit.actor import ANONYMOUS

GOOD_FOR_S = 60.0
PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Street:
    code: str
    name: str
    communities: list[tuple[str, str]]  # Code and name of each.


class Places:
    """Asked for when somebody looks at them, and then remembered for a minute. Thread-safe."""

    def __init__(self, services: Services):
        self._services = services
        self._lock = threading.Lock()
        self._district: Json = {}
        self._streets: list[Street] = []
        self._until = 0.0

    def streets(self) -> list[Street]:
        """Every street with its communities. Raises a `Problem` when `branches` cannot be asked."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._district = next(iter(self._listed({})), {})
                self._streets = self._asked()
                self._until = time.monotonic() + GOOD_FOR_S
            return self._streets

    def district(self) -> str:
        """What the district is called; "" before anybody has recorded it."""
        self.streets()
        return str(self._district.get("name", ""))

    def district_code(self) -> str:
        """`510108`; "" before anybody has recorded it."""
        self.streets()
        return str(self._district.get("id", ""))

    def name_of(self, code: str) -> str:
        """`望平社区`; "" for a code nobody has recorded."""
        for street in self.streets():
            if street.code == code:
                return street.name
            for community, name in street.communities:
                if community == code:
                    return name
        return ""

    def _asked(self) -> list[Street]:
        communities: dict[str, list[tuple[str, str]]] = {}
        for one in self._level("community"):
            communities.setdefault(one["parent"], []).append((one["id"], one["name"]))
        return [
            Street(one["id"], one["name"], communities.get(one["id"], []))
            for one in self._level("street")
        ]

    def _level(self, level: str) -> list[Json]:
        return self._listed({"level": level})

    def _listed(self, within: Json) -> list[Json]:
        found: list[Json] = []
        after = None
        while True:
            question = within | {"after": after, "limit": PER_PAGE}
            page = self._services.ask(
                "branches", "list_divisions", question, actor=ANONYMOUS
            )
            found += page["items"]
            after = page["next"]
            if after is None:
                return found
