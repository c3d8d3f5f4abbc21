"""Hours through HTTP: contested and settled, what a record and a session's report say."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from schemas.fields import instant
from tests.integration.gateway_stage import DISTRICT, STREET, gateway
from tests.integration.hours_stage import Stage, eventually, served


@pytest.fixture
def stage(tmp_path: Any) -> Iterator[Stage]:
    with gateway(tmp_path) as front:
        yield Stage(front, tmp_path / "clock")


def test_hours_are_contested_corrected_and_settled(stage: Stage, tmp_path: Any) -> None:
    served(stage)
    (tmp_path / "clock").write_text(str(2 * 60 * 60))
    me = stage.resident("R1")
    contest = stage.front.done(f"{stage.path}/contests", me, words="我一直帮到结束")
    assert (contest["state_text"], contest["minutes"]) == ("待处理", 30)
    listed = stage.front.get(f"/contests?street={STREET}", stage.street).get_json()[
        "items"
    ]
    assert [one["words"] for one in listed] == ["我一直帮到结束"]
    early = stage.front.post(
        f"/contests/{contest['id']}/settle", stage.street, upheld=True, reason="属实"
    )
    assert early.get_json()["code"] == "not_corrected"
    body = {"person": "R1", "minutes": 120, "reason": "按纸质签到表"}
    assert (
        stage.front.done(f"{stage.path}/hours", stage.street, **body)["hours"]
        == "adjusted"
    )
    settled = stage.front.done(
        f"/contests/{contest['id']}/settle",
        stage.street,
        upheld=True,
        reason="属实，已更正",
    )
    assert (settled["state_text"], settled["corrected"]) == ("已支持", True)
    mine = stage.front.get("/me/contests", me).get_json()["items"]
    assert mine[0]["reason"] == "属实，已更正"
    (service,) = stage.front.get("/me/record", me).get_json()["items"]
    assert (service["title"], service["minutes"], service["hours_text"]) == (
        "社区清洁日",
        120,
        "更正",
    )
    (year,) = stage.front.get("/me/record/years", me).get_json()["items"]
    assert (year["minutes"], year["minutes_adjusted"]) == (120, 120)
    seen = stage.front.get("/residents/R1/record", stage.keeper).get_json()["items"]
    assert [one["id"] for one in seen] == [service["id"]]
    stage.front.must_answer_the_same_again()


def test_a_record_says_who_was_in_charge_who_recorded_it_and_how_it_was_found(
    stage: Stage,
) -> None:
    served(stage)
    stage.front.done(f"{stage.path}/close", stage.keeper)
    of = {"person": "R1", "grade": "优秀"}
    refused = stage.front.post(
        f"{stage.path}/appraisals", stage.keeper, **{**of, "person": "R9"}
    )
    assert refused.get_json()["code"] == "not_signed_up"
    assert (
        stage.front.post(
            f"{stage.path}/appraisals", stage.resident("R1"), **of
        ).status_code
        == 403
    )
    stage.front.done(
        f"{stage.path}/appraisals", stage.keeper, **{**of, "grade": "良好"}
    )
    assert (
        stage.front.done(f"{stage.path}/appraisals", stage.keeper, **of)["appraisal"]
        == "优秀"
    )
    (service,) = stage.front.get("/me/record", stage.resident("R1")).get_json()["items"]
    assert (service["in_charge"], service["recorded_by"], service["appraisal"]) == (
        "W1",
        "W1",
        "优秀",
    )


def test_the_report_a_session_is_closed_with_has_the_figures_of_the_districts_table(
    stage: Stage,
) -> None:
    for person in ("R1", "R2"):
        stage.front.done(f"{stage.path}/checkins", stage.keeper, person=person)
    stage.front.done(f"{stage.path}/walk-ins", stage.keeper, person="R8")
    report = stage.front.get(f"{stage.path}/report", stage.keeper).get_json()
    counts = {
        name: report[name]
        for name in ("confirmed", "attended", "walked_in", "no_shows")
    }
    assert counts == {"confirmed": 3, "attended": 3, "walked_in": 1, "no_shows": 1}
    assert report["report"].endswith(
        "报名 3 人，到场 3 人（其中现场参加 1 人），爽约 1 人。"
    )
    stage.front.done(f"{stage.path}/close", stage.keeper, report=report["report"])
    everywhere = stage.front.token(
        "D1", ("community_worker", DISTRICT)
    )  # Others are not told figures of few.
    year = f"/metrics/figures?scope={DISTRICT}&period={instant(stage.starts + timedelta(hours=8))[:4]}"
    figures = eventually(
        lambda: stage.front.get(year, everywhere).get_json()["figures"], "sessions_held"
    )
    assert {name: figures[name] for name in ("confirmed", "attended", "no_shows")} == {
        name: report[name] for name in ("confirmed", "attended", "no_shows")
    }


def test_a_session_closed_on_a_later_day_says_so(stage: Stage, tmp_path: Any) -> None:
    assert "closed_late" not in stage.front.get(f"{stage.path}/session").get_json()
    (tmp_path / "clock").write_text(str(2 * 24 * 60 * 60))
    stage.front.done(f"{stage.path}/close", stage.keeper)
    assert stage.front.get(f"{stage.path}/session").get_json()["closed_late"] is True
