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
    compared = compare(settings)
    for difference in compared.differences:
        print(difference)
    how_many = f"月报共 {compared.versions} 版"
    if compared.differences:
        says = f"不一致：{len(compared.differences)} 处（{how_many}）"
        print(says, file=sys.stderr)
        return 1
    print(f"一致：{how_many}，与从各自发布时的日志重算的全部相等")
    return 0


def compare(settings: Settings) -> OfReports:
    """The versions of one position are held against one recomputation."""
    with opened(settings) as stores:
        versions = sorted(_versions(stores["metrics"].log), key=_positions)
        differing: list[Difference] = []
        for positions, frozen in groupby(versions, key=_positions):
            events, _ = told_upto(stores, positions)
            recomputed = recompute(*events)
            for version in frozen:
                differing += _differing(version, recomputed)
        return OfReports(len(versions), differing)


def _versions(own: Log) -> Iterator[Json]:
    cursor = 0
    while events := own.read(cursor, BATCH, VERSIONS):
        yield from (event.data for event in events)
        cursor = events[-1].seq


def _positions(version: Json) -> tuple[int, ...]:
    """Nothing had been heard of a service there was not yet."""
    return tuple(version["as_of"].get(source, 0) for source in SOURCES)


def _differing(version: Json, recomputed: Cells) -> list[Difference]:
    name = f"{version['report']} 第 {version['version']} 版"
    says = reports.said(version)
    should_say = reports.recomputed(version, recomputed)
    return [
        replace(difference, cell=f"{name} {difference.cell}")
        for difference in differences(says, should_say)
    ]
