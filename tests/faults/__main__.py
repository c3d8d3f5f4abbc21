"""`python -m tests.faults [--only NAME …] [--list]`: plays the scenarios one after another.

Prints a line for each and writes `build/faults.json`. Ends with 1 when anything was lost, doubled, hung or failed.
"""

import argparse
import json
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests import rabbit
from tests.faults import (  # noqa: F401 — Importing them registers them.
    absent,
    broker,
    clock,
    cluster,
    kills,
    network,
    poison,
    queues,
    replicas,
    stores,
)
from tests.faults.nodes import NotHere
from tests.faults.scenarios import SCENARIOS, Scenario
from tests.faults.stage import Ground

OUT = Path("build/faults.json")
COLUMNS = ("acknowledged", "found", "lost", "doubled", "longest_wait_ms", "errors")
HEADINGS = ("acknowl.", "found", "lost", "doubled", "wait ms", "errors")
MOST_SENTENCES = 5


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("tests.faults")
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=SCENARIOS, default=list(SCENARIOS))
    parser.add_argument("--list", action="store_true", help="name the scenarios and what each injures")
    chosen = parser.parse_args(arguments)
    if chosen.list:
        print("\n".join(f"{each.name:20} {each.injury}" for each in SCENARIOS.values()))
        return 0
    rows = []
    with rabbit.broker() as url:
        print(f"{'':20} {' '.join(f'{heading:>8}' for heading in HEADINGS)}  verdict", flush=True)
        for name in chosen.only:
            rows.append(_row(SCENARIOS[name], url))
            _print(rows[-1])
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(rows, ensure_ascii=False, indent=2))
    return int(any(row["verdict"] == "failed" for row in rows))


def _row(scenario: Scenario, url: str) -> dict[str, Any]:
    """What came of a scenario. One that breaks off has failed."""
    print(f"{scenario.name}: {scenario.injury}", file=sys.stderr)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=f"xfh-{scenario.name}-", ignore_cleanup_errors=True) as folder:
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
    return {**about, **kept, "verdict": verdict, "seconds": round(time.monotonic() - began, 1)}


def _print(row: dict[str, Any]) -> None:
    figures = " ".join(f"{row[column]:>8}" for column in COLUMNS)
    print(f"{row['name']:20} {figures}  {row['verdict']}", flush=True)
    for sentence in row["wrong"][:MOST_SENTENCES]:
        print(f"{'':20} {sentence}", flush=True)
    if len(row["wrong"]) > MOST_SENTENCES:
        print(f"{'':20} and {len(row['wrong']) - MOST_SENTENCES} more, in {OUT}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
