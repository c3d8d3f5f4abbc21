"""An event that a follower cannot fold."""

import json
import subprocess
import sys
from typing import Any

from ulid import ULID

from services.kit.log import Event
from services.xfh.commands.network import store_of
from tests.clocks import HUNG_S, wait_until
from tests.faults.plan import Load
from tests.faults.scenarios import scenario
from tests.faults.stage import Ground, Stage, Terms

# A check-out of a class of hours that nobody has heard of: activities folds it, metrics cannot.
BROKEN = {"way": "backfilled", "minutes": 5, "hours": "unheard_of", "role": "helper"}
RIGHT = {
    "minutes": 5,
    "hours": "adjusted",
    "attended": True,
    "reason": "演练",
    "by": "operator",
}


@scenario(
    "poison",
    "an event of activities is broken: metrics parks on it until an operator sets it aside",
)
def poison(ground: Ground) -> None:
    with ground.under_load(terms=Terms(load=Load(seconds=12))) as stage:
        stage.at(2)
        event = _append(stage, "checked_out.v1", BROKEN)
        parked = _wait_until_parked(stage)
        stage.must(
            parked.get("sequence") == event.seq,
            f"parked at {parked} instead of {event.seq}",
        )
        stage.must(
            "KeyError" in parked.get("error", ""), f"the error is not kept: {parked}"
        )
        before = len(stage.told())
        stage.must(
            _xfh(stage, "followers", "retry", "metrics", "activities")[0] == 1,
            "retrying a broken event works",
        )
        stage.must(_position(stage) == event.seq - 1, "something was skipped silently")
        stage.must(len(stage.told()) > before, "signing up stopped as well")
        words = (
            "followers",
            "set-aside",
            "metrics",
            "activities",
            str(event.seq),
            "--reason",
            "演练",
        )
        status, said = _xfh(stage, *words)
        stage.must(status == 0, f"it cannot be set aside: {said}")
        stage.must(
            event.seq in _set_aside(stage), "what was set aside is not on the record"
        )
        _append(
            stage, "hours_corrected.v1", RIGHT
        )  # For activities the minutes stand, of a class that there is.


def _append(stage: Stage, type: str, told: dict[str, Any]) -> Event:
    """An event that no rule has made, of the first person who came."""
    with store_of(stage.settings, "activities") as store:
        (seat,) = wait_until(lambda: store.log.read(0, 1, ["checked_in.v1"]))
        while True:
            event = Event(
                seq=store.log.head() + 1,
                id=str(ULID()),
                type=type,
                stream=seat.stream,
                time=seat.time,
                data={**seat.data, **told},
                trace=seat.trace,
                version=store.log.version(seat.stream) + 1,
                key=f"faults:{type}",
            )
            if store.log.append([event]):
                return event


def _wait_until_parked(stage: Stage) -> dict[str, Any]:
    """What `xfh followers` shows metrics to be parked on."""
    return dict(wait_until(lambda: _standing(stage)["parked"]))


def _position(stage: Stage) -> int:
    return int(_standing(stage)["position"])


def _standing(stage: Stage) -> dict[str, Any]:
    """Of metrics as a follower of activities."""
    shown: list[dict[str, Any]] = json.loads(_xfh(stage, "followers", "--json")[1])
    return next(
        each
        for each in shown
        if (each["service"], each["source"]) == ("metrics", "activities")
    )


def _set_aside(stage: Stage) -> list[int]:
    with store_of(stage.settings, "metrics") as store:
        return [
            event.data["sequence"]
            for event in store.log.read(0, 100)
            if event.type == "event_set_aside.v1"
        ]


def _xfh(stage: Stage, *words: str) -> tuple[int, str]:
    """Its exit code and what it said."""
    command = [sys.executable, "-m", "services.xfh.cli", *words]
    done = subprocess.run(
        command,
        env=stage.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=HUNG_S,
    )
    return done.returncode, done.stdout or done.stderr
