"""The report of a measurement: one table for each question, with what each figure means."""

from pathlib import Path
from typing import Any

AT = Path("docs/benchmarks.md")
PROMISES = ("errors", "lost", "doubled", "oversold", "unfair")

Rows = list[dict[str, Any]]

HEAD = """# Benchmarks

Written by `make bench`, which measures everything anew; `make bench QUICK=1` takes less than a minute and only prints.
The load generator runs on the same machine and shares its cores, and so does RabbitMQ. Figures are medians of
interleaved rounds.
"""


RATES = """
16 connections, each asking again as soon as it is answered. *Bare* is a Flask handler with one durable SQLite commit
under the same gunicorn (`tests/bench/bare.py`). *Stock* is nameko as it comes: an HTTP service that asks another by
RPC, which looks, commits and dispatches an event that a third one counts (`tests/bench/stock.py`).
"""
MIXED = """
16 connections that look at the list of activities, then at eight of them, and then sign somebody up, again and again;
and a single connection that signs up one after another: a worker known by a developer's token, which no account stands
behind, by a session's cookie, and by the token of a program of theirs. `cpu_ms` is the processor's time of all the
platform's processes for one answer, the broker's apart.
"""
STARTED = """
From the command until `/readyz` says yes; resident memory of all processes; the processor's time they take while nobody
asks anything, in percent of one core, the broker's apart.
"""
RUSHES = """
*Rush A*: 5,000 people want 50 seats within 10 s, every fifth asks twice. *Rush B*: 22,200 people sign up for 83
sessions within 40 s, most of them in the first 10. *Door*: four scanners, 500 people in and out, every scan sent
twice. Who is told to come again (429 or 503) comes when told. `p50_ms` and `p99_ms` are of single answers.
"""
REPLAYS = """
`xfh rebuild metrics` while the old figures are served, its memory at the most, and how the figures then answer over
HTTP. Person-times are held against those written.
"""
DISTINCT = """
So many different people attend in one community within a month: folding that, the memory and disk it takes, and how
soon figures then tell how many they are, take one of them back and in again, and list them.
"""
SEARCHING = """
So many activities are folded, three events each, without their words looked after and with, as a rebuild does; then a
first page of twenty is asked for on SQLite. What few of many have beside a common word is looked for among 1,000 of
them: then a page is shorter, and goes on. The longest time is that of the first question.
"""


def of(measured: dict[str, Any]) -> str:
    rushes = measured["rushes"]
    parts = [
        HEAD,
        f"Machine: {_list(measured['machine'])}. The whole took {measured['took_s']} s.\n",
        "## How many a second",
        RATES,
        _table(measured["rates"], without=("runs",)),
        "## A mixed day, and a lonely one",
        MIXED,
        _table(measured["mixed"]),
        f"One sign-up alone, to a session with few and one with many in it: {_list(measured['growth'])}.\n",
        "## Started, idle and after the load",
        STARTED,
        _table(measured["started"]),
        "## From the answer to the district's figures\n",
        f"200 sign-ups a second on RabbitMQ: {_list(measured['freshness'])}.\n",
        "## Rushes",
        RUSHES,
        _table([row for row in rushes if "acknowledged" in row]),
        _table([row for row in rushes if "acknowledged" not in row]),
        "## A long history",
        REPLAYS,
        _table(measured["replays"]),
        "## A crowd in one place",
        DISTINCT,
        _table(measured["distinct"]),
        "## Finding by words",
        SEARCHING,
        _table([measured["searching"]["folding"]]),
        _table(measured["searching"]["pages"]),
    ]
    return "\n".join(parts)


def _list(figures: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in figures.items())


def broken(measured: dict[str, Any]) -> list[str]:
    """Promises not kept, each named. Speed is not one of them: that depends on the machine."""
    rows = [*measured["rates"], *measured["mixed"], *measured["rushes"]]
    return [
        f"{row['name']}: {row[name]} {name}"
        for row in rows
        for name in PROMISES
        if row.get(name)
    ]


def _table(rows: Rows, without: tuple[str, ...] = ()) -> str:
    names = [name for name in rows[0] if name not in without]
    lines = [
        names,
        ["---" if isinstance(rows[0][name], str) else "---:" for name in names],
    ]
    lines += [
        [
            f"{row[name]:,}" if isinstance(row[name], int) else str(row[name])
            for name in names
        ]
        for row in rows
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
