"""Many people at once, who come again when they are told to; connections are kept, as a proxy in front keeps them."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from tests.bench.load import Request
from tests.servers import Address

PATIENCE_S = 30.0
GIVEN_UP_S = 120.0
CONNECTED_AT_ONCE = 1000


@dataclass
class Rush:
    """What came of it: how many answers of each status, how long each took, and the last answer each caller got."""

    statuses: Counter[int] = field(default_factory=Counter)
    latencies_s: list[float] = field(default_factory=list)
    answers: dict[str, set[bytes]] = field(default_factory=dict)
    settled_at: dict[str, float] = field(default_factory=dict)
    broken: int = 0
    settled_s: float = 0.0

    def percentile_ms(self, percent: int) -> float:
        return quantiles(self.latencies_s, n=100)[percent - 1] * 1000

    @property
    def errors(self) -> int:
        """Answers that are neither a success nor a request to come again."""
        return sum(
            count
            for status, count in self.statuses.items()
            if status >= 300 and status not in (429, 503)
        )


@dataclass(frozen=True)
class Call:
    """One person's request, to be sent `at` seconds after the rush begins. `key` is its Idempotency-Key."""

    at: float
    key: str
    request: Request


def run(
    address: Address, calls: Iterable[Call], given_up_s: float = GIVEN_UP_S
) -> Rush:
    """Sends each call at its time, and again after `Retry-After` or a broken connection, until it is settled."""
    ordered = sorted(calls, key=lambda call: call.at)
    return asyncio.run(_run(address, ordered, given_up_s))


async def _run(address: Address, calls: list[Call], given_up_s: float) -> Rush:
    rush, began = Rush(), time.monotonic()
    connections = Connections(address)
    async with asyncio.timeout(given_up_s), asyncio.TaskGroup() as callers:
        for call in calls:
            await asyncio.sleep(max(0.0, began + call.at - time.monotonic()))
            callers.create_task(_settle(connections, call, rush))
    rush.settled_s = time.monotonic() - began
    connections.close()
    return rush


async def _settle(connections: "Connections", call: Call, rush: Rush) -> None:
    while True:
        sent = time.monotonic()
        try:
            status, headers, body = await asyncio.wait_for(
                connections.ask(call.request), PATIENCE_S
            )
        except (OSError, asyncio.IncompleteReadError):
            rush.broken += 1
            status, headers, body = 503, {}, b""
        rush.latencies_s.append(time.monotonic() - sent)
        rush.statuses[status] += 1
        if status not in (429, 503):
            rush.answers.setdefault(call.key, set()).add(body)
            rush.settled_at[call.key] = time.monotonic()
            return
        await asyncio.sleep(float(headers.get("retry-after", "1")) + random.random())


class Connections:
    """As many as are needed, up to a limit; a call that finds none free waits, and that counts as its time."""

    def __init__(self, address: Address):
        self._address = address
        self._places = asyncio.Semaphore(CONNECTED_AT_ONCE)
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        async with self._places:
            reader, writer = (
                self._idle.pop()
                if self._idle
                else await asyncio.open_connection(*self._address)
            )
            try:
                writer.write(request)
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                headers = {
                    name.lower(): value
                    for name, _, value in (
                        line.partition(": ") for line in head[1:] if line
                    )
                }
                body = await reader.readexactly(int(headers["content-length"]))
            except BaseException:
                writer.close()
                raise
            self._idle.append((reader, writer))
            return int(head[0].split(" ")[1]), headers, body

    def close(self) -> None:
        for _, writer in self._idle:
            writer.close()


def spread(
    count: int, begin_s: float, end_s: float, chance: random.Random
) -> list[float]:
    return [chance.uniform(begin_s, end_s) for _ in range(count)]


def row(rush: Rush, **more: Any) -> dict[str, Any]:
    return {
        "requests": sum(rush.statuses.values()),
        "come_again": rush.statuses[503] + rush.statuses[429],
        "broken": rush.broken,
        "errors": rush.errors,
        "p50_ms": round(rush.percentile_ms(50)),
        "p99_ms": round(rush.percentile_ms(99)),
        "settled_s": round(rush.settled_s, 1),
        **more,
    }
