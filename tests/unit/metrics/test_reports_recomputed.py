"""What a report says, held against a recomputation that shares nothing with the folds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.documents import Json
from services.kit.views import Nothing, Overlay
from services.metrics.folds import FOLDS
from services.metrics.reckoning.content import content
from services.xfh.reconcile import Cells, differences, recompute, reports
from tests.given import DIVISIONS, division, happened
from tests.unit.metrics import grids
from tests.unit.metrics.door_histories import DoorHistory
from tests.unit.metrics.histories import History
from tests.unit.metrics.need_histories import NeedHistory

OTHERS = (
    division("510108002", "南街", "street", "510108"),
    division("510108002001", "望平社区", "community", "510108002"),
)
MONTHS = ("2026-06", "2026-07", "2026-12", "2027-01", "2027-02")


def after(seed: int) -> tuple[Overlay, Cells]:
    docs = Overlay(Nothing())
    for fact in (*DIVISIONS, *OTHERS, *grids.RECORDED):
        docs.fold(happened(fact), FOLDS["branches"])
    activities, needs = History(seed).play(150), NeedHistory(seed).play(80)
    doorstep = DoorHistory(seed).play(100)
    told = {"activities": activities, "cobuild": needs, "grids": doorstep}
    for source, events in told.items():
        for event in events:
            docs.fold(event, FOLDS[source])
    return docs, recompute(activities, grids.EVENTS, needs, doorstep)


def said(docs: Overlay, scope: str, month: str) -> Json:
    return {**content(docs, scope, month), "report": f"{scope}:{month}", "version": 1}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**9))
def test_i7_every_row_of_a_report_equals_a_recomputation(seed: int) -> None:
    docs, cells = after(seed)
    for scope in ("510108", "510108002", "510108015"):
        for month in MONTHS:
            report = said(docs, scope, month)
            assert (
                differences(reports.said(report), reports.recomputed(report, cells))
                == []
            )


@pytest.mark.parametrize(
    "figure",
    [
        "person_times",
        "unique_participants",
        "covered",
        "grids_covered",
        "grids",
        "active_units",
        "response_p90",
    ],
)
def test_a_report_that_says_something_else_is_found_out(figure: str) -> None:
    docs, cells = after(19)
    report = said(docs, "510108", "2026-06")
    wrong = {
        **report,
        "whole": {**report["whole"], figure: report["whole"].get(figure, 0) + 1},
    }
    (found,) = differences(reports.said(wrong), reports.recomputed(wrong, cells))
    assert (found.cell, found.figure, found.shown - found.recomputed) == (
        "510108:2026-06:all:",
        figure,
        1,
    )


def test_a_report_frozen_before_grids_were_counted_is_held_against_what_it_says() -> (
    None
):
    docs, cells = after(19)
    report = said(docs, "510108", "2026-07")
    assert report["whole"]["grids"] >= report["whole"]["grids_covered"] > 0
    old = {
        **report,
        "definitions": [
            one for one in report["definitions"] if "grid" not in one["identifier"]
        ],
    }
    old |= {
        name: _without_grids(report[name])
        for name in ("whole", "previous", "last_year")
    }
    old["divisions"] = [
        {**row, "figures": _without_grids(row["figures"])}
        for row in report["divisions"]
    ]
    assert differences(reports.said(old), reports.recomputed(old, cells)) == []


def test_a_report_frozen_before_there_were_helpers_is_held_against_what_it_says() -> (
    None
):
    docs, cells = after(19)
    report = said(docs, "510108", "2026-07")
    new = ("participant_times", "helper_times", "attended_minutes")
    old = {
        **report,
        "definitions": [
            one for one in report["definitions"] if one["identifier"] not in new
        ],
    }
    old |= {
        name: _as_service(report[name]) for name in ("whole", "previous", "last_year")
    }
    for rows in ("divisions", "categories"):
        old[rows] = [
            {**row, "figures": _as_service(row["figures"])} for row in report[rows]
        ]
    assert old["whole"]["service_minutes"] > report["whole"].get("service_minutes", 0)
    assert differences(reports.said(old), reports.recomputed(old, cells)) == []
    wrong = {
        **old,
        "whole": {
            **old["whole"],
            "service_minutes": old["whole"]["service_minutes"] + 1,
        },
    }
    (found,) = differences(reports.said(wrong), reports.recomputed(wrong, cells))
    assert found.figure == "service_minutes"


def _as_service(figures: Json) -> Json:
    """As it was when everybody's time was service."""
    rest = {
        name: value
        for name, value in figures.items()
        if name not in ("participant_times", "helper_times")
    }
    minutes = rest.get("service_minutes", 0) + rest.pop("attended_minutes", 0)
    return {**rest, **({"service_minutes": minutes} if minutes else {})}


def _without_grids(figures: Json) -> Json:
    return {name: value for name, value in figures.items() if "grid" not in name}
