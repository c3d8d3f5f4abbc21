"""Plays one scenario and says what came of it."""

import tempfile
import time
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.faults import (  # noqa: F401 — Importing them registers them.
    absent,
    broker,
    clock,
    cluster,
    doorstep,
    in_turn,
    keeping,
    kills,
    network,
    poison,
    queues,
    replicas,
    stores,
    threads,
)
from tests.faults.nodes import NotHere
from tests.faults.scenarios import SCENARIOS
from tests.faults.stage import Ground


def played(name: str, url: str) -> dict[str, Any]:
    """What came of a scenario: `held`, `failed` or `not tried`, with its account. One that breaks off has failed."""
    scenario = SCENARIOS[name]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(
        prefix=f"xfh-{scenario.name}-", ignore_cleanup_errors=True
    ) as folder:
        ground = Ground(Path(folder), url)
        verdict = "held"
        try:
            scenario.play(ground)
        except NotHere as error:
            verdict = f"not tried: {error}"
        except Exception as error:
            traceback.print_exc()
            ground.account.wrong.append(repr(error))
    kept = asdict(ground.account)
    if any(kept[name] for name in ("lost", "doubled", "errors", "wrong")):
        verdict = "failed"
    about = {"name": scenario.name, "injury": scenario.injury}
    return {
        **about,
        **kept,
        "verdict": verdict,
        "seconds": round(time.monotonic() - began, 1),
    }
