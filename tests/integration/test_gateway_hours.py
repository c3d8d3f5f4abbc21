"""The door through HTTP: lists on paper, scans and codes of when it was offline, answered line by line."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas.fields import instant
from tests.integration.gateway_stage import COMMUNITY, Gateway, gateway
from tests.integration.hours_stage import PEOPLE, Stage, eventually, scans, served


@pytest.fixture
def stage(tmp_path: Any) -> Iterator[Stage]:
    with gateway(tmp_path) as front:
        yield Stage(front, tmp_path / "clock")


def outcomes(report: dict[str, Any]) -> list[str]:
    return [row["outcome"] for row in report["rows"]]


def test_a_paper_list_is_answered_line_by_line(stage: Stage) -> None:
    lines = [
        {"person": "R1", "in": stage.at(5), "out": stage.at(35)},
        {"person": "R9", "in": stage.at(5)},
        {"person": "R2", "in": stage.at(40), "out": stage.at(20)},
        {"person": "R3", "in": stage.at(0)},
        "somebody",
        {"person": "R1", "in": stage.at(5), "out": stage.at(35)},
    ]
    report = stage.front.post(
        f"{stage.path}/checkins/paper", stage.keeper, lines=lines
    ).get_json()
    assert outcomes(report) == [
        "recorded",
        "refused",
        "refused",
        "recorded",
        "refused",
        "already",
    ]
    assert (report["recorded"], report["already"], report["refused"]) == (2, 1, 3)
    codes = [row["errors"][0]["code"] for row in report["rows"] if row["errors"]]
    assert codes == ["not_signed_up", "out_before_in", "wrong_type"]
    assert "R9 没有报名" in report["rows"][1]["errors"][0]["message"]
    assert report["rows"][0]["minutes"] == 30
    assert stage.seat("R1")["hours"] == "backfilled"


def test_who_came_beyond_the_seats_is_recorded_with_the_reason_and_seats_can_be_added(
    stage: Stage,
) -> None:
    front = stage.front
    for person in ("R4", "R5"):
        front.done(f"{stage.path}/walk-ins", stage.keeper, person=person)
    refused = front.post(f"{stage.path}/walk-ins", stage.keeper, person="R6")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "no_seat_left")
    assert (
        front.done(
            f"{stage.path}/walk-ins", stage.keeper, person="R6", reason="家人同来"
        )["attended"]
        is True
    )
    lines = [
        {"person": "R7", "in": stage.at(5), "out": stage.at(35), "reason": "名单漏了"}
    ]
    for outcome in ("recorded", "already"):
        report = front.post(
            f"{stage.path}/checkins/paper", stage.keeper, lines=lines
        ).get_json()
        assert outcomes(report) == [outcome]
    assert stage.seat("R7")["minutes"] == 30
    session = front.get(f"{stage.path}/session").get_json()
    assert (session["taken"], session["capacity"]) == (7, 5)
    assert (
        front.done(f"{stage.path}/change", stage.keeper, capacity=9, reason="加座")[
            "capacity"
        ]
        == 9
    )
    assert (
        front.done(f"{stage.path}/walk-ins", stage.keeper, person="R8")["attended"]
        is True
    )


def test_who_did_not_check_out_is_settled_when_it_is_closed_and_told(
    stage: Stage, tmp_path: Any
) -> None:
    front = stage.front
    for person, line in (
        ("R1", {"in": stage.at(0)}),
        ("R2", {"in": stage.at(0), "out": stage.at(30)}),
    ):
        front.post(
            f"{stage.path}/checkins/paper",
            stage.keeper,
            lines=[{"person": person, **line}],
        )
    (tmp_path / "clock").write_text(str(70 * 60))
    assert (
        front.get(f"{stage.path}/session").get_json()["state_text"] == "已过时、待结束"
    )
    assert front.get(stage.path).get_json()["state_text"] == "已过时、待结束"
    assert front.get(f"{stage.path}/report", stage.keeper).get_json()[
        "without_checkout"
    ] == ["R1"]
    assert eventually(
        lambda: {"session_to_close": "", **kinds(front, stage.keeper)},
        "session_to_close",
    )
    front.done(
        f"{stage.path}/close", stage.keeper, without_checkout={"count": "session"}
    )
    told = eventually(
        lambda: {"hours_settled": "", **kinds(front, stage.resident("R1"))},
        "hours_settled",
    )
    assert "120 分钟" in told["hours_settled"]
    assert [stage.seat(person)["minutes"] for person in ("R1", "R2")] == [120, 30]
    assert "hours_settled" not in kinds(front, stage.resident("R2"))


def kinds(front: Gateway, token: str) -> dict[str, Any]:
    """What somebody's inbox says, by kind."""
    return {
        notice["kind"]: notice["text"]
        for notice in front.get("/me/notices", token).get_json()["items"]
    }


def test_a_paper_list_sent_again_adds_what_is_new_in_it_whoever_sends_it(
    stage: Stage,
) -> None:
    first = [{"person": "R1", "in": stage.at(5)}]
    stage.front.post(f"{stage.path}/checkins/paper", stage.keeper, lines=first)
    again = stage.front.token("W2", ("community_worker", COMMUNITY))
    more = [{"person": "R1", "in": stage.at(5), "out": stage.at(35)}]
    report = stage.front.post(
        f"{stage.path}/checkins/paper", again, lines=more
    ).get_json()
    assert outcomes(report) == ["recorded"]
    assert stage.seat("R1")["minutes"] == 30
    assert outcomes(
        stage.front.post(f"{stage.path}/checkins/paper", again, lines=more).get_json()
    ) == ["already"]


def test_offline_scans_come_late_shuffled_and_doubled(stage: Stage) -> None:
    said = scans(stage)
    ahead = instant(datetime.now(UTC) + timedelta(minutes=4))
    body = {"device_now": ahead, "scans": [*reversed(said), said[0]]}
    report = stage.front.post(f"{stage.path}/scans", stage.keeper, **body).get_json()
    assert (report["recorded"], report["already"], report["refused"]) == (6, 1, 0)
    later = {
        **body,
        "device_now": instant(datetime.now(UTC) + timedelta(minutes=5)),
        "scans": said,
    }
    again = stage.front.post(f"{stage.path}/scans", stage.keeper, **later).get_json()
    assert outcomes(again) == ["already"] * 6
    for person in PEOPLE:
        seat = stage.seat(person)
        assert (seat["attended"], seat["minutes"], seat["hours"]) == (
            True,
            40,
            "backfilled",
        )


def shown_codes(stage: Stage, clock: Any) -> list[dict[str, Any]]:
    """The same scans, each of the code the person showed at that moment."""
    said = []
    for one in scans(stage):
        ago = (
            datetime.fromisoformat(one["at"]) - timedelta(minutes=4) - datetime.now(UTC)
        )
        clock.write_text(str(int(ago.total_seconds())))
        code = stage.front.get(
            "/me/code", stage.resident(one.pop("person"))
        ).get_json()["code"]
        said.append({**one, "own_code": code})
    clock.write_text("0")
    return said


def test_codes_shown_to_a_device_that_was_offline_are_seen_and_good_for_one_mark(
    stage: Stage, tmp_path: Any
) -> None:
    said = shown_codes(stage, tmp_path / "clock")
    body = {
        "device_now": instant(datetime.now(UTC) + timedelta(minutes=4)),
        "scans": said,
    }
    report = stage.front.post(f"{stage.path}/scans", stage.keeper, **body).get_json()
    assert (report["recorded"], report["refused"]) == (6, 0)
    for person in PEOPLE:
        seat = stage.seat(person)
        assert (seat["attended"], seat["minutes"], seat["hours"]) == (
            True,
            40,
            "scanned",
        )
    again = [{**one, "nonce": f"M{number}"} for number, one in enumerate(said)]
    report = stage.front.post(
        f"{stage.path}/scans", stage.keeper, **{**body, "scans": again}
    ).get_json()
    assert {row["errors"][0]["code"] for row in report["rows"]} == {"code_used"}


def test_ratings_are_read_without_names_and_their_words_deleted_by_who_wrote_them(
    stage: Stage,
) -> None:
    served(stage)
    for person, score, words in (("R1", 5, "很热闹"), ("R2", 2, "太挤了")):
        own = stage.front.done(
            f"{stage.path}/ratings", stage.resident(person), score=score, words=words
        )
        assert own["score"] == score
    assert not any(
        "score" in seat
        for seat in stage.front.get(f"{stage.path}/seats", stage.keeper).get_json()[
            "items"
        ]
    )
    told = stage.front.get(f"{stage.path}/ratings", stage.keeper).get_json()["items"]
    assert told == [{"score": 2, "words": "太挤了"}, {"score": 5, "words": "很热闹"}]
    stage.front.done(f"{stage.path}/ratings/words/delete", stage.resident("R2"))
    told = stage.front.get(f"{stage.path}/ratings", stage.keeper).get_json()["items"]
    assert told == [{"score": 2}, {"score": 5, "words": "很热闹"}]
    seen = stage.front.get("/residents/R1/record", stage.keeper).get_json()["items"]
    assert "score" not in seen[0]
    assert (
        stage.front.get("/me/record", stage.resident("R1")).get_json()["items"][0][
            "score"
        ]
        == 5
    )


def test_an_upload_as_a_whole_must_be_one(stage: Stage) -> None:
    path, mark = f"{stage.path}/scans", scans(stage)[0]
    ask = stage.front.post
    assert ask(path, stage.keeper).get_json()["code"] == "missing_field"
    assert ask(path, stage.keeper, scans=[]).get_json()["code"] == "list_length"
    assert (
        ask(path, stage.keeper, scans=[mark] * 501).get_json()["code"] == "list_length"
    )
    assert (
        ask(path, stage.keeper, scans=[mark], strange=1).get_json()["code"]
        == "unknown_field"
    )
    assert ask(path, "", scans=[mark]).status_code == 401
    assert ask(path, stage.resident("R1"), scans=[mark]).status_code == 403
    assert (
        ask(f"{stage.path}/checkins/paper", stage.keeper, lines=[{}] * 201).get_json()[
            "code"
        ]
        == "list_length"
    )


@pytest.mark.parametrize("value", [None, "", 1.5, [], {}, "字" * 6000, "a\ud800"])
def test_no_line_is_too_strange_for_an_answer(stage: Stage, value: Any) -> None:
    good = scans(stage)[0]
    strange = [
        value,
        *({**good, field: value} for field in good),
        {**good, "own_code": value},
    ]
    report = stage.front.post(f"{stage.path}/scans", stage.keeper, scans=strange)
    assert report.status_code == 200, report.text
    assert set(outcomes(report.get_json())) == {"refused"}
    line = {"person": "R1", "in": stage.at(5)}
    strange = [value, *({**line, field: value} for field in ("person", "in", "out"))]
    report = stage.front.post(
        f"{stage.path}/checkins/paper", stage.keeper, lines=strange
    )
    assert set(outcomes(report.get_json())) == {"refused"}


def test_the_door_scans_a_persons_own_code_and_lets_in_who_simply_comes(
    stage: Stage,
) -> None:
    own = stage.front.get("/me/code", stage.resident("R1")).get_json()["code"]
    seat = stage.front.done(f"{stage.path}/checkins", stage.keeper, own_code=own)
    assert (seat["person"], seat["attended"]) == ("R1", True)
    newcomer = stage.front.get("/me/code", stage.resident("R8")).get_json()["code"]
    seat = stage.front.done(f"{stage.path}/walk-ins", stage.keeper, own_code=newcomer)
    assert (seat["person"], seat["state"], seat["attended"]) == (
        "R8",
        "confirmed",
        True,
    )
    undone = stage.front.done(
        f"{stage.path}/checkins/undo",
        stage.keeper,
        person="R1",
        undone="in",
        reason="扫错了人",
    )
    assert undone["attended"] is False
    stage.front.must_answer_the_same_again()


def test_a_sentence_names_the_field_it_is_about_however_deep(stage: Stage) -> None:
    answer = stage.front.post(
        f"{stage.path}/signups",
        stage.resident("R9"),
        party=[{"person": "R9", "born": "x"}],
    )
    assert answer.get_json()["title"].startswith("出生日期：")
    assert answer.get_json()["errors"][0]["path"] == "party/0/born"
