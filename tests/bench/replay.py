"""`python -m tests.bench.replay COUNT`: a history of so many events, metrics rebuilt from it, how it then answers."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import quantiles
from typing import Any

from services.kit.actor import Role
from services.kit.bearers import tokens
from services.kit.config import Settings
from services.kit.store import Store
from services.xfh import registry
from services.xfh.commands import divisions
from services.xfh.commands.network import store_of
from services.xfh.demo.client import Client
from services.xfh.demo.plan import DISTRICT
from tests import servers
from tests.bench import history

ASKED = 300
LOOK_S, GLANCE_S = 0.5, 0.05
QUESTIONS = (
    f"/metrics/figures?scope={DISTRICT}&period=2024",
    f"/metrics/breakdown?scope={DISTRICT}&period=2024&by=division",
    f"/metrics/breakdown?scope={DISTRICT}&period=2024&by=host",
)


def replay(count: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="xfh-replay-") as name:
        folder = Path(name)
        settings = Settings(data=folder, store=f"sqlite:{folder}")
        divisions.load(settings)
        person_times = _make_up(settings, count)
        rebuilt = _rebuild(settings)
        return {
            "events": count,
            "person_times": person_times,
            **rebuilt,
            **_ask(folder, person_times),
        }


def _make_up(settings: Settings, count: int) -> int:
    """Writes the history, and leaves every service believing it has folded it: metrics' documents are to be made anew,
    the others' are not asked for."""
    print(f"making up {count:,} events", file=sys.stderr)
    with (
        store_of(settings, "branches") as branches,
        store_of(settings, "activities") as activities,
    ):
        codes = [event.stream.partition("/")[2] for event in branches.log.read(0, 1000)]
        person_times = history.write(
            activities, count, [code for code in codes if len(code) == 12]
        )
        heads = {"branches": branches.log.head(), "activities": activities.log.head()}
    for name in registry.SERVICES:
        with store_of(settings, name) as store:
            for source, head in heads.items():
                if not store.views.cursor(source):
                    assert store.views.commit(store.views.begin(source), head, {})
    return person_times


def _rebuild(settings: Settings) -> dict[str, Any]:
    print("rebuilding metrics", file=sys.stderr)
    command = [sys.executable, "-m", "services.xfh.cli", "rebuild", "metrics"]
    environment = {
        **os.environ,
        "XFH_DATA": str(settings.data),
        "XFH_STORE": settings.store,
    }
    with store_of(settings, "metrics") as metrics:
        served = Served(metrics)
        began = time.monotonic()
        rebuild = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        peak_kb = 0
        while rebuild.poll() is None:
            peak_kb = max(peak_kb, _peak_kb(rebuild.pid))
            time.sleep(GLANCE_S)
        took_s = time.monotonic() - began
        served.stop()
    assert rebuild.returncode == 0, "the rebuild failed"
    with store_of(settings, "activities") as activities:
        events = activities.log.head()
    return {
        "rebuilt_per_second": round(events / took_s),
        "rebuild_s": round(took_s, 1),
        "rebuild_mb": round(peak_kb / 1024),
        "served_meanwhile": served.times,
    }


def _peak_kb(pid: int) -> int:
    """The most the process has held so far; 0 when it has just ended. `ru_maxrss` would count its parent as well."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) if "VmHWM:" in status else 0


class Served:
    """Reads what metrics serves while it is being rebuilt."""

    def __init__(self, metrics: Store):
        self._metrics = metrics
        self._enough = threading.Event()
        self.times = 0
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def stop(self) -> None:
        self._enough.set()
        self._thread.join()

    def _read(self) -> None:
        while not self._enough.wait(LOOK_S):
            self._metrics.views.get("cells", f"{DISTRICT}:2024:all:")
            self.times += 1


def _ask(folder: Path, person_times: int) -> dict[str, float]:
    with servers.platform(folder, "local:") as platform:
        token = tokens.issue(
            platform.settings, "bench", [Role("district_analyst", DISTRICT)], 1
        )
        client = Client(servers.text(platform.address))
        years = (
            client.get(f"/metrics/figures?scope={DISTRICT}&period={year}", token)
            for year in range(2024, 2028)
        )
        assert sum(year["figures"]["person_times"] for year in years) == person_times, (
            "the figures are wrong"
        )
        times = []
        for number in range(ASKED):
            began = time.monotonic()
            client.get(QUESTIONS[number % len(QUESTIONS)], token)
            times.append((time.monotonic() - began) * 1000)
        client.close()
    return {
        "query_p50_ms": round(quantiles(times, n=20)[9], 1),
        "query_p95_ms": round(quantiles(times, n=20)[18], 1),
    }


if __name__ == "__main__":
    print(json.dumps(replay(int(sys.argv[1])), indent=2))
