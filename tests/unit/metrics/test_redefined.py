"""Reports keep the definitions they were counted by, and the first one counted anew says what is another."""

from typing import Any

from gateway.files.figures import reports as tables
from schemas.documents import Json
from services.kit.log import Fact
from services.kit.views import Overlay
from services.metrics.rules import reports as rules
from services.metrics.service import Metrics
from services.metrics.views import reports
from tests.given import given_from
from tests.unit.metrics.reporting import (
    ADMIN,
    INSIDER,
    JULY,
    MONTH,
    came,
    freeze,
    later,
    restate,
    shown,
    stage,
)

OLD = "签到到签退之间的时间"
NEW = ("participant_times", "helper_times", "attended_minutes")


def of_before(said: Json) -> Json:
    """What a report said when everybody's time was service."""
    definitions = [
        {**one, **({"meaning": OLD} if one["identifier"] == "service_minutes" else {})}
        for one in said["definitions"]
        if one["identifier"] not in NEW
    ]
    whole = {name: value for name, value in said["whole"].items() if name not in NEW}
    rest = {name: value for name, value in said.items() if name != "redefined"}
    return {
        **rest,
        "definitions": definitions,
        "whole": {**whole, "service_minutes": 90},
    }


def frozen_before(month: str = "2026-06") -> Overlay:
    docs = stage()
    said = rules.freeze_report(docs, MONTH, ADMIN).data
    report = f"{MONTH['scope']}:{month}"
    old = {**of_before(said), "report": report, "month": month}
    return given_from(
        docs,
        Metrics,
        "metrics",
        Fact("report_frozen.v1", f"report/{report}", old),
        now=JULY,
    )


def test_the_first_report_counted_anew_says_what_changed_and_what_is_new() -> None:
    told = shown(freeze(frozen_before("2026-05")))
    by_figure = {one["identifier"]: one for one in told["redefined"]}
    assert set(by_figure) == {"service_minutes", *NEW}
    assert by_figure["service_minutes"]["before"] == OLD
    assert f"以前是“{OLD}”" in by_figure["service_minutes"]["text"]
    assert "新增" in by_figure["helper_times"]["text"]


def test_the_next_one_says_it_no_more() -> None:
    docs = freeze(frozen_before("2026-04"))
    said = rules.freeze_report(stage(), MONTH, ADMIN).data
    report = {**said, "month": "2026-05", "report": f"{MONTH['scope']}:2026-05"}
    docs = given_from(
        frozen_before("2026-04"),
        Metrics,
        "metrics",
        Fact("report_frozen.v1", "report/x", report),
        now=JULY,
    )
    assert "redefined" not in shown(freeze(docs))


def test_the_first_report_there_is_says_nothing_of_it() -> None:
    assert "redefined" not in shown(freeze(stage()))


def test_a_month_published_before_stays_as_it_was_and_restated_says_what_changed() -> (
    None
):
    docs = frozen_before()
    before = shown(docs)
    assert (
        next(
            one
            for one in before["definitions"]
            if one["identifier"] == "service_minutes"
        )["meaning"]
        == OLD
    )
    docs = restate(later(docs, came("R2")))
    assert (
        next(one["before"] for one in shown(docs)["redefined"] if "before" in one)
        == OLD
    )
    assert {**shown(docs, version=1), "latest": 0, "versions": []} == {
        **before,
        "latest": 0,
        "versions": [],
    }


def test_a_difference_of_definitions_is_not_explained_by_facts() -> None:
    docs = frozen_before()
    question = {**MONTH, "earlier": 1}
    items = {
        one["figure"]: one
        for one in reports.compare_report(docs, question, INSIDER)["items"]
    }
    assert items["service_minutes"]["explained_by"] == []
    assert "口径不同" in items["service_minutes"]["note"]
    assert items["person_times"]["explained_by"] == ["person_times"]


def test_the_workbook_says_it_as_well() -> None:
    told: Any = shown(freeze(frozen_before("2026-05")))
    rows = [
        row for row in tables._about(told) if row["name"] in ("口径有变", "新增数字")
    ]
    assert rows[0]["identifier"] == "service_minutes"
    assert len(rows) == 1 + len(NEW)
