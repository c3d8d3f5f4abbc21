"""`xfh reconcile --reports`: every published report against the logs as they were when it was published."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from schemas.documents import Json
from services.kit.config import Settings
from services.kit.log import Log
from services.xfh.commands.reconcile import BATCH, SOURCES, opened, told_upto
from services.xfh.reconcile import Cells, Difference, differences, recompute, reports

VERSIONS = ("report_frozen.v1", "report_restated.v1")


@dataclass(frozen=True)
class OfReports:
    versions: int
    differences: list[Difference]


def run(settings: Settings, args: argparse.Namespace) -> int:
    """0 when every version is equal, 1 with each difference printed."""
    found = compare(settings)
    for difference in found.differences:
        print(difference)
    if found.differences:
        print(
            f"不一致：{len(found.differences)} 处（月报共 {found.versions} 版）",
            file=sys.stderr,
        )
        return 1
    print(f"一致：月报共 {found.versions} 版，与从各自发布时的日志重算的全部相等")
    return 0


def compare(settings: Settings) -> OfReports:
    """The versions of one position are held against one recomputation."""
    with opened(settings) as stores:
        versions = sorted(_versions(stores["metrics"].log), key=_positions)
        found: list[Difference] = []
        for positions, frozen in groupby(versions, key=_positions):
            told, _ = told_upto(stores, positions)
            recomputed = recompute(*told)
            for version in frozen:
                found += _differing(version, recomputed)
        return OfReports(len(versions), found)


def _versions(own: Log) -> Iterator[Json]:
    cursor = 0
    while events := own.read(cursor, BATCH, VERSIONS):
        yield from (event.data for event in events)
        cursor = events[-1].seq


def _positions(version: Json) -> tuple[int, ...]:
    return tuple(version["as_of"][source] for source in SOURCES)


def _differing(version: Json, recomputed: Cells) -> list[Difference]:
    name = f"{version['report']} 第 {version['version']} 版"
    found = differences(reports.said(version), reports.recomputed(version, recomputed))
    return [replace(one, cell=f"{name} {one.cell}") for one in found]
