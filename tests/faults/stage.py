"""A platform under load, to be injured."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas.fields import instant
from services.kit.actor import Role
from services.kit.bearers import tokens
from services.kit.config import Settings
from services.xfh.commands import divisions
from services.xfh.demo.client import LOST
from services.xfh.demo.plan import DISTRICT
from services.xfh.demo.server import step_clock
from tests import servers
from tests.clocks import HUNG_S, Pace, pacing, wait_until
from tests.faults.ledger import Told, read
from tests.faults.nodes import Node, node
from tests.faults.plan import COMMUNITY, Load, Plan
from tests.faults.witness import CLIENT, Account, account, settle

GRACE_S = 1.0
NOT_FELT = "the injury was not felt"
ENOUGH = 120
READ_S = 0.25  # Between two looks at the ledger, all of which is read.
HOURS = 12
ROLES = (
    ("resident", DISTRICT),
    ("unit_liaison", DISTRICT),
    ("district_admin", DISTRICT),
    ("district_analyst", DISTRICT),
    ("community_worker", COMMUNITY),
)


@dataclass
class Stage:
    """What a scenario injures while the load is on. `wrong` is for what it finds amiss by itself.

    Where it `must_be_felt`, an injury after which nobody had to ask twice was none, and shows nothing. By `pace`
    whoever waits may wait as many times as long as this machine takes longer than a quiet one.
    """

    platform: servers.Platform
    folder: Path
    token: str
    began: float
    load: "subprocess.Popen[str]"
    pace: Pace
    must_be_felt: bool = False
    has_enough: bool = False
    wrong: list[str] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return self.platform.settings

    @property
    def clock(self) -> Path:
        return Path(self.settings.clock_file)

    @property
    def environment(self) -> dict[str, str]:
        """For another process of the same platform."""
        return {
            **os.environ,
            "XFH_DATA": str(self.folder),
            "XFH_STORE": self.settings.store,
            "XFH_BUS": self.settings.bus,
            "XFH_CLOCK_FILE": self.settings.clock_file,
            "XFH_LOG_LEVEL": "ERROR",
        }

    def at(self, seconds: float) -> None:
        """Waits until the load has been on for so long."""
        time.sleep(max(0.0, self.began + seconds - time.monotonic()))

    def enough(self) -> None:
        """Tells the load to end with what is under way."""
        if not self.has_enough:
            self.has_enough = True
            assert self.load.stdin is not None
            self.load.stdin.write("\n")
            self.load.stdin.flush()

    def must(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.wrong.append(otherwise)

    def was_felt(self, told: Sequence[Told]) -> bool:
        """By who had to ask again, where it must be felt at all."""
        return not self.must_be_felt or any(each.attempts > 1 for each in told)

    def get(self, path: str) -> int:
        """The status of one answer; 0 when there was none."""
        connection = http.client.HTTPConnection(*self.platform.address, timeout=HUNG_S)
        try:
            connection.request(
                "GET",
                f"/api/v1{path}",
                headers={"Authorization": f"Bearer {self.token}"},
            )
            return connection.getresponse().status
        except LOST:
            return 0
        finally:
            connection.close()

    def told(self) -> list[Told]:
        return read(self.folder / "ledger")


@dataclass(frozen=True)
class Terms:
    """How a scenario differs from the others.

    `door` tells where people connect to reach the gateway, `slower_s` what that way adds to the longest wait.
    """

    load: Load = field(default_factory=Load)
    store: str = ""
    door: Callable[[servers.Address], servers.Address] = lambda gateway: gateway
    slower_s: float = 0.0


@dataclass
class Ground:
    """Where a scenario takes place: a folder and a broker of its own. The account of it is there afterwards."""

    folder: Path
    broker: str
    account: Account = field(default_factory=Account)

    @contextmanager
    def own_broker(self) -> Iterator[Node]:
        """One that may be injured."""
        with node(self.folder) as alone:
            yield alone

    @contextmanager
    def under_load(self, bus: str = "", terms: Terms = Terms()) -> Iterator[Stage]:
        """Starts a platform and the load on it; afterwards lets both come to rest and draws up the account."""
        clock = self.folder / "clock"
        now = datetime.now(UTC)
        step_clock(clock, now)
        divisions.load(
            Settings(data=self.folder, store=terms.store or f"sqlite:{self.folder}")
        )
        with servers.platform(
            self.folder, bus or self.broker, terms.store, str(clock)
        ) as platform:
            token = tokens.issue(
                platform.settings, CLIENT.id, [Role(*role) for role in ROLES], HOURS
            )
            host, port = terms.door(platform.address)
            plan = Plan(host, port, token, instant(now), terms.load)
            with pacing() as pace, _loading(self.folder, plan) as load:
                stage = Stage(
                    platform, self.folder, token, time.monotonic(), load, pace
                )
                yield stage
                _come_to_rest(stage, terms.load.seconds, clock, now)
                stage.must(stage.was_felt(stage.told()), NOT_FELT)
            stage.wrong += settle(
                platform.settings, servers.text(platform.address), token
            )
        answered_s = platform.settings.deadline_s + GRACE_S + terms.slower_s
        allowed_s = answered_s * pace.worst
        self.account = account(platform.settings, stage.told(), allowed_s)
        self.account.wrong[:0] = stage.wrong


@contextmanager
def _loading(folder: Path, plan: Plan) -> Iterator["subprocess.Popen[str]"]:
    """The process that loads the platform, from when it has begun."""
    plan.write(folder / "plan")
    command = [
        sys.executable,
        "-m",
        "tests.faults.load",
        str(folder / "plan"),
        str(folder / "ledger"),
    ]
    load = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert load.stdout is not None
        assert load.stdout.readline() == "begun\n", "the load could not begin"
        yield load
    finally:
        load.kill()
        load.communicate()


def _come_to_rest(stage: Stage, seconds: float, clock: Path, now: datetime) -> None:
    """Waits until the load has been on for long enough, and for the last answers; then the sessions are closed."""
    stage.at(seconds)
    wait_until(lambda: len(stage.told()) > ENOUGH, every_s=READ_S)
    stage.enough()
    load = stage.load
    assert load.stdin is not None
    assert load.stdout is not None
    assert load.stdout.readline() == "done\n", "the load broke off"
    step_clock(clock, now + timedelta(minutes=41))
    load.stdin.write("\n")
    load.stdin.flush()
    assert load.wait(timeout=HUNG_S) == 0, "the load broke off"
