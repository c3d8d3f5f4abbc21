"""`python -m tests.faults [--only NAME …] [--list]`: plays the scenarios one after another.

Prints a line for each and writes `build/faults.json`. Ends with 1 when anything was lost, doubled, hung or failed.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests import rabbit
from tests.faults.play import played
from tests.faults.scenarios import SCENARIOS

OUT = Path("build/faults.json")
COLUMNS = ("acknowledged", "found", "lost", "doubled", "longest_wait_ms", "errors")
HEADINGS = ("acknowl.", "found", "lost", "doubled", "wait ms", "errors")
MOST_SENTENCES = 5


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("tests.faults")
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", choices=SCENARIOS, default=list(SCENARIOS)
    )
    parser.add_argument(
        "--list", action="store_true", help="name the scenarios and what each injures"
    )
    chosen = parser.parse_args(arguments)
    if chosen.list:
        print("\n".join(f"{each.name:20} {each.injury}" for each in SCENARIOS.values()))
        return 0
    rows = []
    with rabbit.broker() as url:
        print(
            f"{'':20} {' '.join(f'{heading:>8}' for heading in HEADINGS)}  verdict",
            flush=True,
        )
        for name in chosen.only:
            print(f"{name}: {SCENARIOS[name].injury}", file=sys.stderr)
            rows.append(played(name, url))
            _print(rows[-1])
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(rows, ensure_ascii=False, indent=2))
    return int(any(row["verdict"] == "failed" for row in rows))


def _print(row: dict[str, Any]) -> None:
    figures = " ".join(f"{row[column]:>8}" for column in COLUMNS)
    print(f"{row['name']:20} {figures}  {row['verdict']}", flush=True)
    for sentence in row["wrong"][:MOST_SENTENCES]:
        print(f"{'':20} {sentence}", flush=True)
    if len(row["wrong"]) > MOST_SENTENCES:
        print(
            f"{'':20} and {len(row['wrong']) - MOST_SENTENCES} more, in {OUT}",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
