"""People who are signed up by their community's worker, each once, and the activities they come to."""

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from schemas.fields import instant
from services.kit.actor import Role
from services.kit.bearers import tokens
from services.xfh.demo.client import Client
from tests import servers
from tests.bench import load, signed_in
from tests.bench.signed_in import Headers

COMMUNITY = "510108002001"
ROOM = 5000

Requests = Callable[[int], Iterator[load.Request]]


class Signups:
    """Requests that sign up one new person each, spread over activities with room for all."""

    def __init__(self, platform: servers.Platform):
        self.address = platform.address
        self._platform = platform
        self._client = Client(servers.text(platform.address))
        self._worker = tokens.issue(
            platform.settings, "bench-worker", [Role("community_worker", COMMUNITY)], 1
        )
        self._numbers = itertools.count()

    def close(self) -> None:
        self._client.close()

    def activity(self, capacity: int = ROOM, starts_in_h: float = 720) -> str:
        number = next(self._numbers)
        starts = datetime.now(UTC) + timedelta(hours=starts_in_h)
        posting = {
            "host": f"community/{COMMUNITY}",
            "title": f"压测活动{number}",
            "category": "文体",
            "community": COMMUNITY,
            "place": "广场",
            "starts_at": instant(starts),
            "ends_at": instant(starts + timedelta(hours=2)),
            "capacity": capacity,
        }
        id = str(
            self._post("/activities", posting, f"draft-{number}")["document"]["id"]
        )
        for step in ("publish", "open"):
            self._post(f"/activities/{id}/{step}", {}, f"{step}-{number}")
        return id

    def next_request(self, activity: str) -> tuple[str, load.Request]:
        """The key and the request of a person who has not asked before."""
        person = next(self._numbers)
        return f"bench-{person}", self.request(activity, person)

    def sign_up(self, activity: str) -> str:
        """Signs a new person up and returns who that is."""
        person = f"bench-{next(self._numbers)}"
        self._client.post(
            f"/activities/{activity}/signups", self._worker, _asks(person), person
        )
        return person

    def scan(self, activity: str, way: str, person: str) -> load.Request:
        """`way` is `checkins` or `checkouts`; the same scan always has the same key."""
        headers = {
            "Authorization": f"Bearer {self._worker}",
            "Idempotency-Key": f"{way}-{activity}-{person}",
        }
        return load.post(
            f"/api/v1/activities/{activity}/{way}",
            json.dumps({"person": person}).encode(),
            headers,
        )

    @cached_property
    def ways(self) -> dict[str, Headers]:
        """How else whoever signs others up may say who they are."""
        return signed_in.ways(self._platform, COMMUNITY)

    def to(self, activities: list[str], way: Headers | None = None) -> Requests:
        def requests(connection: int) -> Iterator[load.Request]:
            for activity in itertools.cycle(activities):
                yield self.request(activity, next(self._numbers), way)

        return requests

    def request(
        self, activity: str, person: int, way: Headers | None = None
    ) -> load.Request:
        """By a developer's token, when no other way is said."""
        body = json.dumps(_asks(f"bench-{person}")).encode()
        who = way or {"Authorization": f"Bearer {self._worker}"}
        headers = {**who, "Idempotency-Key": f"bench-{person}"}
        return load.post(f"/api/v1/activities/{activity}/signups", body, headers)

    def _post(self, path: str, body: dict[str, Any], key: str) -> Any:
        return self._client.post(path, self._worker, body, key)


def _asks(person: str) -> dict[str, Any]:
    """One sign-up a signer: the worker says for whom it is."""
    return {"party": [{"person": person}], "by": person}
